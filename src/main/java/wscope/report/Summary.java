package wscope.report;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/** Counts what a stream holds: frames by opcode, messages, bytes, and violations by rule. */
public final class Summary implements ExchangeListener, FrameListener {
  private final long[] frames = new long[Opcode.values().length];
  private final long[] payloads = new long[Opcode.values().length];
  private final long[] violations = new long[Rule.values().length];
  private final @Nullable Violation[] first = new Violation[Rule.values().length];
  private long messages;
  private long messageBytes;
  private long compressed;
  private long compressedBytes;

  @Override
  public FrameListener frames(@Nullable Endpoint sender) {
    return this;
  }

  @Override
  public void event(Event event) {
    if (event instanceof Event.Request request) {
      add(request.result().violations());
    } else if (event instanceof Event.Response response) {
      add(response.violations());
    }
  }

  @Override
  public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> found) {
    frames[header.opcode().code()]++;
    add(found);
  }

  @Override
  public void framePayload(FrameHeader header, ByteBuffer payload, long index) {
    payloads[header.opcode().code()] += payload.remaining();
  }

  @Override
  public void messageEnded(Message message) {
    messages++;
    messageBytes += message.length();
    if (message.compression() != null) {
      compressed++;
      compressedBytes += message.wireLength();
    }
  }

  @Override
  public void violation(Violation violation) {
    int index = index(violation.rule());
    if (violations[index] == 0) {
      first[index] = violation;
    }
    violations[index]++;
  }

  /** How many frames of an opcode have begun. */
  public long frames(Opcode opcode) {
    return frames[opcode.code()];
  }

  /** How many bytes of payload the frames of an opcode have brought. */
  public long payloadBytes(Opcode opcode) {
    return payloads[opcode.code()];
  }

  /** How many messages are complete. */
  public long messages() {
    return messages;
  }

  /** How many bytes they have, inflated. */
  public long messageBytes() {
    return messageBytes;
  }

  /** How many of them were compressed. */
  public long compressedMessages() {
    return compressed;
  }

  /** How many bytes these took in the payloads of their frames. */
  public long compressedBytes() {
    return compressedBytes;
  }

  /** How often a rule is broken. */
  public long violations(Rule rule) {
    return violations[index(rule)];
  }

  /** The first violation of a rule; null if it is not broken. */
  public @Nullable Violation firstViolation(Rule rule) {
    return first[index(rule)];
  }

  private void add(List<Violation> found) {
    for (int i = 0; i < found.size(); i++) {
      violation(found.get(i));
    }
  }

  @SuppressWarnings("EnumOrdinal") // Rows are counted in the order of the table.
  private static int index(Rule rule) {
    return rule.ordinal();
  }
}
