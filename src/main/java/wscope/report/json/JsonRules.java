package wscope.report.json;

import java.io.OutputStream;
import java.util.List;
import wscope.protocol.Fault;
import wscope.protocol.rule.Rule;
import wscope.report.RuleGuide;

/** Writes the table of rules as JSON, one object per line. */
public final class JsonRules {
  private final JsonLines json;

  /**
   * Creates a writer.
   *
   * @param out an unbuffered stream, which the writer does not close
   */
  public JsonRules(OutputStream out) {
    json = new JsonLines(out);
  }

  /** Writes a rule. */
  public void rule(Rule rule, RuleGuide guide) {
    json.begin("rule").put(Property.RULE, rule.id());
    json.put(Property.SEVERITY, rule.isError() ? "error" : "warning");
    json.put(Property.CITATION, rule.citation());
    json.putAny(Property.CLOSE_CODE, rule.closeCode());
    json.putAny(Property.HTTP_STATUS, rule.httpStatus());
    json.put(Property.TITLE, rule.title()).put(Property.HINT, rule.hint() + guide.advice());
    if (!guide.example().isEmpty()) {
      json.put(Property.EXAMPLE, String.join("\n", guide.example()));
    }
    commands(guide.commands());
  }

  /** Writes a fault that violates no rule. */
  public void stall(Fault stall, RuleGuide guide) {
    json.begin("stall").put(Property.FAULT, stall.id()).put(Property.TITLE, stall.title());
    commands(guide.commands());
  }

  /** Writes the buffered lines. */
  public void flush() {
    json.flush();
  }

  private void commands(List<String> commands) {
    json.beginArray(Property.COMMANDS);
    commands.forEach(json::add);
    json.endArray().end();
  }
}
