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
 * S5: a million tiny frames in one buffer, read without recursion on a small stack. {@link
 * LinearTimeTest} checks the time.
 */
class ManyFramesTest {
  private static final int FRAMES = 1_000_000;
  private static final int SMALL_STACK = 256 << 10;
  private static final byte[] MASKED_TEXT = {(byte) 0x81, (byte) 0x81, 0, 0, 0, 0, 'a'};
  private static final byte[] MASKED_PING = {(byte) 0x89, (byte) 0x80, 0, 0, 0, 0};
  private static final byte[] EMPTY_TEXT = {(byte) 0x81, 0};
  private static final byte[] BROKEN_PING = {(byte) 0x79, 0};

  @Test
  void readsEmptyMessages() throws InterruptedException {
    assertFrames(EMPTY_TEXT, FRAMES, 0);
  }

  @Test
  void readsMessagesOfOneByte() throws InterruptedException {
    assertFrames(MASKED_TEXT, FRAMES, 0);
  }

  @Test
  void reportsTheViolationsOfEveryFrame() throws InterruptedException {
    assertFrames(BROKEN_PING, 0, 4);
  }

  /** The server echoes every message. */
  @Test
  void echoesEveryMessage() throws InterruptedException {
    assertReplies(MASKED_TEXT, 3);
  }

  /** S8: a pong that was sent leaves nothing in memory. */
  @Test
  void repliesToEveryPing() throws InterruptedException {
    assertReplies(MASKED_PING, 2);
  }

  /**
   * @param bytes of the reply to each frame
   */
  private static void assertReplies(byte[] frame, long bytes) throws InterruptedException {
    CountingEcho echo = CountingEcho.open(Limits.SERVER, false);
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
          FrameReader reader = new FrameReader(null, Limits.NONE, null, 0, counter);
          reader.feed(ByteBuffer.wrap(frames(frame)));
          reader.end();
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
