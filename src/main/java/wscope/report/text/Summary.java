package wscope.report.text;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.ConversationListener;
import wscope.protocol.ForwardingConversation;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Opcode;
import wscope.protocol.handshake.Handshake;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.handshake.ResponseHead;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/** Counts what a stream holds: frames by opcode, messages, bytes, and violations by rule. */
public final class Summary extends ForwardingConversation {
  private static final int COUNT = 24;
  private static final int SIZE = 40;

  private final long[] frames = new long[Opcode.values().length];
  private final long[] payloads = new long[Opcode.values().length];
  private final long[] violations = new long[Rule.values().length];
  private long messages;
  private long messageBytes;
  private long compressed;
  private long compressedBytes;

  /**
   * @param next hears of every event
   */
  public Summary(ConversationListener next) {
    super(next);
  }

  /** Shows the counts, a line for each that is not zero. */
  public void show(Screen screen) {
    screen.prefix("");
    screen
        .text("summary", Style.HEADING)
        .pad(COUNT)
        .text("count")
        .pad(SIZE)
        .text("bytes")
        .endLine();
    for (Opcode opcode : Opcode.values()) {
      if (frames[opcode.code()] > 0) {
        String code = opcode.isReserved() ? " 0x" + Integer.toHexString(opcode.code()) : "";
        line(screen, opcode.label() + code, frames[opcode.code()], payloads[opcode.code()]);
      }
    }
    line(screen, "messages", messages, messageBytes);
    if (compressed > 0) {
      line(screen, "compressed", compressed, compressedBytes);
    }
    for (Rule rule : Rule.values()) {
      if (violations[index(rule)] > 0) {
        screen.text("  ").text(rule.isError() ? "✗ " : "! ").number(violations[index(rule)]);
        screen.text(" × ").text(rule.id()).endLine();
      }
    }
  }

  @Override
  public void request(long offset, String received, @Nullable RequestHead head, Handshake judged) {
    judged.violations().forEach(this::count);
    super.request(offset, received, head, judged);
  }

  @Override
  public void response(
      long offset,
      String received,
      @Nullable RequestHead request,
      @Nullable ResponseHead head,
      List<Violation> found) {
    found.forEach(this::count);
    super.response(offset, received, request, head, found);
  }

  @Override
  public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> found) {
    frames[header.opcode().code()]++;
    for (int i = 0; i < found.size(); i++) {
      count(found.get(i));
    }
    super.frameStarted(header, sender, found);
  }

  @Override
  public void framePayload(FrameHeader header, ByteBuffer wire, long index) {
    payloads[header.opcode().code()] += wire.remaining();
    super.framePayload(header, wire, index);
  }

  @Override
  public void messageEnded(Message message) {
    messages++;
    messageBytes += message.length();
    if (message.compression() != null) {
      compressed++;
      compressedBytes += message.wireLength();
    }
    super.messageEnded(message);
  }

  @Override
  public void violation(Violation violation) {
    count(violation);
    super.violation(violation);
  }

  private void count(Violation violation) {
    violations[index(violation.rule())]++;
  }

  @SuppressWarnings("EnumOrdinal") // Rows are counted in the order of the table.
  private static int index(Rule rule) {
    return rule.ordinal();
  }

  private static void line(Screen screen, String name, long count, long bytes) {
    screen.text("  ").text(name).pad(COUNT).number(count).pad(SIZE).number(bytes).endLine();
  }
}
