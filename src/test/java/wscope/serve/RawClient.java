package wscope.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Deflater;

/** A socket, and frames written by hand. */
final class RawClient implements AutoCloseable {
  static final byte[] REQUEST =
      crlf("""
              GET /chat HTTP/1.1
              Host: localhost
              Upgrade: websocket
              Connection: Upgrade
              Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
              Sec-WebSocket-Version: 13

              """)
          .getBytes(ISO_8859_1);

  private static final String RESPONSE =
      crlf(
          """
          HTTP/1.1 101 Switching Protocols
          Upgrade: websocket
          Connection: Upgrade
          Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=

          """);

  private static final byte[] KEY = {0x3d, 0x54, 0x23, 0x06};
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  private final Socket socket;
  private final InputStream in;

  RawClient(InetSocketAddress server) throws IOException {
    this(new Socket(server.getAddress(), server.getPort()));
  }

  /**
   * @param connected to the server, perhaps through TLS
   */
  RawClient(Socket connected) throws IOException {
    socket = connected;
    socket.setSoTimeout(30_000);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** The request with a query. */
  static byte[] request(String query) {
    String request = new String(REQUEST, ISO_8859_1);
    return request.replace("GET /chat ", "GET /chat?" + query + " ").getBytes(ISO_8859_1);
  }

  /** The request with a query, and the offer of compression. */
  static byte[] requestToCompress(String query) {
    return with("Sec-WebSocket-Extensions: permessage-deflate", request(query));
  }

  /** The request as a browser sends it for a page that is not ours. */
  static byte[] requestOfAnotherSite() {
    return with("Origin: https://elsewhere.example", REQUEST);
  }

  private static byte[] with(String field, byte[] request) {
    return new String(request, ISO_8859_1)
        .replace("\r\n\r\n", "\r\n" + field + "\r\n\r\n")
        .getBytes(ISO_8859_1);
  }

  /** A binary message, compressed, in one frame. */
  static byte[] compressed(byte[] message) {
    Deflater zlib = new Deflater(9, true);
    zlib.setInput(message);
    byte[] out = new byte[message.length + 100];
    int length = zlib.deflate(out, 0, out.length, Deflater.SYNC_FLUSH) - 4;
    zlib.end();
    return masked(0xc2, out, length);
  }

  /**
   * Sends bytes again and again until all has gone, or the server has, or it takes nothing for a
   * while: then the frame at hand stays cut.
   */
  void sendWithin(int millis, byte[] bytes, int times) throws InterruptedException {
    AtomicInteger sent = new AtomicInteger();
    Thread sender =
        new Thread(
            () -> {
              try {
                for (; sent.get() < times; sent.incrementAndGet()) {
                  send(bytes);
                }
              } catch (IOException e) {
                sent.set(times);
              }
            });
    sender.setDaemon(true);
    sender.start();
    for (int before = -1; sender.isAlive() && sent.get() > before; ) {
      before = sent.get();
      sender.join(millis);
    }
  }

  /** The payload of a masked frame. */
  static byte[] unmasked(byte[] frame) {
    int length = frame[1] & 0x7f;
    int start = 6 + (length == 126 ? 2 : length == 127 ? 8 : 0);
    byte[] payload = Arrays.copyOfRange(frame, start, frame.length);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= KEY[i % 4];
    }
    return payload;
  }

  /** The answer to the handshake, whatever it is. */
  String head() throws IOException {
    StringBuilder head = new StringBuilder();
    for (int b = in.read(); b >= 0; b = in.read()) {
      head.append((char) b);
      if (head.length() > 3 && head.indexOf("\r\n\r\n", head.length() - 4) > 0) {
        break;
      }
    }
    return head.toString();
  }

  void send(byte[]... parts) throws IOException {
    socket.getOutputStream().write(join(parts));
  }

  void send(String hex) throws IOException {
    send(HEX.parseHex(hex));
  }

  void expect(byte[]... parts) throws IOException {
    byte[] expected = join(parts);
    assertArrayEquals(expected, in.readNBytes(expected.length));
  }

  /** The next bytes. */
  void expect(String hex) throws IOException {
    int count = HEX.parseHex(hex).length;
    assertEquals(hex, HEX.formatHex(in.readNBytes(count)));
  }

  /** The next bytes, a few at a time, with a millisecond in between. */
  void expectSlowly(byte[] expected) throws IOException, InterruptedException {
    for (int start = 0; start < expected.length; start += 4096) {
      byte[] part = Arrays.copyOfRange(expected, start, Math.min(start + 4096, expected.length));
      assertArrayEquals(part, in.readNBytes(part.length));
      Thread.sleep(1);
    }
  }

  void expectSwitch() throws IOException {
    assertEquals(RESPONSE, new String(in.readNBytes(RESPONSE.length()), ISO_8859_1));
  }

  /**
   * A frame of the server.
   *
   * @param first its first byte
   */
  record Frame(int first, ByteBuffer payload) {}

  /** The next frame, which is whole. */
  Frame next() throws IOException {
    byte[] start = in.readNBytes(2);
    if (start.length < 2) {
      throw new EOFException("the server has ended");
    }
    int length = start[1] & 0x7f;
    if (length > 125) {
      byte[] extended = in.readNBytes(length == 126 ? 2 : 8);
      length = new BigInteger(1, extended).intValueExact();
    }
    byte[] payload = in.readNBytes(length);
    assertEquals(length, payload.length, "the frame is whole");
    return new Frame(start[0] & 0xff, ByteBuffer.wrap(payload));
  }

  /** A Close with a code, whatever its reason, and then the end. */
  void expectCloseAndEnd(int code) throws IOException {
    byte[] rest = in.readAllBytes();
    assertEquals("88", HEX.formatHex(rest, 0, 1), () -> HEX.formatHex(rest));
    assertEquals(rest.length - 2, rest[1], "one frame, and nothing behind it");
    assertEquals(code, ByteBuffer.wrap(rest).getShort(2));
  }

  /** How many bytes have come and were not read. */
  int available() throws IOException {
    return in.available();
  }

  void expectEnd() throws IOException {
    assertEquals("", HEX.formatHex(in.readAllBytes()));
  }

  /** Whether the connection has ended, or ends within some milliseconds; nothing else comes. */
  boolean endsWithin(int millis) throws IOException {
    socket.setSoTimeout(millis);
    try {
      return in.read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      return true;
    }
  }

  /** Everything up to the end. */
  String rest() throws IOException {
    return new String(in.readAllBytes(), UTF_8);
  }

  /** Ends the output (TCP FIN); input may go on. */
  void finish() throws IOException {
    socket.shutdownOutput();
  }

  /** Breaks the connection (TCP RST). */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Goes away, both ways. */
  void leave() throws IOException {
    socket.close();
  }

  @Override
  public void close() throws IOException {
    leave();
  }

  /** A frame with FIN, masked as a client must. */
  static byte[] masked(int opcode, byte[] payload) {
    return masked(0x80 | opcode, payload, payload.length);
  }

  static byte[] masked(int byte0, byte[] payload, int length) {
    ByteBuffer frame = ByteBuffer.allocate(14 + length);
    header(frame, byte0, 0x80, length).put(KEY);
    for (int i = 0; i < length; i++) {
      frame.put((byte) (payload[i] ^ KEY[i % 4]));
    }
    return array(frame);
  }

  /** A frame with FIN, as a server sends it. */
  static byte[] plain(int opcode, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(10 + payload.length);
    return array(header(frame, 0x80 | opcode, 0, payload.length).put(payload));
  }

  static byte[] text(String text) {
    return masked(1, text.getBytes(UTF_8));
  }

  static byte[] echo(String text) {
    return plain(1, text.getBytes(UTF_8));
  }

  static byte[] close(int code) {
    return masked(8, new byte[] {(byte) (code >> 8), (byte) code});
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static String crlf(String lines) {
    return lines.replace("\n", "\r\n");
  }

  private static ByteBuffer header(ByteBuffer frame, int byte0, int mask, int length) {
    frame.put((byte) byte0);
    if (length < 126) {
      frame.put((byte) (mask | length));
    } else if (length < 0x10000) {
      frame.put((byte) (mask | 126)).putShort((short) length);
    } else {
      frame.put((byte) (mask | 127)).putLong(length);
    }
    return frame;
  }

  private static byte[] array(ByteBuffer filled) {
    byte[] bytes = new byte[filled.flip().remaining()];
    filled.get(bytes);
    return bytes;
  }
}
