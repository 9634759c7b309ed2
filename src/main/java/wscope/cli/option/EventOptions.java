package wscope.cli.option;

import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;
import wscope.capture.write.CaptureWriter;
import wscope.capture.write.HarWriter;
import wscope.capture.write.PcapngWriter;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.cli.process.Program;
import wscope.cli.process.Stdio;
import wscope.connection.InvalidParameter;
import wscope.connection.Quantities;
import wscope.protocol.Limits;
import wscope.protocol.event.Event;
import wscope.protocol.rule.Endpoint;
import wscope.report.Detail;
import wscope.report.LiveView;
import wscope.report.Report;
import wscope.report.TeeReport;
import wscope.report.ViewOptions;
import wscope.report.json.JsonReport;
import wscope.report.json.RecordingRedaction;
import wscope.report.json.RecordingStart;
import wscope.report.text.LineTimes;
import wscope.report.text.Screen;
import wscope.report.text.TimeStyle;

/**
 * The options of a command that shows events while they happen: the options of every report, times,
 * and a recording.
 */
public final class EventOptions {
  private static final long LARGEST_RECORDING = 1L << 40;

  private final @Nullable Endpoint self;
  private final ReportOptions report;
  private final OptionSpec time;
  private final OptionSpec record;
  private final OptionSpec mostRecorded;
  private final PageOptions page;

  /**
   * Creates the options.
   *
   * @param self the endpoint that the command plays; null for a proxy between both
   * @param detail the default detail
   */
  public EventOptions(CommandSpec spec, @Nullable Endpoint self, Detail detail) {
    this.self = self;
    report = new ReportOptions(spec, detail);
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
            .converters(new RecordingConverter())
            .description(
                "Write all connections to a new file too, regardless of what is shown. Its"
                    + " name chooses the format: .jsonl, all events in full, which wscope decode"
                    + " --file FILE shows again; .pcapng, decrypted packets for Wireshark; .har,"
                    + " messages for browsers."
                    + (self == null
                        ? " The last two hold what passes between the client and wscope, but what the"
                            + " server sent itself if wscope changes that."
                        : "")
                    + " wscope never overwrites a file.")
            .build();
    mostRecorded =
        OptionSpec.builder("--max-record")
            .paramLabel("SIZE")
            .type(Long.class)
            .converters(new Converter<>(EventOptions::size))
            .defaultValue("1024MiB")
            .description(
                "Stop the recording before the file exceeds SIZE, and report that; wscope"
                    + " continues. Default: 1024MiB.")
            .build();
    spec.addOption(time).addOption(record).addOption(mostRecorded);
    page = new PageOptions(spec, true);
  }

  private static Long size(String text) {
    try {
      return Quantities.bytes(text, 1024, LARGEST_RECORDING);
    } catch (InvalidParameter e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  /** The view that the options set. */
  public ViewOptions view() {
    ViewOptions view = report.view();
    return new ViewOptions(
        view.detail(), view.preview(), view.explain(), new OptionAdvice(self), view.pretty());
  }

  /** Whether standard output is JSON. */
  public boolean isJson() {
    return report.isJson();
  }

  /** Creates the screen for other text on standard output. */
  public Screen screen(Stdio stdio) {
    return report.screen(stdio);
  }

  /** Creates the report on standard output. */
  public Report shown(Stdio stdio, LiveView view) {
    TimeStyle style = time.getValue();
    // Java takes 10 ms to find the local time zone.
    ZoneId zone = style == TimeStyle.ABSOLUTE ? ZoneId.systemDefault() : ZoneOffset.UTC;
    LineTimes times = new LineTimes(style, InstantSource.system(), zone);
    return report.of(stdio, times, view, InstantSource.system());
  }

  /**
   * The number of copies of each unfinished message that the reports keep: of the payload of its
   * frame and of the message, if they show or record it in full.
   */
  public int copies() {
    int reports = record.getValue() == null ? 0 : 1;
    boolean showsAll = view().preview() == ViewOptions.WHOLE;
    return 2 * (showsAll ? reports + 1 : reports);
  }

  /**
   * Creates the files for all events.
   *
   * @throws Failure if a file cannot be created
   */
  public Recordings recordings() throws Failure {
    String source = self == null ? "proxy" : self == Endpoint.SERVER ? "serve" : "connect";
    Path file = record.getValue();
    boolean redacts = !page.patterns().isEmpty();
    if (redacts && file != null && RecordingFormat.of(file) != RecordingFormat.JSONL) {
      throw new Failure(
          ExitCode.USAGE,
          "--redact cannot change a capture ("
              + file
              + "): other programs rely on its bytes; record to a file with the suffix .jsonl, or"
              + " omit --redact");
    }
    PageOptions.Page written =
        page.page(file != null, source, view().advice(), InstantSource.system());
    try {
      return new Recordings(
          file == null ? null : Recording.of(file, "--record", mostRecorded.<Long>getValue()),
          written);
    } catch (Failure e) {
      if (written != null) {
        written.close();
      }
      throw e;
    }
  }

  /**
   * Creates a report that is written to files too, and shows once if one of them fails.
   *
   * @param limits the limits for the peer's input
   */
  public Report recorded(Report shown, Recordings files, Limits limits) {
    Report all = shown;
    Recording recording = files.recording();
    if (recording != null) {
      recording.onFailure(cause -> tellFailure(shown, cause));
      all = new TeeReport(all, recorder(recording, limits));
    }
    PageOptions.Page written = files.page();
    if (written != null) {
      written.file().onFailure(cause -> tellFailure(shown, cause));
      all = new TeeReport(all, written.report());
    }
    return all;
  }

  private static void tellFailure(Report shown, String cause) {
    shown.event(new Event.RecordingStopped(cause));
    shown.flush();
  }

  private Report recorder(Recording recording, Limits limits) {
    String program = Program.name();
    InstantSource clock = InstantSource.system();
    return switch (RecordingFormat.of(recording.file())) {
      case JSONL ->
          JsonReport.recording(
              page.patterns().isEmpty()
                  ? recording
                  : RecordingRedaction.of(recording, page.patterns()),
              new RecordingStart(program, self, limits),
              view().advice(),
              clock);
      case PCAPNG -> captured(recording, new PcapngWriter(recording, program, clock, self == null));
      case HAR -> captured(recording, new HarWriter(recording, program, clock));
    };
  }

  private static Report captured(Recording recording, CaptureWriter writer) {
    recording.onClose(writer::close);
    return new CaptureReport(writer);
  }
}
