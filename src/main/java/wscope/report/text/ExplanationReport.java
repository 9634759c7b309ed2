package wscope.report.text;

import java.util.List;
import wscope.report.Explanation;

/** Shows an explanation of a code, a header, a term or an error text. */
public final class ExplanationReport {
  private static final int INDENT = 6;

  private final Screen screen;

  public ExplanationReport(Screen screen) {
    this.screen = screen;
  }

  /** Shows an explanation. */
  public void show(Explanation explanation) {
    heading(explanation);
    words(explanation.problem() == null ? "" : explanation.problem());
    words(explanation.meaning());
    labelled("side: ", explanation.side());
    explanation.facts().forEach(fact -> labelled("sending: ", fact));
    if (!explanation.causes().isEmpty()) {
      section("Usual causes");
      causes(explanation.causes());
    }
    section("To see more");
    for (Explanation.Step step : explanation.steps()) {
      screen.text("  ").text(step.command()).endLine();
      words(step.why());
    }
  }

  private void heading(Explanation explanation) {
    screen.words(2).text(explanation.heading(), Style.HEADING);
    if (!explanation.products().isEmpty()) {
      screen.text("   ");
      screen.text(String.join(", ", explanation.products()), Style.ASIDE);
    }
    screen.endLine();
  }

  private void section(String title) {
    screen.endLine();
    screen.text(title, Style.HEADING).endLine();
  }

  private void causes(List<String> causes) {
    for (int i = 0; i < causes.size(); i++) {
      screen.text("  ").number(i + 1).text(". ").pad(INDENT - 1);
      screen.words(INDENT - 1).text(causes.get(i)).endLine();
    }
  }

  private void labelled(String label, String text) {
    if (!text.isEmpty()) {
      screen.pad(INDENT).words(INDENT).text(label, Style.ASIDE).text(text).endLine();
    }
  }

  /** Shows indented words. */
  private void words(String text) {
    if (!text.isEmpty()) {
      screen.pad(INDENT).words(INDENT).text(text).endLine();
    }
  }
}
