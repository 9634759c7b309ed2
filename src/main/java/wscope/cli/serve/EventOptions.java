package wscope.cli.serve;

import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import wscope.cli.option.Choices;
import wscope.cli.option.FileConverter;
import wscope.cli.option.ReportOptions;
import wscope.cli.process.Failure;
import wscope.cli.process.Program;
import wscope.cli.process.Stdio;
import wscope.protocol.Limits;
import wscope.protocol.rule.Endpoint;
import wscope.report.LiveView;
import wscope.report.Report;
import wscope.report.ViewOptions;
import wscope.report.json.JsonReport;
import wscope.report.json.RecordingStart;
import wscope.report.text.LineTimes;
import wscope.report.text.Screen;
import wscope.report.text.TimeStyle;

/**
 * The options of a command that shows events while they happen: the options of every report, times,
 * and a recording.
 */
final class EventOptions {
  private final ReportOptions report;
  private final OptionSpec time;
  private final OptionSpec record;

  EventOptions(CommandSpec spec) {
    report = new ReportOptions(spec);
    time =
        Choices.of(TimeStyle.class, OptionSpec.builder("--time"))
            .paramLabel("STYLE")
            .defaultValue("off")
            .description(
                "Show a time before each event in text output: none (off), seconds since the"
                    + " start (relative), or local time (absolute). JSON output always has the"
                    + " time. Default:"
                    + " off.")
            .build();
    record =
        FileConverter.option("--record")
            .description(
                "Write all events in full to a new file too, regardless of what is shown; wscope"
                    + " decode --file FILE shows the events again. wscope never overwrites a file.")
            .build();
    spec.addOption(time).addOption(record);
  }

  /** The view that the options set. */
  ViewOptions view() {
    return report.view();
  }

  /** Creates the screen for other text on standard output. */
  Screen screen(Stdio stdio) {
    return report.screen(stdio);
  }

  /** Creates the report on standard output. */
  Report shown(Stdio stdio, LiveView view) {
    LineTimes times =
        new LineTimes(time.getValue(), InstantSource.system(), ZoneId.systemDefault());
    return report.of(stdio, times, view, InstantSource.system());
  }

  /**
   * Creates the file for all events.
   *
   * @return the file; null if none is requested
   * @throws Failure if the file cannot be created
   */
  @Nullable Recording recording() throws Failure {
    Path file = record.getValue();
    return file == null ? null : Recording.of(file);
  }

  /**
   * Creates the report that writes to the recording.
   *
   * @param limits the limits for the clients' input
   */
  Report recorder(Recording recording, Limits limits) {
    RecordingStart start = new RecordingStart(Program.name(), Endpoint.SERVER, limits);
    return JsonReport.recording(recording, start, report.view().advice(), InstantSource.system());
  }
}
