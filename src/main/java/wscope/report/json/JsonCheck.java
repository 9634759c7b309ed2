package wscope.report.json;

import java.io.OutputStream;
import java.util.List;
import wscope.report.CheckOutput;
import wscope.report.CheckSummary;
import wscope.report.CheckedCase;
import wscope.report.CheckedStep;

/** Writes a check of a server or a client as JSON, one object per line. */
public final class JsonCheck implements CheckOutput {
  private static final int NANOS_PER_MICRO = 1000;

  private final JsonLines json;

  /**
   * Creates a writer.
   *
   * @param out an unbuffered stream, which the writer does not close
   */
  public JsonCheck(OutputStream out) {
    json = new JsonLines(out);
  }

  @Override
  public void probe(List<CheckedStep> steps) {
    steps.forEach(this::step);
  }

  @Override
  public void idle(List<CheckedStep> steps) {
    steps.forEach(this::step);
  }

  private void step(CheckedStep step) {
    json.begin("probe-step").put(Property.NAME, step.name()).put(Property.STATE, step.state());
    json.putText(Property.FOUND, step.found());
    if (step.nanos() > 0) {
      json.put(Property.MICROS, step.nanos() / NANOS_PER_MICRO);
    }
    json.put(Property.RULE, step.rule());
    if (!step.advice().isEmpty()) {
      json.put(Property.HINT, step.advice());
    }
    json.end();
  }

  @Override
  public void result(CheckedCase one) {
    json.begin("case").put(Property.ID, one.id()).put(Property.GROUP, one.group());
    json.put(Property.RULE, one.rule()).put(Property.CITATION, one.citation());
    json.put(Property.STRICTNESS, one.strictness()).put(Property.OUTCOME, one.outcome());
    json.putText(Property.SENDS, one.sends()).put(Property.EXPECTED, one.expected());
    json.putText(Property.CAME, one.came()).put(Property.BROKEN_RULE, one.broken());
    if (!one.suspect().isEmpty()) {
      json.put(Property.SUSPECT, one.suspect());
    }
    json.put(Property.COMMAND, one.command()).put(Property.MICROS, one.nanos() / NANOS_PER_MICRO);
    json.end();
  }

  @Override
  public void summary(CheckSummary summary, List<CheckedCase> results) {
    CheckSummary.GroupCount total = summary.total();
    json.begin("check").putText(named(summary), summary.name()).put(Property.SEED, summary.seed());
    json.put(Property.CASES, total.cases()).put(Property.PASS, total.pass());
    json.put(Property.LENIENT, total.lenient()).put(Property.FAIL, total.fail());
    json.put(Property.HANG, total.hang()).put(Property.NOT_JUDGED, total.notJudgeable());
    json.put(Property.NOT_RUN, summary.left());
    array(Property.LEFT_OUT, summary.leftOut());
    List<String> worse = summary.worse();
    if (worse != null) {
      array(Property.WORSE, worse);
    }
    json.end();
  }

  private static Property named(CheckSummary summary) {
    return summary.checked().equals("server") ? Property.URL : Property.CLIENT;
  }

  @Override
  public void flush() {
    json.flush();
  }

  private void array(Property name, List<String> values) {
    json.beginArray(name);
    values.forEach(json::add);
    json.endArray();
  }
}
