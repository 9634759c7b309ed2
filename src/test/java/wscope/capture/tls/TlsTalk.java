package wscope.capture.tls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Writes a connection with TLS as RFC 5246 and RFC 8446 lay it out, with secrets that are drawn by
 * chance: both endpoints protect their records, but nobody checks the handshake.
 */
public final class TlsTalk {
  public static final int AES_128_12 = 0xc02f;
  public static final int AES_256_12 = 0xc030;
  public static final int CHACHA_12 = 0xcca8;
  public static final int AES_128 = 0x1301;
  public static final int AES_256 = 0x1302;
  public static final int CHACHA = 0x1303;

  static final byte[] RETRY =
      HexFormat.of().parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");

  /** What one endpoint sent at once. */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
  public record Sent(boolean byClient, byte[] bytes) {}

  /** What was sent, in order. */
  public final List<Sent> sent = new ArrayList<>();

  /** The lines of a key log. */
  public final List<String> keyLog = new ArrayList<>();

  final Random random;
  final int suite;
  final byte[] clientRandom;
  final byte[] serverRandom;
  byte[] master;
  private final boolean is13;
  private final Keys[] keys = new Keys[2];
  private final byte[][] application = new byte[2][];

  /** The keys of one endpoint. */
  private static final class Keys {
    byte[] secret = {};
    byte[] key = {};
    byte[] iv = {};
    long sequence;
  }

  public TlsTalk(Random random, int suite) {
    this.random = random;
    this.suite = suite;
    is13 = suite >>> 8 == 0x13;
    clientRandom = bytes(32);
    serverRandom = bytes(32);
    master = bytes(48);
  }

  byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  // The handshake.

  /** A whole handshake, without resumption. */
  public TlsTalk open(String serverName, String protocol) {
    clientHello(serverName, false, bytes(32), bytes(0));
    return is13 ? open13(protocol, false, false) : open12(protocol);
  }

  void clientHello(String serverName, boolean early, byte[] sessionId, byte[] ticket) {
    Bytes extensions = new Bytes();
    if (serverName != null) {
      byte[] name = serverName.getBytes(StandardCharsets.ISO_8859_1);
      Bytes list = new Bytes().u8(0).vector16(name);
      extensions.u16(0).vector16(new Bytes().vector16(list.array()).array());
    }
    extensions.u16(10).vector16(bytes(random.nextInt(40)));
    if (ticket.length > 0) {
      extensions.u16(35).vector16(ticket);
    }
    if (early) {
      extensions.u16(42).vector16(new byte[0]);
    }
    Bytes hello = new Bytes().u16(0x303).put(clientRandom).vector8(sessionId);
    hello.vector16(new Bytes().u16(0x1301).u16(suite).array()).vector8(new byte[1]);
    message(true, 1, hello.vector16(extensions.array()).array());
  }

  void serverHello(byte[] id, byte[] serverRandom, String protocol, boolean resumed) {
    Bytes extensions = new Bytes();
    if (is13) {
      extensions.u16(43).vector16(new byte[] {3, 4});
    } else if (protocol != null) {
      extensions.put(alpn(protocol));
    }
    if (resumed && is13) {
      extensions.u16(41).vector16(new byte[2]);
    }
    Bytes hello = new Bytes().u16(0x303).put(serverRandom).vector8(id).u16(suite).u8(0);
    message(false, 2, hello.vector16(extensions.array()).array());
  }

  private static byte[] alpn(String protocol) {
    Bytes name = new Bytes().vector8(protocol.getBytes(StandardCharsets.US_ASCII));
    return new Bytes().u16(16).vector16(new Bytes().vector16(name.array()).array()).array();
  }

  TlsTalk open12(String protocol) {
    serverHello(bytes(32), serverRandom, protocol, false);
    message(false, 11, bytes(700));
    message(false, 14, new byte[0]);
    message(true, 16, bytes(33));
    log("CLIENT_RANDOM", master);
    change12(true);
    if (random.nextBoolean()) {
      ticket12(bytes(180));
    }
    change12(false);
    return this;
  }

  /** The rest of a handshake after what the server sends first. */
  TlsTalk rest12() {
    change12(true);
    change12(false);
    return this;
  }

  /** The server goes on with an earlier session, of which it knows the master secret. */
  TlsTalk resume12(byte[] id, byte[] earlier) {
    master = earlier;
    serverHello(id, serverRandom, null, true);
    change12(false);
    change12(true);
    return this;
  }

  void ticket12(byte[] ticket) {
    message(false, 4, new Bytes().u16(0).u16(300).vector16(ticket).array());
  }

  private void change12(boolean byClient) {
    record(byClient, 20, new byte[] {1});
    int key = suite == AES_128_12 ? 16 : 32;
    int iv = suite == CHACHA_12 ? 12 : 4;
    byte[] seed = new Bytes().ascii("key expansion").put(serverRandom).put(clientRandom).array();
    Bytes block = new Bytes();
    byte[] chain = seed;
    while (block.array().length < 2 * (key + iv)) {
      chain = hmac(master, chain);
      block.put(hmac(master, new Bytes().put(chain).put(seed).array()));
    }
    ByteBuffer in = ByteBuffer.wrap(block.array());
    Keys made = new Keys();
    made.key = new byte[key];
    made.iv = new byte[iv];
    in.position(byClient ? 0 : key);
    in.get(made.key);
    in.position(2 * key + (byClient ? 0 : iv));
    in.get(made.iv);
    keys[byClient ? 0 : 1] = made;
    message(byClient, 20, bytes(12));
  }

  /**
   * All after the ClientHello, or the second one.
   *
   * @param early whether the server accepts early data that the client has sent
   */
  TlsTalk open13(String protocol, boolean resumed, boolean early) {
    serverHello(bytes(32), serverRandom, protocol, resumed);
    if (random.nextBoolean()) {
      record(false, 20, new byte[] {1});
    }
    byte[] server = bytes(hash());
    use(false, server, "SERVER_HANDSHAKE_TRAFFIC_SECRET");
    Bytes extensions = new Bytes();
    extensions.put(protocol == null ? new byte[0] : alpn(protocol));
    if (early) {
      extensions.u16(42).vector16(new byte[0]);
    }
    message(false, 8, new Bytes().vector16(extensions.array()).array());
    message(false, 11, bytes(random.nextInt(20_000)));
    message(false, 20, bytes(hash()));
    application[1] = bytes(hash());
    use(false, application[1], "SERVER_TRAFFIC_SECRET_0");
    if (random.nextBoolean()) {
      record(true, 20, new byte[] {1});
    }
    if (early) {
      message(true, 5, new byte[0]);
    }
    use(true, bytes(hash()), "CLIENT_HANDSHAKE_TRAFFIC_SECRET");
    message(true, 20, bytes(hash()));
    application[0] = bytes(hash());
    use(true, application[0], "CLIENT_TRAFFIC_SECRET_0");
    return this;
  }

  void useEarly() {
    use(true, bytes(hash()), "CLIENT_EARLY_TRAFFIC_SECRET");
  }

  /** The client has no early data any longer: its next record is not encrypted. */
  void useNothing() {
    keys[0] = null;
  }

  private void use(boolean byClient, byte[] secret, String label) {
    log(label, secret);
    use(byClient, secret);
  }

  private void use(boolean byClient, byte[] secret) {
    Keys made = new Keys();
    made.secret = secret;
    made.key = expand(secret, "key", suite == AES_128 ? 16 : 32);
    made.iv = expand(secret, "iv", 12);
    keys[byClient ? 0 : 1] = made;
  }

  void log(String label, byte[] secret) {
    HexFormat hex = HexFormat.of();
    keyLog.add(label + " " + hex.formatHex(clientRandom) + " " + hex.formatHex(secret));
  }

  // After the handshake.

  public TlsTalk data(boolean byClient, byte[] bytes) {
    return record(byClient, 23, bytes);
  }

  TlsTalk alert(boolean byClient, int level, int code) {
    return record(byClient, 21, new byte[] {(byte) level, (byte) code});
  }

  void keyUpdate(boolean byClient) {
    message(byClient, 24, new byte[1]);
    use(byClient, expand(keys[byClient ? 0 : 1].secret, "traffic upd", hash()));
  }

  /** A handshake message, in one or more records. */
  void message(boolean byClient, int type, byte[] body) {
    byte[] whole = new Bytes().u8(type).u8(body.length >> 16).u16(body.length).put(body).array();
    int at = 0;
    while (at < whole.length) {
      int longest = random.nextInt(4) == 0 ? 1 + random.nextInt(300) : 16_000;
      int end = Math.min(whole.length, at + longest);
      record(byClient, 22, Arrays.copyOfRange(whole, at, end));
      at = end;
    }
  }

  /** A record, protected if the endpoint has keys. */
  public TlsTalk record(boolean byClient, int type, byte[] content) {
    Keys known = keys[byClient ? 0 : 1];
    if (known == null || (is13 && type == 20)) {
      sent.add(new Sent(byClient, new Bytes().u8(type).u16(0x303).vector16(content).array()));
      return this;
    }
    byte[] inner = content;
    byte[] explicit = {};
    byte[] nonce = Arrays.copyOf(known.iv, 12);
    if (is13) {
      inner = new Bytes().put(content).u8(type).put(new byte[random.nextInt(3)]).array();
    }
    if (known.iv.length == 4) {
      explicit = bytes(8);
      System.arraycopy(explicit, 0, nonce, 4, 8);
    } else {
      ByteBuffer last = ByteBuffer.wrap(nonce);
      last.putLong(4, last.getLong(4) ^ known.sequence);
    }
    int length = explicit.length + inner.length + 16;
    Bytes header = new Bytes().u8(is13 ? 23 : type).u16(0x303).u16(length);
    ByteBuffer number = ByteBuffer.allocate(8).putLong(known.sequence++);
    byte[] associated =
        is13
            ? header.array()
            : new Bytes().put(number.array()).u8(type).u16(0x303).u16(inner.length).array();
    byte[] sealed = seal(known.key, nonce, associated, inner);
    sent.add(new Sent(byClient, header.put(explicit).put(sealed).array()));
    return this;
  }

  private byte[] seal(byte[] key, byte[] nonce, byte[] associated, byte[] plain) {
    boolean chacha = suite == CHACHA || suite == CHACHA_12;
    try {
      Cipher cipher = Cipher.getInstance(chacha ? "ChaCha20-Poly1305" : "AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(key, chacha ? "ChaCha20" : "AES"),
          chacha ? new IvParameterSpec(nonce) : new GCMParameterSpec(128, nonce));
      cipher.updateAAD(associated);
      return cipher.doFinal(plain);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private boolean isSha384() {
    return suite == AES_256 || suite == AES_256_12;
  }

  private int hash() {
    return isSha384() ? 48 : 32;
  }

  private byte[] expand(byte[] secret, String label, int length) {
    byte[] name = ("tls13 " + label).getBytes(StandardCharsets.US_ASCII);
    byte[] info = new Bytes().u16(length).vector8(name).u8(0).u8(1).array();
    return Arrays.copyOf(hmac(secret, info), length);
  }

  private byte[] hmac(byte[] secret, byte[] message) {
    try {
      String name = isSha384() ? "HmacSHA384" : "HmacSHA256";
      Mac mac = Mac.getInstance(name);
      mac.init(new SecretKeySpec(secret, name));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Bytes that grow. */
  static final class Bytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Bytes u8(int value) {
      out.write(value);
      return this;
    }

    Bytes u16(int value) {
      return u8(value >> 8).u8(value);
    }

    Bytes put(byte[] bytes) {
      out.writeBytes(bytes);
      return this;
    }

    Bytes ascii(String text) {
      return put(text.getBytes(StandardCharsets.US_ASCII));
    }

    Bytes vector8(byte[] bytes) {
      return u8(bytes.length).put(bytes);
    }

    Bytes vector16(byte[] bytes) {
      return u16(bytes.length).put(bytes);
    }

    byte[] array() {
      return out.toByteArray();
    }
  }
}
