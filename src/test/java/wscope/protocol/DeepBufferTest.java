package wscope.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import wscope.protocol.deflate.MessagePool;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Opcode;
import wscope.protocol.handshake.Handshake;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/** S5: a million tiny frames in one buffer, on a small stack: no recursion, linear time. */
class DeepBufferTest {
  private static final int FRAMES = 1_000_000;
  private static final int SMALL_STACK = 256 << 10;
  private static final byte[] MASKED_TEXT = {(byte) 0x81, (byte) 0x81, 0, 0, 0, 0, 'a'};
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
    Echo echo = new Echo();
    onSmallStack(
        () -> {
          Session session = new Session(Limits.SERVER, new MessagePool(), echo, echo, echo);
          session.feed(ByteBuffer.wrap(Peer.request()));
          echo.written = 0;
          session.feed(ByteBuffer.wrap(frames(MASKED_TEXT)));
          assertEquals(FRAMES, session.flowReceived().frames());
          assertEquals(FRAMES, session.flowSent().frames());
        });
    assertEquals(3L * FRAMES, echo.written);
  }

  private static void assertFrames(byte[] frame, long messages, int violations)
      throws InterruptedException {
    Counter counter = new Counter();
    onSmallStack(
        () -> {
          Inspector inspector = new Inspector(null, Limits.NONE, null, 0, counter);
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

  private static final class Counter implements InspectionListener {
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

  private static final class Echo implements SessionHandler, SessionListener, Outlet {
    private long written;

    @Override
    public void message(Session session, Opcode type, ByteBuffer payload) {
      session.send(type, payload);
    }

    @Override
    public Reception receive(RequestHead request) {
      return new Reception.Welcome(null, null, List.of(), List.of());
    }

    @Override
    public void unable(Fault fault) {
      throw new AssertionError(fault.id());
    }

    @Override
    public PageAnswer page(RequestHead request) {
      throw new AssertionError("no page was asked for");
    }

    @Override
    public void handshake(String received, Handshake handshake, HttpResponse response) {}

    @Override
    public void requestTorn(String received) {
      throw new AssertionError(received);
    }

    @Override
    public InspectionListener received() {
      return new InspectionListener() {};
    }

    @Override
    public InspectionListener sent() {
      return null;
    }

    @Override
    public void write(ByteBuffer bytes) {
      written += bytes.remaining();
      bytes.position(bytes.limit());
    }

    @Override
    public void end() {
      throw new AssertionError("the connection ends");
    }
  }
}
