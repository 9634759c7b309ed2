package wscope.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/**
 * S5: sixteen times the input takes about sixteen times as long; squared it would be 256. Times are
 * those of the processor, and of several tries the shortest counts.
 */
class LinearTimeTest {
  private static final int FACTOR = 16;
  private static final int MOST = 4 * FACTOR;
  private static final int TRIES = 5;

  /** Heads and messages of any size. */
  private static final Limits NONE = new Limits(1 << 30, 1 << 30, 1 << 30, 1 << 30);

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  @Test
  void framesInOneBuffer() {
    assertLinear(5_000, count -> open().feed(repeat("81810000000061", count)));
  }

  @Test
  void fragments() {
    assertLinear(
        5_000,
        count -> {
          SilentEcho echo = open();
          echo.feed(hex("018000000000"));
          echo.feed(repeat("00810000000061", count));
          assertEquals(count + 1, echo.session().flowReceived().frames());
        });
  }

  @Test
  void framesInSingleBytes() {
    assertLinear(500, count -> feedByBytes(open(), repeat("81810000000061", count)));
  }

  @Test
  void aHeadInSingleBytes() {
    assertLinear(
        10_000,
        count -> {
          SilentEcho echo = new SilentEcho(NONE);
          feedByBytes(echo, request("X: " + "a".repeat(count) + "\r\n"));
          assertEquals(101, echo.status());
        });
  }

  @Test
  void headerFields() {
    assertAnswered(500, count -> "X: a\r\n".repeat(count));
  }

  @Test
  void fieldsOfSubprotocols() {
    assertAnswered(
        500,
        count -> {
          StringBuilder fields = new StringBuilder();
          for (int i = 0; i < count; i++) {
            fields.append("Sec-WebSocket-Protocol: p").append(i).append("\r\n");
          }
          return fields.toString();
        });
  }

  @Test
  void subprotocols() {
    assertAnswered(
        500,
        count -> {
          StringBuilder list = new StringBuilder("Sec-WebSocket-Protocol: p");
          for (int i = 0; i < count; i++) {
            list.append(", p").append(i);
          }
          return list.append("\r\n").toString();
        });
  }

  @Test
  void offersOfDeflate() {
    String offer = ", permessage-deflate; client_max_window_bits=99";
    assertAnswered(200, count -> "Sec-WebSocket-Extensions: x" + offer.repeat(count) + "\r\n");
  }

  @Test
  void parametersOfAnOffer() {
    assertAnswered(
        500,
        count ->
            "Sec-WebSocket-Extensions: permessage-deflate"
                + "; client_max_window_bits=15".repeat(count)
                + "\r\n");
  }

  /** Of a size, the fields that are added to a good request. */
  private interface Fields {
    String of(int count);
  }

  private void assertAnswered(int count, Fields fields) {
    byte[] few = request(fields.of(count));
    byte[] many = request(fields.of(FACTOR * count));
    assertLinear(
        count,
        size -> {
          SilentEcho echo = new SilentEcho(NONE);
          echo.feed(size == count ? few : many);
          assertEquals(101, echo.status());
        });
  }

  private void assertLinear(int count, IntConsumer work) {
    long few = nanos(count, work);
    long many = nanos(FACTOR * count, work);
    assertTrue(many < MOST * few, () -> few + " ns, and " + many + " for " + FACTOR + " times it");
  }

  private long nanos(int count, IntConsumer work) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < TRIES; i++) {
      long before = threads.getCurrentThreadCpuTime();
      work.accept(count);
      least = Math.min(least, threads.getCurrentThreadCpuTime() - before);
    }
    return least;
  }

  private static SilentEcho open() {
    return SilentEcho.open(NONE, false);
  }

  private static void feedByBytes(SilentEcho echo, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    for (int at = 0; at < bytes.length; at++) {
      echo.session().feed(in.limit(at + 1));
    }
  }

  private static byte[] request(String fields) {
    String request = new String(Peer.request(), ISO_8859_1);
    return (request.substring(0, request.length() - 2) + fields + "\r\n").getBytes(ISO_8859_1);
  }

  private static byte[] repeat(String hex, int count) {
    return hex(hex.repeat(count));
  }

  private static byte[] hex(String hex) {
    return Vectors.bytes(hex);
  }
}
