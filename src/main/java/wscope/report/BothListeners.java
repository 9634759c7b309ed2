package wscope.report;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.InspectionListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Incomplete;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/** Two listeners of one direction; each is handed every buffer as it came. */
final class BothListeners implements InspectionListener {
  private final InspectionListener first;
  private final InspectionListener second;

  BothListeners(InspectionListener first, InspectionListener second) {
    this.first = first;
    this.second = second;
  }

  @Override
  public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {
    first.frameStarted(header, sender, violations);
    second.frameStarted(header, sender, violations);
  }

  @Override
  public void framePayload(FrameHeader header, ByteBuffer wire, long index) {
    int start = wire.position();
    first.framePayload(header, wire, index);
    second.framePayload(header, wire.position(start), index);
  }

  @Override
  public void frameEnded(FrameHeader header) {
    first.frameEnded(header);
    second.frameEnded(header);
  }

  @Override
  public void control(Opcode opcode, ByteBuffer payload) {
    int start = payload.position();
    first.control(opcode, payload);
    second.control(opcode, payload.position(start));
  }

  @Override
  public void close(@Nullable CloseBody body) {
    first.close(body);
    second.close(body);
  }

  @Override
  public void failed() {
    first.failed();
    second.failed();
  }

  @Override
  public void ended(@Nullable Incomplete incomplete) {
    first.ended(incomplete);
    second.ended(incomplete);
  }

  @Override
  public void messageStarted(Message message) {
    first.messageStarted(message);
    second.messageStarted(message);
  }

  @Override
  public void messageData(Message message, ByteBuffer data, boolean last) {
    int start = data.position();
    first.messageData(message, data, last);
    second.messageData(message, data.position(start), last);
  }

  @Override
  public void messageEnded(Message message) {
    first.messageEnded(message);
    second.messageEnded(message);
  }

  @Override
  public void messageAbandoned(Message message) {
    first.messageAbandoned(message);
    second.messageAbandoned(message);
  }

  @Override
  public void violation(Violation violation) {
    first.violation(violation);
    second.violation(violation);
  }
}
