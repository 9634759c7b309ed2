package wscope.report.html;

import java.util.List;
import java.util.function.Consumer;
import wscope.report.CheckOutput;
import wscope.report.CheckSummary;
import wscope.report.CheckedCase;
import wscope.report.CheckedStep;
import wscope.report.Redaction;
import wscope.report.WholeLines;
import wscope.report.json.EventLine;
import wscope.report.json.JsonCheck;
import wscope.report.json.LineRedaction;

/**
 * Writes a check into one page of HTML, which is whole after each flush. The page keeps within a
 * number of bytes: beyond it, cases lose their texts, but not their outcomes.
 */
public final class HtmlCheck implements CheckOutput {
  /** The part of the page that is kept for cases without texts, and for the last lines. */
  private static final int RESERVED_PART = 4;

  private final PageStart start;
  private final String checked;
  private final String name;
  private final long most;
  private final Redaction redaction = new Redaction(Redaction.Style.MARK, List.of());
  private final LineRedaction lineRedaction = new LineRedaction(redaction);
  private final PageLines page;
  private final JsonCheck json = new JsonCheck(new WholeLines(this::lines));

  /**
   * Creates a page.
   *
   * @param checked what is checked: server or client
   * @param name the URL of a server; the command of a client, or other words for it
   * @param most the number of bytes that the page may have
   */
  public HtmlCheck(PageFile file, PageStart start, String checked, String name, long most) {
    this.start = start;
    this.checked = checked;
    this.name = name;
    this.most = most;
    page = new PageLines(file, redaction);
  }

  @Override
  public void probe(List<CheckedStep> steps) {
    json.probe(steps);
  }

  @Override
  public void idle(List<CheckedStep> steps) {
    json.idle(steps);
  }

  @Override
  public void result(CheckedCase one) {
    json.result(one);
  }

  @Override
  public void summary(CheckSummary summary, List<CheckedCase> results) {
    json.summary(summary, results);
  }

  @Override
  public void flush() {
    json.flush();
    if (page.gathered() > 0) {
      page.append(false, "");
    }
  }

  /**
   * Writes the end of the page.
   *
   * @param reason why cases did not run, in words; empty if all did
   */
  public void finish(String reason) {
    json.flush();
    if (!page.isBegun()) {
      begin();
    }
    page.append(true, ",\"reason\":" + EventLine.quoted(reason));
  }

  private void lines(String lines) {
    lines.lines().map(EventLine::of).forEach(this::line);
  }

  private void line(EventLine line) {
    if (!page.isBegun()) {
      begin();
    }
    lineRedaction.apply(line);
    String safe = HtmlPage.safe(line.json());
    boolean fits = page.length() + safe.length() < most - most / RESERVED_PART;
    page.add(fits || !line.type().equals("case") ? safe : HtmlPage.safe(shortened(line)));
  }

  /** A case without its texts. */
  private static String shortened(EventLine line) {
    StringBuilder json = new StringBuilder("{\"type\":\"case\"");
    Consumer<String> keep =
        property ->
            json.append(",\"")
                .append(property)
                .append("\":")
                .append(EventLine.quoted(String.valueOf(line.text(property))));
    List.of("id", "group", "citation", "strictness", "outcome").forEach(keep);
    return json.append(",\"shortened\":true}").toString();
  }

  private void begin() {
    String without =
        "This page shows what "
            + start.program()
            + " found out about a WebSocket "
            + checked
            + ": which rules it keeps, case by case. It needs JavaScript to show that; nothing"
            + " leaves your computer. Without it, the results are in the source of this page, one"
            + " JSON object a line.";
    page.begin(
        HtmlPage.beginning("WebSocket check by wscope", without, "words.js", "check.js"),
        start,
        ",\"checked\":"
            + EventLine.quoted(checked)
            + ",\"name\":"
            + EventLine.quoted(redaction.text(name)));
  }
}
