package wscope.report.json;

import java.io.OutputStream;
import java.util.List;
import wscope.protocol.Fault;
import wscope.protocol.rule.Rule;
import wscope.report.RuleCommands;

/** The table of rules as JSON, one object a line. */
public final class JsonRules {
  private final JsonLines json;

  /**
   * @param out is not buffered and not closed
   */
  public JsonRules(OutputStream out) {
    json = new JsonLines(out);
  }

  /** A rule. */
  public void rule(Rule rule) {
    json.begin("rule").put(Property.RULE, rule.id());
    json.put(Property.SEVERITY, rule.isError() ? "error" : "warning");
    json.put(Property.CITATION, rule.citation());
    if (rule.answer() > 0) {
      json.put(rule.answersWithHttp() ? Property.HTTP_STATUS : Property.CLOSE_CODE, rule.answer());
    }
    json.put(Property.TITLE, rule.title()).put(Property.HINT, rule.hint());
    List<String> example = RuleCommands.decode(rule);
    if (!example.isEmpty()) {
      json.put(Property.EXAMPLE, String.join("\n", example));
    }
    commands(RuleCommands.commit(rule));
  }

  /** A fault that breaks no rule. */
  public void stall(Fault stall) {
    json.begin("stall").put(Property.FAULT, stall.id()).put(Property.TITLE, stall.title());
    commands(List.of(RuleCommands.serve(stall)));
  }

  /** Writes out what was gathered. */
  public void flush() {
    json.flush();
  }

  private void commands(List<String> commands) {
    json.beginArray(Property.COMMANDS);
    commands.forEach(json::add);
    json.endArray().end();
  }
}
