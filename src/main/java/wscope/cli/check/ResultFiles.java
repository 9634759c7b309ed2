package wscope.cli.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import wscope.capture.CheckedOutcomes;
import wscope.capture.InvalidRecording;
import wscope.cli.option.FileConverter;
import wscope.cli.option.PageOptions;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.cli.process.IoMessages;

/** The options for files with results. */
final class ResultFiles {
  private final OptionSpec html;
  private final OptionSpec junit;
  private final OptionSpec baseline;

  /**
   * The files of a run.
   *
   * @param html the page to write; null for none
   * @param junit the file to write for a CI system; null for none
   * @param baseline the outcomes of an earlier run by the names of the cases; null for none
   */
  record Chosen(
      @Nullable Path html, @Nullable Path junit, @Nullable Map<String, String> baseline) {}

  ResultFiles(CommandSpec spec) {
    html =
        FileConverter.option(PageOptions.HTML)
            .description(
                "Write one page of HTML to a new file too: the verdict, and every case with what"
                    + " was sent and what came. It needs no network and opens in any browser."
                    + " Credentials are hidden.")
            .build();
    junit =
        FileConverter.option("--junit")
            .description("Write the results to this file too, as XML in the format of JUnit.")
            .build();
    baseline =
        FileConverter.option("--baseline")
            .description(
                "Ignore cases that failed in this file too, which holds the JSON of an earlier"
                    + " run, for the exit code.")
            .build();
    spec.addOption(html).addOption(junit).addOption(baseline);
  }

  Chosen read() throws Failure {
    @Nullable Path earlier = baseline.getValue();
    return new Chosen(
        html.getValue(), junit.getValue(), earlier == null ? null : outcomes(earlier));
  }

  private static Map<String, String> outcomes(Path file) throws Failure {
    try {
      return CheckedOutcomes.read(Files.readString(file));
    } catch (InvalidRecording e) {
      throw new Failure(
          ExitCode.USAGE,
          file + " holds no results: " + e.getMessage() + "; make it with --format json");
    } catch (IOException e) {
      throw IoMessages.unreadable(file, e);
    }
  }
}
