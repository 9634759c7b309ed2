package wscope.report.json;

import java.io.OutputStream;
import java.util.List;
import wscope.report.Explanation;

/** Writes explanations as JSON, one object per line. */
public final class JsonExplanations {
  private final JsonLines json;

  /**
   * Creates a writer.
   *
   * @param out an unbuffered stream, which the writer does not close
   */
  public JsonExplanations(OutputStream out) {
    json = new JsonLines(out);
  }

  /** Writes an explanation. */
  public void write(Explanation explanation) {
    json.begin("explanation").put(Property.KIND, explanation.kind());
    json.put(Property.NAME, explanation.heading());
    if (!explanation.products().isEmpty()) {
      array(Property.PRODUCTS, explanation.products());
    }
    json.put(Property.TITLE, explanation.problem());
    json.put(Property.MEANING, explanation.meaning());
    if (!explanation.side().isEmpty()) {
      json.put(Property.SIDE, explanation.side());
    }
    if (!explanation.facts().isEmpty()) {
      array(Property.FACTS, explanation.facts());
    }
    array(Property.CAUSES, explanation.causes());
    json.beginArray(Property.STEPS);
    for (Explanation.Step step : explanation.steps()) {
      json.beginObject().put(Property.COMMAND, step.command()).put(Property.WHY, step.why());
      json.endObject();
    }
    json.endArray().put(Property.RULE, explanation.rule()).end();
  }

  /**
   * Writes that nothing is known.
   *
   * @param text the beginning of what was asked for
   * @param nearest what is near it
   */
  public void unexplained(String text, List<String> nearest) {
    json.begin("unexplained").putText(Property.TEXT, text);
    array(Property.NEAREST, nearest);
    json.end();
  }

  /** Writes the buffered lines. */
  public void flush() {
    json.flush();
  }

  private void array(Property name, List<String> values) {
    json.beginArray(name);
    values.forEach(json::add);
    json.endArray();
  }
}
