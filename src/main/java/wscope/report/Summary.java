package wscope.report;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/** Counts the contents of a stream: frames by opcode, bytes, and violations by rule. */
public final class Summary extends Totals {
  private final long[] frames = new long[Opcode.values().length];
  private final long[] payloads = new long[Opcode.values().length];
  private final long[] violations = new long[Rule.values().length];
  private final @Nullable Violation[] first = new Violation[Rule.values().length];
  private long messageBytes;
  private long compressed;
  private long compressedBytes;

  @Override
  public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> found) {
    super.frameStarted(header, sender, found);
    frames[header.opcode().code()]++;
  }

  @Override
  public void framePayload(FrameHeader header, ByteBuffer payload, long index) {
    payloads[header.opcode().code()] += payload.remaining();
  }

  @Override
  public void messageEnded(Message message) {
    super.messageEnded(message);
    messageBytes += message.length();
    if (message.compression() != null) {
      compressed++;
      compressedBytes += message.wireLength();
    }
  }

  @Override
  public void violation(Violation violation) {
    super.violation(violation);
    int index = index(violation.rule());
    if (violations[index] == 0) {
      first[index] = violation;
    }
    violations[index]++;
  }

  /** The number of frames with this opcode that have begun. */
  public long frames(Opcode opcode) {
    return frames[opcode.code()];
  }

  /** The number of payload bytes in the frames with this opcode. */
  public long payloadBytes(Opcode opcode) {
    return payloads[opcode.code()];
  }

  /** The total size of the complete messages in bytes, after decompression. */
  public long messageBytes() {
    return messageBytes;
  }

  /** The number of complete messages that were compressed. */
  public long compressedMessages() {
    return compressed;
  }

  /** The total size of the compressed messages in bytes, before decompression. */
  public long compressedBytes() {
    return compressedBytes;
  }

  /** The number of violations of a rule. */
  public long violations(Rule rule) {
    return violations[index(rule)];
  }

  /** The first violation of a rule; null if there is none. */
  public @Nullable Violation firstViolation(Rule rule) {
    return first[index(rule)];
  }

  @SuppressWarnings("EnumOrdinal") // The counts are in the order of the table of rules.
  private static int index(Rule rule) {
    return rule.ordinal();
  }
}
