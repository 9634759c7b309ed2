package wscope.report.text;

import wscope.protocol.frame.Opcode;
import wscope.protocol.rule.Rule;
import wscope.report.Summary;

/** Shows the counts of a stream, one line for each that is not zero. */
public final class SummaryReport {
  private static final int COUNT = 24;
  private static final int SIZE = 40;

  private SummaryReport() {}

  /** Shows the counts. */
  public static void show(Screen screen, Summary summary) {
    screen.prefix("");
    screen
        .text("summary", Style.HEADING)
        .pad(COUNT)
        .text("count")
        .pad(SIZE)
        .text("bytes")
        .endLine();
    for (Opcode opcode : Opcode.values()) {
      if (summary.frames(opcode) > 0) {
        String code = opcode.isReserved() ? " 0x" + Integer.toHexString(opcode.code()) : "";
        line(screen, opcode.label() + code, summary.frames(opcode), summary.payloadBytes(opcode));
      }
    }
    line(screen, "messages", summary.messages(), summary.messageBytes());
    if (summary.compressedMessages() > 0) {
      line(screen, "compressed", summary.compressedMessages(), summary.compressedBytes());
    }
    for (Rule rule : Rule.values()) {
      if (summary.violations(rule) > 0) {
        screen.text("  ").text(rule.isError() ? "✗ " : "! ").number(summary.violations(rule));
        screen.text(" × ").text(rule.id()).endLine();
      }
    }
  }

  private static void line(Screen screen, String name, long count, long bytes) {
    screen.text("  ").text(name).pad(COUNT).number(count).pad(SIZE).number(bytes).endLine();
  }
}
