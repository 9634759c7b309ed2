package wscope.protocol;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Incomplete;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/** Passes every event on; to be extended by who also acts on some. */
public abstract class ForwardingListener implements InspectionListener {
  private final InspectionListener next;

  /**
   * @param next hears of every event
   */
  protected ForwardingListener(InspectionListener next) {
    this.next = next;
  }

  @Override
  public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {
    next.frameStarted(header, sender, violations);
  }

  @Override
  public void framePayload(FrameHeader header, ByteBuffer wire, long index) {
    next.framePayload(header, wire, index);
  }

  @Override
  public void frameEnded(FrameHeader header) {
    next.frameEnded(header);
  }

  @Override
  public void control(Opcode opcode, ByteBuffer payload) {
    next.control(opcode, payload);
  }

  @Override
  public void close(@Nullable CloseBody body) {
    next.close(body);
  }

  @Override
  public void failed() {
    next.failed();
  }

  @Override
  public void ended(@Nullable Incomplete incomplete) {
    next.ended(incomplete);
  }

  @Override
  public void messageStarted(Message message) {
    next.messageStarted(message);
  }

  @Override
  public void messageData(Message message, ByteBuffer data, boolean last) {
    next.messageData(message, data, last);
  }

  @Override
  public void messageEnded(Message message) {
    next.messageEnded(message);
  }

  @Override
  public void messageAbandoned(Message message) {
    next.messageAbandoned(message);
  }

  @Override
  public void violation(Violation violation) {
    next.violation(violation);
  }
}
