package wscope.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.protocol.rule.Rule;

/**
 * The default limits of a server: one below, the limit, one above. {@link SessionTest} checks the
 * reactions, with small limits.
 */
class DefaultLimitsTest {
  private static final int MESSAGE = 16 << 20;
  private static final int FRAGMENTS = 131_072;
  private static final int HEAD = 32 << 10;
  private static final int FIELDS = 128;

  @Test
  void serverHasTheDocumentedLimits() {
    assertEquals(new Limits(MESSAGE, FRAGMENTS, HEAD, FIELDS), Limits.SERVER);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1})
  void limitsAMessageInOneFrame(int over) {
    CountingEcho echo = CountingEcho.open(Limits.SERVER, false);
    echo.feed(frame(0x82, MESSAGE + over));
    assertEchoed(echo, MESSAGE + over, over > 0 ? Rule.MESSAGE_TOO_BIG : null);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1})
  void limitsAMessageInTwoFrames(int over) {
    CountingEcho echo = CountingEcho.open(Limits.SERVER, false);
    echo.feed(frame(0x02, MESSAGE / 2));
    echo.feed(frame(0x80, MESSAGE / 2 + over));
    assertEchoed(echo, MESSAGE + over, over > 0 ? Rule.MESSAGE_TOO_BIG : null);
  }

  /**
   * S6: the inflated length counts. The buffer grows by doubling, so all its copies together have
   * less than twice the limit.
   */
  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1})
  void limitsTheInflatedLength(int over) {
    byte[] bomb = compressed(MESSAGE + over);
    assertTrue(bomb.length < MESSAGE / 1000);
    CountingEcho echo = CountingEcho.open(Limits.SERVER, true);
    long before = allocated();
    echo.feed(bomb);
    long taken = allocated() - before;
    assertEquals(over > 0 ? Rule.MESSAGE_TOO_BIG : null, echo.session().closure().failure());
    assertEquals(over > 0 ? 0 : 1, echo.session().totalsSent().messages());
    assertTrue(taken < 2L * MESSAGE + (1 << 20), () -> taken + " bytes");
  }

  /** S6: each message of a connection is counted by itself, and uses the same memory. */
  @Test
  void usesTheSameMemoryForEachMessage() {
    byte[] bomb = compressed(1 << 20);
    CountingEcho echo = CountingEcho.open(Limits.SERVER, true);
    echo.feed(bomb);
    long before = allocated();
    for (int i = 0; i < 32; i++) {
      echo.feed(bomb);
    }
    long taken = allocated() - before;
    assertEquals(33, echo.session().totalsSent().messages());
    assertTrue(taken < 1 << 20, () -> taken + " bytes");
  }

  /** S4: fragments take no more memory than their bytes, and their number is limited. */
  @ParameterizedTest
  @CsvSource({"-1, 0", "0, 0", "1, 0", "-1, 1", "0, 1", "1, 1"})
  void limitsTheNumberOfFragments(int over, int length) {
    CountingEcho echo = CountingEcho.open(Limits.SERVER, false);
    byte[] stream = fragments(FRAGMENTS + over, length);
    long before = allocated();
    echo.feed(stream);
    long taken = allocated() - before;
    assertEchoed(echo, (FRAGMENTS + over) * length, over > 0 ? Rule.TOO_MANY_FRAGMENTS : null);
    assertTrue(taken < 1 << 20, () -> taken + " bytes");
  }

  /** S4: what real clients send is accepted. */
  @Test
  void acceptsFourMebibytesInFragmentsOf64Bytes() {
    CountingEcho echo = CountingEcho.open(Limits.SERVER, false);
    echo.feed(fragments(65_536, 64));
    assertEchoed(echo, 4 << 20, null);
  }

  /** S9: the bytes of the head, with its empty line. */
  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1})
  void limitsTheSizeOfTheHead(int over) {
    String field = "X: ";
    int room = HEAD + over - Peer.request().length - field.length() - 2;
    CountingEcho echo = request(field + "a".repeat(room) + "\r\n");
    assertEquals(over > 0 ? 431 : 101, echo.status());
    assertEquals(over > 0 ? 1 : 0, echo.ends());
  }

  /** S9: the five fields of every request count. */
  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1})
  void limitsTheNumberOfHeaderFields(int over) {
    CountingEcho echo = request("X: a\r\n".repeat(FIELDS + over - 5));
    assertEquals(over > 0 ? 431 : 101, echo.status());
    assertEquals(over > 0 ? 1 : 0, echo.ends());
  }

  /** The payload of a control frame (RFC 6455 §5.5). */
  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1})
  void limitsThePayloadOfAPing(int over) {
    CountingEcho echo = CountingEcho.open(Limits.SERVER, false);
    echo.feed(frame(0x89, 125 + over));
    assertEchoed(echo, 125 + over, over > 0 ? Rule.CONTROL_FRAME_TOO_LONG : null);
  }

  /** Checks that one frame came back: the echo, or a Close if the connection failed. */
  private static void assertEchoed(CountingEcho echo, int length, Rule failure) {
    assertEquals(failure, echo.session().closure().failure());
    assertEquals(failure == null ? 0 : 1, echo.ends());
    assertEquals(1, echo.session().totalsSent().frames());
    int header = length < 126 ? 2 : length < 0x10000 ? 4 : 10;
    if (failure == null) {
      assertEquals(header + length, echo.written());
    }
  }

  private static CountingEcho request(String fields) {
    String request = new String(Peer.request(), ISO_8859_1);
    CountingEcho echo = new CountingEcho(Limits.SERVER);
    echo.feed((request.substring(0, request.length() - 2) + fields + "\r\n").getBytes(ISO_8859_1));
    return echo;
  }

  private static byte[] frame(int byte0, int length) {
    return frame(byte0, new byte[length]);
  }

  /** Masked with a key of zeros. */
  private static byte[] frame(int byte0, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) byte0);
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else if (payload.length < 0x10000) {
      frame.put((byte) 0xfe).putShort((short) payload.length);
    } else {
      frame.put((byte) 0xff).putLong(payload.length);
    }
    frame.putInt(0).put(payload);
    return Arrays.copyOf(frame.array(), frame.position());
  }

  /** One binary message in {@code count} frames of {@code length} bytes. */
  private static byte[] fragments(int count, int length) {
    byte[] one = frame(0x00, length);
    byte[] all = new byte[count * one.length];
    for (int at = 0; at < all.length; at++) {
      all[at] = one[at % one.length];
    }
    all[0] = 0x02;
    all[all.length - one.length] = (byte) 0x80;
    return all;
  }

  /** A binary message of zeros, compressed. */
  private static byte[] compressed(int length) {
    Deflater zlib = new Deflater(9, true);
    zlib.setInput(new byte[length]);
    byte[] out = new byte[length / 500];
    int count = zlib.deflate(out, 0, out.length, Deflater.SYNC_FLUSH) - 4;
    zlib.end();
    return frame(0xc2, Arrays.copyOf(out, count));
  }

  /** Bytes that this thread has allocated so far. */
  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
