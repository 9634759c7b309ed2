package wscope.proxy;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.DirectionTotals;
import wscope.protocol.event.FrameListener;
import wscope.protocol.event.PingRoundTrips;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/** Counts the frames of one endpoint, and the work of looking at them. */
final class Tally implements FrameListener {
  /** The work of a frame, in inflated bytes. */
  private static final int FRAME = 512;

  private final Pings own;
  private final Pings others;
  private final Runnable tooMuch;
  private final Runnable onClose;
  private final long mostWork;
  private long frames;
  private long messages;
  private long bytes;
  private long wireBytes;
  private long open;
  private long inFrame;
  private long work;
  private @Nullable CloseBody close;

  /**
   * Creates a tally.
   *
   * @param own the pings of this endpoint
   * @param others the pings of the other endpoint
   * @param mostWork the work of one turn, in inflated bytes
   * @param tooMuch runs when a turn has done more
   * @param onClose runs when the first Close has passed
   */
  Tally(Pings own, Pings others, long mostWork, Runnable tooMuch, Runnable onClose) {
    this.own = own;
    this.others = others;
    this.mostWork = mostWork;
    this.tooMuch = tooMuch;
    this.onClose = onClose;
  }

  /** Begins a turn. */
  void beginTurn() {
    work = 0;
  }

  @Override
  public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {
    frames++;
    work(FRAME);
  }

  @Override
  public void framePayload(FrameHeader header, ByteBuffer payload, long index) {
    inFrame += payload.remaining();
  }

  @Override
  public void frameEnded(FrameHeader header) {
    inFrame = 0;
  }

  @Override
  public void messageData(Message message, ByteBuffer data, boolean last) {
    open += data.remaining();
    work(data.remaining());
  }

  @Override
  public void messageEnded(Message message) {
    messages++;
    bytes += message.length();
    wireBytes += message.wireLength();
    open = 0;
  }

  @Override
  public void messageAbandoned(Message message) {
    open = 0;
  }

  @Override
  public void control(Opcode opcode, ByteBuffer payload) {
    if (opcode == Opcode.PING) {
      own.ping(payload);
    } else if (opcode == Opcode.PONG) {
      others.pong(payload);
    }
  }

  @Override
  public void close(@Nullable CloseBody body) {
    if (close == null) {
      close = body == null ? CloseBody.EMPTY : body;
      onClose.run();
    }
  }

  private void work(int more) {
    work += more;
    if (work > mostWork) {
      tooMuch.run();
    }
  }

  /** The number of bytes of the unfinished frame and message. */
  long unfinished() {
    return open + inFrame;
  }

  /** The body of the first Close; null if there is none. */
  @Nullable CloseBody closeBody() {
    return close;
  }

  DirectionTotals totals() {
    return new DirectionTotals(frames, messages, bytes, wireBytes);
  }

  PingRoundTrips roundTrips() {
    return own.roundTrips();
  }
}
