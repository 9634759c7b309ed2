package wscope.cli.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import wscope.check.Case;
import wscope.check.CheckListener;
import wscope.check.CheckSettings;
import wscope.check.Checker;
import wscope.check.Group;
import wscope.check.Outcome;
import wscope.check.Probe;
import wscope.check.ProbeStep;
import wscope.check.Suspicion;
import wscope.check.Verdict;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.cli.process.ShutdownHook;
import wscope.report.CheckOutput;
import wscope.report.CheckSummary;
import wscope.report.CheckedCase;
import wscope.report.CheckedStep;

/** One run of a check: its report, its files, and its exit code. */
final class CheckRun implements CheckListener {
  private final CheckedPeer peer;
  private final CheckSettings settings;
  private final List<Case> cases;
  private final List<String> leftOut;
  private final ResultFiles.Chosen files;
  private final List<CheckOutput> outputs;
  private final Progress progress;
  private final List<CheckedCase> results = new ArrayList<>();
  private @Nullable Probe probe;
  private List<CheckedStep> steps = List.of();
  private boolean failedLater;

  CheckRun(
      CheckedPeer peer,
      CheckSettings settings,
      List<Case> cases,
      List<String> leftOut,
      ResultFiles.Chosen files,
      List<CheckOutput> outputs,
      Progress progress) {
    this.peer = peer;
    this.settings = settings;
    this.cases = cases;
    this.leftOut = leftOut;
    this.files = files;
    this.outputs = outputs;
    this.progress = progress;
  }

  /**
   * Runs the check; the exit code says what it found.
   *
   * @param html the page, which gets its end; null for none
   */
  int run(@Nullable HtmlFile html) throws IOException, Failure {
    int left;
    try (Checker checker = peer.checker(settings, cases, this)) {
      ShutdownHook hook = new ShutdownHook(checker::stop);
      try {
        checker.run();
        left = cases.size() - results.size();
        String reason = reason(checker);
        report(left, reason);
        if (html != null) {
          html.page().finish(reason);
        }
        junit(reason);
      } finally {
        hook.finished();
      }
    }
    return exitCode(left);
  }

  /** Why cases did not run, in words; empty if all did. */
  private String reason(Checker checker) {
    String ending = reason(checker.ending());
    if (!checker.hasLeftOutSilent()) {
      return ending;
    }
    String silence = "the server ignored " + Checker.MOST_SILENT + " similar requests in a row";
    return ending.isEmpty() ? silence : ending + ", or because " + silence;
  }

  private String reason(Checker.Ending ending) {
    if (probe != null && !probe.reach().isWebSocket()) {
      return "the probe failed";
    }
    return switch (ending) {
      case COMPLETE -> "";
      case BROKEN_HANDSHAKE -> "the handshake is broken, and no frames follow it";
      case UNREACHABLE -> peer.gone();
      case TIME_IS_OVER -> "the time is over (--total-time)";
      case STOPPED -> "the check was interrupted";
    };
  }

  @Override
  public void probed(Probe probed) {
    probe = probed;
    steps = probed.steps().stream().map(step -> step(step, probed)).toList();
    outputs.forEach(output -> output.probe(steps));
    flush();
  }

  @Override
  public void idled(List<ProbeStep> found) {
    progress.clear();
    Probe known = Objects.requireNonNull(probe);
    List<CheckedStep> more = found.stream().map(step -> step(step, known)).toList();
    steps = Stream.concat(steps.stream(), more.stream()).toList();
    failedLater = found.stream().anyMatch(step -> step.state() == ProbeStep.State.FAILED);
    outputs.forEach(output -> output.idle(more));
    flush();
  }

  @Override
  public void waiting(long seconds) {
    progress.show("idle for " + seconds + " s");
  }

  private CheckedStep step(ProbeStep step, Probe probed) {
    boolean failed = step.state() != ProbeStep.State.DONE && isAdvisable(step);
    String advice = "";
    if (failed && step.broken() != null) {
      advice = step.broken().hint();
    } else if (failed) {
      advice = peer.advice(step, probed);
    }
    return new CheckedStep(
        step.name(),
        step.state().name().toLowerCase(java.util.Locale.ROOT),
        step.found(),
        step.nanos(),
        step.broken() == null ? null : step.broken().id(),
        advice);
  }

  /** Whether there is something to do about a step that is not done. */
  private static boolean isAdvisable(ProbeStep step) {
    return step.state() == ProbeStep.State.FAILED || step.name().equals("idle");
  }

  @Override
  public void started(Case theCase) {
    progress.show(results.size() + " of " + cases.size() + "  " + theCase.id());
  }

  @Override
  public void judged(Case theCase, Verdict verdict) {
    CheckedCase result =
        new CheckedCase(
            theCase.id(),
            theCase.group().id(),
            theCase.rule() == null ? null : theCase.rule().id(),
            theCase.citation(),
            theCase.strictness().id(),
            verdict.outcome().id(),
            theCase.sends(),
            verdict.expected(),
            verdict.came(),
            verdict.broken() == null ? null : verdict.broken().id(),
            Suspicion.of(theCase, verdict),
            peer.command(theCase),
            verdict.nanos());
    results.add(result);
    outputs.forEach(output -> output.result(result));
    flush();
  }

  private void report(int left, String reason) {
    progress.clear();
    if (left > 0 && !reason.isEmpty()) {
      leftOut.add(left + (left == 1 ? " case, because " : " cases, because ") + reason);
    }
    if (!cases.isEmpty() && probe != null && probe.reach().isWebSocket()) {
      CheckSummary summary =
          new CheckSummary(
              peer.endpoint().id(), peer.name(), settings.seed(), counts(), left, leftOut, worse());
      outputs.forEach(output -> output.summary(summary, results));
    }
    flush();
  }

  private void junit(String reason) throws Failure {
    if (files.junit() != null) {
      JUnitFile junit = new JUnitFile(peer.name());
      junit.probe(probe == null ? null : hasFailed(probe), steps, peer.probeCommand());
      junit.cases(cases, results, reason);
      junit.write(files.junit());
    }
  }

  /** Whether the probe alone fails the check. */
  private boolean hasFailed(Probe known) {
    return !known.reach().isWebSocket()
        || failedLater
        || (cases.isEmpty()
            && known.steps().stream().anyMatch(s -> s.state() == ProbeStep.State.FAILED));
  }

  private void flush() {
    outputs.forEach(CheckOutput::flush);
  }

  private List<CheckSummary.GroupCount> counts() {
    Map<Group, int[]> counts = new EnumMap<>(Group.class);
    for (int i = 0; i < results.size(); i++) {
      Outcome outcome = Outcome.of(results.get(i).outcome());
      for (Group group : Group.values()) {
        if (group.id().equals(results.get(i).group()) && outcome != null) {
          counts.computeIfAbsent(group, key -> new int[Outcome.values().length])[index(outcome)]++;
        }
      }
    }
    List<CheckSummary.GroupCount> all = new ArrayList<>();
    counts.forEach(
        (group, n) ->
            all.add(new CheckSummary.GroupCount(group.id(), n[0], n[1], n[2], n[3], n[4])));
    return all;
  }

  private static int index(Outcome outcome) {
    return switch (outcome) {
      case PASS -> 0;
      case LENIENT -> 1;
      case FAIL -> 2;
      case HANG -> 3;
      case NOT_JUDGEABLE -> 4;
    };
  }

  /** The cases that failed, but not in the baseline; null without a baseline. */
  private @Nullable List<String> worse() {
    Map<String, String> before = files.baseline();
    if (before == null) {
      return null;
    }
    return results.stream()
        .filter(CheckedCase::hasFailed)
        .map(CheckedCase::id)
        .filter(id -> !isFailure(before.getOrDefault(id, "")))
        .toList();
  }

  private static boolean isFailure(String outcome) {
    Outcome known = Outcome.of(outcome);
    return known != null && known.isFailure();
  }

  private int exitCode(int left) {
    Probe known = probe;
    if (known == null) {
      return ExitCode.IO;
    }
    switch (known.reach()) {
      case NOTHING -> {
        return ExitCode.IO;
      }
      case NO_WEBSOCKET -> {
        return ExitCode.REJECTED;
      }
      case BROKEN_HANDSHAKE, WEBSOCKET -> {}
    }
    List<String> worse = worse();
    boolean failed =
        worse == null ? results.stream().anyMatch(CheckedCase::hasFailed) : !worse.isEmpty();
    return failed || hasFailed(known) || left > 0 ? ExitCode.BROKEN : ExitCode.FINE;
  }
}
