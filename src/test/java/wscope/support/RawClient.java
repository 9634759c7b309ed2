package wscope.support;

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

/**
 * A client on a socket that sends raw bytes, such as handshakes and frames, and reads raw bytes. A
 * read times out after 30 s unless the constructor sets another timeout.
 */
public final class RawClient implements AutoCloseable {
  /** The sample request of the RFC, for a server on this machine. */
  public static final byte[] REQUEST = bytes(SampleHandshake.request());

  private static final int TIMEOUT_MILLIS = 30_000;
  private static final byte[] KEY = {0x3d, 0x54, 0x23, 0x06};
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  private final Socket socket;
  private final int timeoutMillis;
  private final InputStream in;

  public RawClient(InetSocketAddress server) throws IOException {
    this(server, TIMEOUT_MILLIS);
  }

  /**
   * @param timeoutMillis the longest time that a read may wait for the server
   */
  public RawClient(InetSocketAddress server, int timeoutMillis) throws IOException {
    this(new Socket(server.getAddress(), server.getPort()), timeoutMillis);
  }

  /**
   * @param connected a socket that is connected to the server, with or without TLS
   */
  public RawClient(Socket connected) throws IOException {
    this(connected, TIMEOUT_MILLIS);
  }

  private RawClient(Socket connected, int timeoutMillis) throws IOException {
    socket = connected;
    this.timeoutMillis = timeoutMillis;
    socket.setSoTimeout(timeoutMillis);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** The request with a query. */
  public static byte[] request(String query) {
    return bytes(SampleHandshake.request("localhost", "/chat?" + query));
  }

  /** The request with a query and an offer of permessage-deflate. */
  public static byte[] requestWithDeflate(String query) {
    return bytes(
        SampleHandshake.request(
            "localhost", "/chat?" + query, "Sec-WebSocket-Extensions: permessage-deflate"));
  }

  /** The request of a page on another site, as a browser sends it. */
  public static byte[] crossOriginRequest() {
    return bytes(
        SampleHandshake.request("localhost", "/chat", "Origin: https://elsewhere.example"));
  }

  /** A masked frame with a compressed binary message. */
  public static byte[] compressed(byte[] message) {
    Deflater zlib = new Deflater(9, true);
    zlib.setInput(message);
    byte[] out = new byte[message.length + 100];
    int length = zlib.deflate(out, 0, out.length, Deflater.SYNC_FLUSH) - 4;
    zlib.end();
    return masked(0xc2, out, length);
  }

  /**
   * Sends bytes repeatedly. Stops early if the server disconnects, or if the bytes cannot be sent
   * once within the given time; then the last frame may be incomplete.
   */
  public void sendUntilBlocked(int millis, byte[] bytes, int times) throws InterruptedException {
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
  public static byte[] unmasked(byte[] frame) {
    int length = frame[1] & 0x7f;
    int start = 6 + (length == 126 ? 2 : length == 127 ? 8 : 0);
    byte[] payload = Arrays.copyOfRange(frame, start, frame.length);
    mask(payload, KEY);
    return payload;
  }

  /** The head of the response to the handshake. */
  public String head() throws IOException {
    StringBuilder head = new StringBuilder();
    for (int b = in.read(); b >= 0; b = in.read()) {
      head.append((char) b);
      if (head.length() > 3 && head.indexOf("\r\n\r\n", head.length() - 4) > 0) {
        break;
      }
    }
    return head.toString();
  }

  public void send(byte[]... parts) throws IOException {
    socket.getOutputStream().write(join(parts));
  }

  public void send(String hex) throws IOException {
    send(HEX.parseHex(hex));
  }

  public void expect(byte[]... parts) throws IOException {
    byte[] expected = join(parts);
    assertArrayEquals(expected, in.readNBytes(expected.length));
  }

  /** Reads bytes and compares them with these. */
  public void expect(String hex) throws IOException {
    int count = HEX.parseHex(hex).length;
    assertEquals(hex, HEX.formatHex(in.readNBytes(count)));
  }

  /** Reads the bytes slowly: pauses for a millisecond after each 4096 bytes. */
  public void expectSlowly(byte[] expected) throws IOException, InterruptedException {
    for (int start = 0; start < expected.length; start += 4096) {
      byte[] part = Arrays.copyOfRange(expected, start, Math.min(start + 4096, expected.length));
      assertArrayEquals(part, in.readNBytes(part.length));
      Thread.sleep(1);
    }
  }

  /** Sends the sample request of the RFC, and expects the sample response. */
  public RawClient open() throws IOException {
    send(REQUEST);
    expectUpgrade();
    return this;
  }

  public void expectUpgrade() throws IOException {
    String expected = SampleHandshake.RESPONSE;
    assertEquals(expected, new String(in.readNBytes(expected.length()), ISO_8859_1));
  }

  /**
   * A frame of the server.
   *
   * @param first its first byte
   * @param masked whether it has a masking key, which a server must not use
   * @param payload unmasked
   */
  public record Frame(int first, boolean masked, ByteBuffer payload) {}

  /** Reads the next frame, which must be complete. */
  public Frame next() throws IOException {
    byte[] start = in.readNBytes(2);
    if (start.length < 2) {
      throw new EOFException("the server ended the connection");
    }
    int length = start[1] & 0x7f;
    if (length > 125) {
      byte[] extended = in.readNBytes(length == 126 ? 2 : 8);
      length = new BigInteger(1, extended).intValueExact();
    }
    boolean masked = start[1] < 0;
    byte[] key = masked ? in.readNBytes(4) : new byte[4];
    byte[] payload = in.readNBytes(length);
    assertEquals(length, payload.length, "the frame is incomplete");
    mask(payload, key);
    return new Frame(start[0] & 0xff, masked, ByteBuffer.wrap(payload));
  }

  /** Reads a frame: the name of its opcode and its payload. Replies to a Close. */
  public String nextInWords() throws IOException {
    Frame frame = next();
    byte[] payload = frame.payload().array();
    String text = new String(payload, UTF_8);
    return switch (frame.first()) {
      case 0x81 -> (frame.masked() ? "masked text " : "text ") + text;
      case 0x88 -> {
        send(masked(8, payload));
        yield "close "
            + (int) frame.payload().getChar(0)
            + " "
            + new String(payload, 2, payload.length - 2, UTF_8);
      }
      case 0x89 -> "ping " + text;
      case 0x8a -> "pong " + text;
      default -> "0x" + Integer.toHexString(frame.first()) + " " + text;
    };
  }

  /** Expects a Close with this code and any reason, then the end of TCP. */
  public void expectCloseAndEnd(int code) throws IOException {
    byte[] rest = in.readAllBytes();
    assertEquals("88", HEX.formatHex(rest, 0, 1), () -> HEX.formatHex(rest));
    assertEquals(rest.length - 2, rest[1], "nothing after the Close");
    assertEquals(code, ByteBuffer.wrap(rest).getShort(2));
  }

  /** Reads some bytes; returns -1 at the end. */
  public int read(byte[] into) throws IOException {
    return in.read(into);
  }

  /** The number of bytes that have arrived and can be read without waiting. */
  public int available() throws IOException {
    return in.available();
  }

  public void expectEnd() throws IOException {
    assertEquals("", HEX.formatHex(in.readAllBytes()));
  }

  /** Whether the connection ends within this time. */
  public boolean endsWithin(int millis) throws IOException {
    socket.setSoTimeout(millis);
    try {
      return in.read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      return true;
    } finally {
      socket.setSoTimeout(timeoutMillis);
    }
  }

  /** Reads to the end of the connection. */
  public String rest() throws IOException {
    return new String(in.readAllBytes(), UTF_8);
  }

  /** Ends the output (TCP FIN); the client can still read. */
  public void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Resets the connection (TCP RST). */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Closes the socket. In try-with-resources, javac warns about explicit calls of close. */
  public void disconnect() throws IOException {
    socket.close();
  }

  @Override
  public void close() throws IOException {
    disconnect();
  }

  /** A frame with FIN, masked as a client must mask it. */
  public static byte[] masked(int opcode, byte[] payload) {
    return masked(0x80 | opcode, payload, payload.length);
  }

  public static byte[] masked(int byte0, byte[] payload, int length) {
    ByteBuffer frame = ByteBuffer.allocate(14 + length);
    header(frame, byte0, 0x80, length).put(KEY);
    for (int i = 0; i < length; i++) {
      frame.put((byte) (payload[i] ^ KEY[i % 4]));
    }
    return array(frame);
  }

  /** A frame with FIN, as a server sends it. */
  public static byte[] plain(int opcode, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(10 + payload.length);
    return array(header(frame, 0x80 | opcode, 0, payload.length).put(payload));
  }

  public static byte[] text(String text) {
    return masked(1, text.getBytes(UTF_8));
  }

  public static byte[] echo(String text) {
    return plain(1, text.getBytes(UTF_8));
  }

  public static byte[] close(int code) {
    return masked(8, new byte[] {(byte) (code >> 8), (byte) code});
  }

  public static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
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

  private static void mask(byte[] payload, byte[] key) {
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= key[i % 4];
    }
  }

  private static byte[] bytes(String head) {
    return head.getBytes(ISO_8859_1);
  }

  private static byte[] array(ByteBuffer filled) {
    byte[] bytes = new byte[filled.flip().remaining()];
    filled.get(bytes);
    return bytes;
  }
}
