package wscope.report.text;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import wscope.report.CheckOutput;
import wscope.report.CheckSummary;
import wscope.report.CheckSummary.GroupCount;
import wscope.report.CheckedCase;
import wscope.report.CheckedStep;

/** Shows a check as text: the probe, what failed, and a table of the groups. */
public final class CheckReport implements CheckOutput {
  private static final int NAME = 2;
  private static final int FOUND = 14;
  private static final int LABEL = 4;
  private static final int WORDS = 15;
  private static final int BAR = 20;
  private static final int[] COLUMNS = {11, 18, 24, 33, 39, 45, 60};

  private final Screen screen;

  public CheckReport(Screen screen) {
    this.screen = screen;
  }

  @Override
  public void probe(List<CheckedStep> steps) {
    steps("probe", steps);
  }

  @Override
  public void idle(List<CheckedStep> steps) {
    steps("idle", steps);
  }

  private void steps(String heading, List<CheckedStep> steps) {
    screen.text(heading, Style.HEADING).endLine();
    for (CheckedStep step : steps) {
      screen.pad(NAME).text(step.name()).pad(FOUND);
      boolean failed = step.state().equals("failed");
      if (failed) {
        screen.text("✗", Style.ERROR).text(" ");
      }
      screen.words(FOUND);
      SafeText.sentence(screen, step.found());
      if (step.nanos() > 0) {
        screen.text(" in ");
        Durations.millis(screen, step.nanos());
        screen.text(" ms");
      }
      screen.endLine();
      if (!step.advice().isEmpty()) {
        screen.pad(FOUND).words(FOUND).text(step.advice()).endLine();
      }
    }
    screen.endLine();
  }

  @Override
  public void result(CheckedCase one) {
    // The text comes at the end, where failures with the same cause stand together.
  }

  @Override
  public void summary(CheckSummary summary, List<CheckedCase> results) {
    failures(results);
    lenient(results);
    notJudgeable(results);
    table(summary);
  }

  @Override
  public void flush() {
    screen.flush();
  }

  /** Failures with the same cause follow the first of them in one line. */
  private void failures(List<CheckedCase> all) {
    Map<String, List<CheckedCase>> causes = new LinkedHashMap<>();
    for (CheckedCase one : all) {
      if (one.hasFailed()) {
        causes.computeIfAbsent(cause(one), key -> new ArrayList<>()).add(one);
      }
    }
    for (List<CheckedCase> same : causes.values()) {
      // The case about the broken rule shows it best.
      CheckedCase first = same.get(0);
      for (CheckedCase one : same) {
        first = isAboutItsRule(one) && !isAboutItsRule(first) ? one : first;
      }
      same.remove(first);
      failure(first);
      others(same);
      screen.endLine();
    }
  }

  private static boolean isAboutItsRule(CheckedCase failed) {
    return failed.broken() != null && failed.broken().equals(failed.rule());
  }

  private static String cause(CheckedCase failed) {
    String broken = failed.broken();
    return (broken == null ? failed.group() + failed.expected() : broken)
        + failed.outcome()
        + failed.suspect();
  }

  private void failure(CheckedCase failed) {
    screen.text("✗", Style.ERROR).text(" ").text(failed.id(), Style.HEADING);
    screen.text("   ").text(failed.outcome()).text("   ").text(failed.citation()).endLine();
    row("sent", failed.sends());
    row("expected", failed.expected());
    screen.pad(LABEL).text("came").pad(WORDS).words(WORDS);
    SafeText.sentence(screen, failed.came());
    if (failed.outcome().equals("hang")) {
      screen.text(" within ");
      Durations.show(screen, Duration.ofNanos(failed.nanos()));
    } else {
      screen.text(", in ");
      Durations.millis(screen, failed.nanos());
      screen.text(" ms");
    }
    screen.endLine();
    String broken = failed.broken();
    if (broken != null) {
      row("rule", broken);
    }
    if (!failed.suspect().isEmpty()) {
      row("look at", failed.suspect());
    }
    screen.pad(LABEL).text("again").pad(WORDS).text(failed.command()).endLine();
  }

  private void row(String label, String words) {
    screen.pad(LABEL).text(label).pad(WORDS).words(WORDS);
    SafeText.sentence(screen, words);
    screen.endLine();
  }

  private void others(List<CheckedCase> same) {
    if (same.isEmpty()) {
      return;
    }
    int shown = Math.min(same.size(), 6);
    List<String> ids = same.subList(0, shown).stream().map(CheckedCase::id).toList();
    String more = same.size() > shown ? " and " + (same.size() - shown) + " more" : "";
    row("also", String.join(", ", ids) + more);
  }

  private void lenient(List<CheckedCase> all) {
    List<CheckedCase> lenient =
        all.stream().filter(one -> one.outcome().equals("lenient")).toList();
    if (lenient.isEmpty()) {
      return;
    }
    screen.text("lenient: lax, but no rule demands more", Style.HEADING).endLine();
    Map<String, List<CheckedCase>> same = new LinkedHashMap<>();
    for (CheckedCase one : lenient) {
      same.computeIfAbsent(topic(one.id()) + one.came(), key -> new ArrayList<>()).add(one);
    }
    same.values().forEach(this::lenientOnes);
    screen.endLine();
  }

  private void lenientOnes(List<CheckedCase> same) {
    CheckedCase first = same.get(0);
    boolean single = same.size() == 1;
    screen.pad(NAME).words(LABEL);
    screen.text(single ? first.id() : topic(first.id()) + "/*, " + same.size() + " cases");
    screen.text(": ");
    SafeText.sentence(screen, first.came());
    screen.endLine();
  }

  /** The group and the first word of a name. */
  private static String topic(String id) {
    int second = id.indexOf('/', id.indexOf('/') + 1);
    return second < 0 ? id : id.substring(0, second);
  }

  private void notJudgeable(List<CheckedCase> all) {
    Map<String, Integer> reasons = new LinkedHashMap<>();
    for (CheckedCase one : all) {
      if (one.outcome().equals("not-judgeable")) {
        reasons.merge(one.came(), 1, Integer::sum);
      }
    }
    if (reasons.isEmpty()) {
      return;
    }
    screen.text("not judgeable", Style.HEADING).endLine();
    reasons.forEach(
        (reason, count) -> {
          screen.pad(NAME).number(count).text(count == 1 ? " case: " : " cases: ").words(LABEL);
          SafeText.sentence(screen, reason);
          screen.endLine();
        });
    screen.endLine();
  }

  /** Shows the table of the groups, and what was left out. */
  private void table(CheckSummary summary) {
    String[] titles = {"cases", "pass", "lenient", "fail", "hang", "not judgeable"};
    screen.text("group", Style.HEADING);
    for (int i = 0; i < titles.length; i++) {
      screen.pad(COLUMNS[i]).text(titles[i], Style.HEADING);
    }
    screen.endLine();
    summary.groups().forEach(this::group);
    if (summary.groups().size() > 1) {
      group(summary.total());
    }
    screen.endLine();
    for (String left : summary.leftOut()) {
      screen.text("left out: ").words(LABEL).text(left).endLine();
    }
    worse(summary.worse());
    screen.text("seed: ").number(summary.seed()).endLine();
  }

  private void worse(@Nullable List<String> worse) {
    if (worse == null) {
      return;
    }
    if (worse.isEmpty()) {
      screen.text("nothing is worse than in the baseline").endLine();
      return;
    }
    screen.text("worse than in the baseline: ").words(LABEL);
    screen.text(String.join(", ", worse)).endLine();
  }

  private void group(GroupCount count) {
    screen.text(count.group());
    int[] values = {
      count.cases(), count.pass(), count.lenient(), count.fail(), count.hang(), count.notJudgeable()
    };
    for (int i = 0; i < values.length; i++) {
      screen.pad(COLUMNS[i]).number(values[i]);
    }
    if (!screen.isNarrowerThan(COLUMNS[values.length] + BAR)) {
      screen.pad(COLUMNS[values.length]);
      bar(count);
    }
    screen.endLine();
  }

  /** A bar as long as the share of passed cases, and one mark for any failure. */
  private void bar(GroupCount count) {
    int all = Math.max(1, count.cases());
    int bad = share(count.fail() + count.hang(), all);
    int unknown = share(count.notJudgeable(), all);
    int lax = share(count.lenient(), all);
    int good = count.pass() == 0 ? 0 : Math.max(0, BAR - bad - unknown - lax);
    screen.text("#".repeat(good)).text("~".repeat(Math.min(lax, BAR)));
    screen.text("?".repeat(unknown)).text("x".repeat(bad));
  }

  /** The length of a part of the bar: at least one if there is any. */
  private static int share(int part, int all) {
    return part == 0 ? 0 : Math.max(1, part * BAR / all);
  }
}
