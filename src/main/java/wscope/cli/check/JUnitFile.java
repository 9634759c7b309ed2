package wscope.cli.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import wscope.check.Case;
import wscope.check.Outcome;
import wscope.cli.process.Failure;
import wscope.cli.process.IoMessages;
import wscope.report.CheckedCase;
import wscope.report.CheckedStep;
import wscope.report.xml.JUnitReport;

/** Writes the file for a CI system. It replaces a file of an earlier run. */
final class JUnitFile {
  private static final String PROBE = "probe";

  private final String url;
  private final List<CheckedCase> all = new ArrayList<>();

  JUnitFile(String url) {
    this.url = url;
  }

  /**
   * Adds the probe.
   *
   * @param failed whether it fails the check; null if it has not ended
   * @param command the command that shows it again
   */
  void probe(@Nullable Boolean failed, List<CheckedStep> steps, String command) {
    Outcome outcome = failed == null ? Outcome.NOT_JUDGEABLE : failed ? Outcome.FAIL : Outcome.PASS;
    String came =
        steps.stream()
            .filter(step -> step.state().equals("failed"))
            .map(step -> step.name() + ": " + step.found())
            .collect(Collectors.joining("; "));
    all.add(
        new CheckedCase(
            PROBE,
            PROBE,
            null,
            "RFC 6455 §4.1",
            "must",
            outcome.id(),
            "a correct request, a message, a ping and a Close",
            "a WebSocket that opens, serves and closes",
            failed == null ? "the check was interrupted" : came,
            null,
            "",
            command,
            0));
  }

  /**
   * Adds the cases: those with a result, and those that did not run.
   *
   * @param reason why they did not run
   */
  void cases(List<Case> wanted, List<CheckedCase> results, String reason) {
    all.addAll(results);
    Set<String> known = results.stream().map(CheckedCase::id).collect(Collectors.toSet());
    wanted.stream()
        .filter(one -> !known.contains(one.id()))
        .forEach(one -> all.add(skipped(one, reason)));
  }

  private static CheckedCase skipped(Case one, String reason) {
    return new CheckedCase(
        one.id(),
        one.group().id(),
        null,
        one.citation(),
        one.strictness().id(),
        Outcome.NOT_JUDGEABLE.id(),
        one.sends(),
        "",
        "not run: " + reason,
        null,
        "",
        "",
        0);
  }

  void write(Path file) throws Failure {
    try {
      Files.writeString(file, JUnitReport.of(url, all));
    } catch (IOException e) {
      throw IoMessages.unwritable(file, e);
    }
  }
}
