package wscope.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/**
 * S5: a million tiny frames in one buffer, on a small stack: no recursion. That the time is linear,
 * {@link LinearTimeTest} shows.
 */
class DeepBufferTest {
  private static final int FRAMES = 1_000_000;
  private static final int SMALL_STACK = 256 << 10;
  private static final byte[] MASKED_TEXT = {(byte) 0x81, (byte) 0x81, 0, 0, 0, 0, 'a'};
  private static final byte[] MASKED_PING = {(byte) 0x89, (byte) 0x80, 0, 0, 0, 0};
  private static final byte[] EMPTY_TEXT = {(byte) 0x81, 0};
  private static final byte[] BROKEN_PING = {(byte) 0x79, 0};

  @Test
  void emptyMessages() throws InterruptedException {
    assertFrames(EMPTY_TEXT, FRAMES, 0);
  }

  @Test
  void messagesOfOneByte() throws InterruptedException {
    assertFrames(MASKED_TEXT, FRAMES, 0);
  }

  @Test
  void framesThatAreAllWrong() throws InterruptedException {
    assertFrames(BROKEN_PING, 0, 4);
  }

  /** The server echoes them all. */
  @Test
  void echo() throws InterruptedException {
    assertAnswers(MASKED_TEXT, 3);
  }

  /** S8: nothing is left of a pong that was sent. */
  @Test
  void pings() throws InterruptedException {
    assertAnswers(MASKED_PING, 2);
  }

  /**
   * @param bytes of the answer to each
   */
  private static void assertAnswers(byte[] frame, long bytes) throws InterruptedException {
    SilentEcho echo = SilentEcho.open(Limits.SERVER, false);
    byte[] stream = frames(frame);
    long[] allocated = new long[1];
    onSmallStack(
        () -> {
          long before = allocated();
          echo.feed(stream);
          allocated[0] = allocated() - before;
        });
    assertEquals(FRAMES, echo.session().totalsReceived().frames());
    assertEquals(FRAMES, echo.session().totalsSent().frames());
    assertEquals(bytes * FRAMES, echo.written());
    assertEquals(0, echo.ends());
    assertTrue(allocated[0] < 1 << 20, () -> allocated[0] + " bytes");
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  private static void assertFrames(byte[] frame, long messages, int violations)
      throws InterruptedException {
    Counter counter = new Counter();
    onSmallStack(
        () -> {
          FrameReader inspector = new FrameReader(null, Limits.NONE, null, 0, counter);
          inspector.feed(ByteBuffer.wrap(frames(frame)));
          inspector.end();
        });
    assertEquals(FRAMES, counter.frames);
    assertEquals(messages, counter.messages);
    assertEquals((long) violations * FRAMES, counter.violations);
  }

  private static byte[] frames(byte[] frame) {
    byte[] stream = new byte[FRAMES * frame.length];
    for (int at = 0; at < stream.length; at++) {
      stream[at] = frame[at % frame.length];
    }
    return stream;
  }

  private static void onSmallStack(Runnable work) throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread thread = new Thread(null, work, "small stack", SMALL_STACK);
    thread.setUncaughtExceptionHandler((t, e) -> thrown.set(e));
    thread.start();
    thread.join();
    assertNull(thrown.get());
  }

  private static final class Counter implements FrameListener {
    private long frames;
    private long messages;
    private long violations;

    @Override
    public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> broken) {
      frames++;
      violations += broken.size();
    }

    @Override
    public void messageEnded(Message message) {
      messages++;
    }
  }
}
