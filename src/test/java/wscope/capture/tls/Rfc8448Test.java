package wscope.capture.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import wscope.protocol.event.TlsSession;

/** Decrypts the records of RFC 8448, with the secrets that it derives. */
class Rfc8448Test {
  private static final HexFormat HEX = HexFormat.of();
  private static final List<String> CLOSED =
      List.of(
          "alert by the client: close_notify (0)",
          "alert by the server: close_notify (0)",
          "released");

  private final List<String> keyLog = new ArrayList<>();
  private final List<TlsTalk.Sent> sent = new ArrayList<>();

  /** Reads the handshake of a section. */
  private void read(int section) throws IOException {
    String name = "/tls/rfc8448-" + section + ".txt";
    try (InputStream in = Rfc8448Test.class.getResourceAsStream(name)) {
      for (String line : new String(in.readAllBytes(), UTF_8).lines().skip(1).toList()) {
        if (line.startsWith("C ") || line.startsWith("S ")) {
          byte[] record = HEX.parseHex(line.substring(2));
          sent.add(new TlsTalk.Sent(line.charAt(0) == 'C', record));
        } else {
          keyLog.add(line);
        }
      }
    }
  }

  private static byte[] data() {
    byte[] data = new byte[50];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) i;
    }
    return data;
  }

  /** §3: 50 bytes in each direction. */
  @Test
  void decryptsTheSimpleHandshake() throws IOException {
    read(3);
    for (int seed = 0; seed < 100; seed++) {
      TlsLog log = new TlsLog(keyLog).readCut(sent, new Random(seed));
      assertArrayEquals(data(), log.client.toByteArray());
      assertArrayEquals(data(), log.server.toByteArray());
      assertEquals(CLOSED, log.lines);
      assertEquals(
          new TlsSession("TLSv1.3", "TLS_AES_128_GCM_SHA256", "server", null, false), log.session);
    }
  }

  /** §4: the client sends ABCDEF as early data (0-RTT), and then 50 bytes, as the server does. */
  @Test
  void decryptsEarlyData() throws IOException {
    read(4);
    ByteArrayOutputStream client = new ByteArrayOutputStream();
    client.writeBytes("ABCDEF".getBytes(US_ASCII));
    client.writeBytes(data());
    for (int seed = 0; seed < 100; seed++) {
      TlsLog log = new TlsLog(keyLog).readCut(sent, new Random(seed));
      assertArrayEquals(client.toByteArray(), log.client.toByteArray());
      assertArrayEquals(data(), log.server.toByteArray());
      assertEquals(CLOSED, log.lines);
      assertEquals(
          new TlsSession("TLSv1.3", "TLS_AES_128_GCM_SHA256", "server", null, true), log.session);
    }
  }

  /** Some clients do not log the secret of early data; what follows it is then not known either. */
  @Test
  void saysThatEarlyDataHasNoSecret() throws IOException {
    read(4);
    keyLog.removeIf(line -> line.startsWith("CLIENT_EARLY_TRAFFIC_SECRET "));
    TlsLog log = new TlsLog(keyLog).read(sent);
    assertEquals(0, log.client.size());
    assertArrayEquals(data(), log.server.toByteArray());
    assertEquals(
        List.of(
            "the client: the key log has no CLIENT_EARLY_TRAFFIC_SECRET for this" + " session",
            "alert by the server: close_notify (0)",
            "released"),
        log.lines);
  }

  /**
   * §5: the server wants another ClientHello. No data follows; that each record authenticates shows
   * that the keys are right.
   */
  @Test
  void readsOnAfterAHelloRetryRequest() throws IOException {
    read(5);
    TlsLog log = new TlsLog(keyLog).readCut(sent, new Random(1));
    assertEquals(List.of("server: TLS 1.3 without data inside", "released"), log.lines);
    TlsTalk.Sent closing = sent.get(6);
    byte[] changed = closing.bytes().clone();
    changed[changed.length - 1] ^= 1;
    sent.set(6, new TlsTalk.Sent(closing.byClient(), changed));
    TlsLog other = new TlsLog(keyLog).readCut(sent, new Random(1));
    assertEquals(
        List.of(
            "server: TLS 1.3; a record does not authenticate: the key log has a wrong key",
            "released"),
        other.lines);
  }

  @Test
  void derivesTheKeysOfTheRfc() throws IOException {
    read(3);
    String secret = keyLog.get(2);
    byte[] traffic = HEX.parseHex(secret.substring(secret.length() - 64));
    assertEquals(
        "17422dda596ed5d9acd890e3c63f5051",
        HEX.formatHex(KeyDerivation.expandLabel("HmacSHA256", traffic, "key", 16)));
    assertEquals(
        "5b78923dee08579033e523d9",
        HEX.formatHex(KeyDerivation.expandLabel("HmacSHA256", traffic, "iv", 12)));
  }
}
