package wscope.cli.decode;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import wscope.capture.InvalidRecording;
import wscope.capture.RecordingReader;
import wscope.cli.option.Choices;
import wscope.cli.option.Flag;
import wscope.cli.option.OptionSections;
import wscope.cli.option.PageOptions;
import wscope.cli.option.ReportOptions;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.cli.process.Stdio;
import wscope.cli.prompt.HistoryOption;
import wscope.input.Finder;
import wscope.input.Reading;
import wscope.input.spelling.InvalidSpelling;
import wscope.protocol.Limits;
import wscope.protocol.MixedStreamReader;
import wscope.protocol.deflate.DeflateParameters;
import wscope.report.Detail;
import wscope.report.LiveView;
import wscope.report.PayloadReport;
import wscope.report.Report;
import wscope.report.Summary;
import wscope.report.TeeReport;
import wscope.report.Totals;
import wscope.report.ViewOptions;
import wscope.report.text.LineTimes;
import wscope.report.text.SafeText;
import wscope.report.text.Screen;
import wscope.report.text.SummaryReport;
import wscope.report.text.TimeStyle;

/**
 * {@code wscope decode}: shows every bit of the frames in some bytes, and every rule they break.
 */
public final class DecodeCommand implements Callable<Integer>, OptionSections.Sectioned {
  private static final String REDACTED =
      "--redact changed this recording: asterisks stand in place of secrets and of all fragments,"
          + " so payloads and heads differ from those on the wire, and --redact may have broken a"
          + " rule";

  private final Stdio stdio;
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
  private final OptionSections sections = new OptionSections(spec);
  private final DecodeInput input;
  private final OptionSpec sender;
  private final DeflateOption deflate;
  private final OptionSpec noDeflate;
  private final ConnectionChoice connections;
  private final CaptureKeys keys;
  private final ReportOptions report;
  private final OptionSpec summary;
  private final OptionSpec payloadOnly;
  private final PageOptions page;
  private final HistoryOption history;
  private final RecordedClock clock = new RecordedClock();

  public DecodeCommand(Stdio stdio) {
    this.stdio = stdio;
    spec.usageMessage()
        .customSynopsis("wscope decode [OPTION]... [BYTES]...")
        .description("Shows every bit of WebSocket frames, and every rule that they break.")
        .footer(
            "",
            "Examples:",
            "  wscope decode 81 83 3d 54 23 06 70 10 6d",
            "  wscope decode 129 131 61 84 35 6 112 16 109",
            "  wscope decode --sender server 0x81,0x05,0x48,0x65,0x6c,0x6c,0x6f",
            "  wscope decode --file capture.bin --detail frames",
            "  wscope decode --file capture.bin --payload-only | jq .",
            "  wscope decode --file capture.pcapng --only-violations",
            "  tcpdump -i lo -U -w - tcp port 8080 | wscope decode");
    sender =
        Choices.of(SenderChoice.class, OptionSpec.builder("--sender"))
            .paramLabel("WHO")
            .defaultValue("auto")
            .description(
                "Set who sent the bytes: client, server, or auto, which uses the MASK bit to tell"
                    + " them apart. Default: auto.")
            .build();
    summary =
        Flag.of(
            "--summary",
            "Show totals at the end: frames by opcode, messages, bytes and broken rules. With"
                + " --format json or --payload-only, the totals go to standard error.");
    payloadOnly =
        Flag.of("--payload-only", "Write only the bytes of the messages, unmasked and inflated.");
    sections.begin("Input");
    input = new DecodeInput(spec, stdio);
    spec.addOption(sender);
    deflate = new DeflateOption(spec);
    noDeflate =
        Flag.of(
            "--no-deflate",
            "Do not assume permessage-deflate for a message with RSV1 where no handshake says"
                + " whether it was negotiated.");
    spec.addOption(noDeflate);
    sections.begin("Captures");
    connections = new ConnectionChoice(spec);
    keys = new CaptureKeys(spec, System::getenv);
    sections.begin("Output");
    report = new ReportOptions(spec);
    spec.addOption(summary).addOption(payloadOnly);
    page = new PageOptions(spec, false);
    sections.begin("Other options");
    history = new HistoryOption(spec);
  }

  public CommandSpec spec() {
    return spec;
  }

  @Override
  public OptionSections sections() {
    return sections;
  }

  @Override
  public Integer call() throws IOException, InvalidSpelling, Failure {
    Screen notes = Screen.ofNotes(stdio.err(), stdio.unicode(), stdio.columns());
    if (Flag.isSet(noDeflate) && deflate.agreed() != null) {
      throw new Failure(ExitCode.USAGE, "give --deflate or --no-deflate, not both");
    }
    try (PageOptions.Page written = page.page(false, "decode", report.view().advice(), clock)) {
      int exitCode = call(written, notes);
      return written != null && written.file().hasFailed() ? ExitCode.IO : exitCode;
    }
  }

  private int call(PageOptions.@Nullable Page written, Screen notes)
      throws IOException, InvalidSpelling, Failure {
    if (written != null) {
      written.file().onFailure(cause -> note(notes, cause));
    }
    if (Flag.isSet(payloadOnly)) {
      return payloads(written, notes);
    }
    if (input.isAbsent() && stdio.inputIsTerminal() && stdio.outputIsTerminal()) {
      return prompt();
    }
    Report shown = onPage(input.payload() == null ? report.of(stdio, clock) : messages(), written);
    Totals totals = Flag.isSet(summary) ? new Summary() : new Totals();
    int exitCode = decode(shown, written, totals, notes);
    if (totals instanceof Summary counts) {
      Screen screen = report.isJson() ? notes : report.screen(stdio);
      SummaryReport.show(screen, counts);
      screen.flush();
    }
    return exitCode;
  }

  /** A report that also goes to the page. */
  private static Report onPage(Report shown, PageOptions.@Nullable Page written) {
    return written == null ? shown : new TeeReport(shown, written.report());
  }

  private static void note(Screen notes, String text) {
    notes.text("note: ");
    SafeText.sentence(notes, text);
    notes.endLine();
    notes.flush();
  }

  /** A payload without its header has no frames to show. */
  private Report messages() throws Failure {
    ViewOptions view = report.view();
    boolean chosen = spec.commandLine().getParseResult().hasMatchedOption("--detail");
    if (chosen && view.detail().compareTo(Detail.MESSAGES) < 0) {
      throw new Failure(
          ExitCode.USAGE, "a payload alone has no frames; use --detail messages or none");
    }
    Detail detail = chosen ? view.detail() : Detail.MESSAGES;
    ViewOptions messages =
        new ViewOptions(detail, view.preview(), view.explain(), view.advice(), view.pretty());
    return report.of(stdio, LineTimes.OFF, LiveView.fixed(messages), clock);
  }

  private int prompt() throws IOException, Failure {
    if (report.isJson()) {
      throw notAtPrompt("--format json");
    }
    if (Flag.isSet(summary)) {
      throw notAtPrompt("--summary");
    }
    if (page.isGiven()) {
      throw notAtPrompt(PageOptions.HTML + " FILE");
    }
    return new DecodePrompt(stream(), history.file(stdio, "decode-history")).run();
  }

  private static Failure notAtPrompt(String option) {
    return new Failure(
        ExitCode.USAGE,
        option
            + " does not work at the prompt; give the bytes as arguments, or run: wscope decode "
            + option
            + " -");
  }

  private int payloads(PageOptions.@Nullable Page written, Screen notes)
      throws IOException, InvalidSpelling, Failure {
    if (stdio.outputIsTerminal()) {
      throw new Failure(
          ExitCode.USAGE, "raw payloads can garble a terminal; write them to a file or a pipe");
    }
    Summary counts = new Summary();
    int exitCode = decode(onPage(new PayloadReport(stdio.out()), written), written, counts, notes);
    if (exitCode != ExitCode.FINE || Flag.isSet(summary)) {
      SummaryReport.show(notes, counts);
      notes.flush();
    }
    return exitCode;
  }

  /**
   * Checks that no option says who sent the bytes or what was negotiated, because a recording does.
   */
  private void checkNothingAssumed() throws Failure {
    if (deflate.agreed() != null) {
      throw notForRecordings("--deflate");
    }
    if (sender.<SenderChoice>getValue() != SenderChoice.AUTO) {
      throw notForRecordings("--sender");
    }
  }

  private static Failure notForRecordings(String option) {
    return new Failure(ExitCode.USAGE, "a recording does not need " + option + "; omit " + option);
  }

  /** Decodes the input and counts its contents in the totals. */
  private int decode(Report shown, PageOptions.@Nullable Page written, Totals totals, Screen notes)
      throws IOException, InvalidSpelling, Failure {
    try (DecodeInput.Source source = input.open(notes)) {
      if (source.kind() != DecodeInput.Kind.PACKETS && source.kind() != DecodeInput.Kind.LOG) {
        connections.checkUnused();
      }
      if (source.kind() != DecodeInput.Kind.PACKETS) {
        keys.checkUnused();
      }
      switch (source.kind()) {
        case RECORDING -> {
          checkNothingAssumed();
          RecordingReader.read(
              source.in(), new RecordedReport(shown, totals, clock, () -> note(notes, REDACTED)));
        }
        case PACKETS, LOG -> {
          boolean cutOff = packets(source, shown, written, totals, notes);
          return totals.isFine() && !cutOff ? ExitCode.FINE : ExitCode.BROKEN;
        }
        case SPELLED -> decode(source, shown, totals, notes);
      }
      return totals.isFine() ? ExitCode.FINE : ExitCode.BROKEN;
    } catch (InvalidRecording e) {
      throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()));
    } finally {
      shown.flush();
    }
  }

  /**
   * Decodes a capture.
   *
   * @return whether the file ends early
   */
  private boolean packets(
      DecodeInput.Source source,
      Report shown,
      PageOptions.@Nullable Page written,
      Totals totals,
      Screen notes)
      throws IOException, Failure {
    if (sender.<SenderChoice>getValue() != SenderChoice.AUTO) {
      throw new Failure(ExitCode.USAGE, "a capture does not need --sender; omit --sender");
    }
    Supplier<Report> reports =
        Flag.isSet(payloadOnly) ? () -> shown : () -> onPage(ofCapture(), written);
    CaptureFiles files =
        new CaptureFiles(source.log(), input.rotation(), deflate.agreed(), Flag.isSet(noDeflate));
    CaptureDecoder decoder =
        new CaptureDecoder(files, keys, connections, clock, reports, totals, notes);
    try (InputStream again = input.reopen()) {
      boolean cutOff = decoder.decode(source.in(), again, input::reopen);
      noteAssumed(totals, notes);
      return cutOff;
    }
  }

  /**
   * The report of a capture, with the times of the packets, and frames unless another is chosen.
   */
  private Report ofCapture() {
    ViewOptions view = report.view();
    boolean chosen = spec.commandLine().getParseResult().hasMatchedOption("--detail");
    Detail detail = chosen ? view.detail() : Detail.FRAMES;
    ViewOptions shown =
        new ViewOptions(detail, view.preview(), view.explain(), view.advice(), view.pretty());
    LineTimes times =
        clock.isSet() ? new LineTimes(TimeStyle.RELATIVE, clock, ZoneOffset.UTC) : LineTimes.OFF;
    if (!clock.isSet()) {
      // JSON has times, and this capture has none.
      clock.set(Instant.EPOCH);
    }
    return report.of(stdio, times, LiveView.fixed(shown), clock);
  }

  private void decode(DecodeInput.Source source, Report shown, Totals totals, Screen notes)
      throws IOException, InvalidSpelling, Failure {
    SenderChoice choice = sender.getValue();
    Supplier<MixedStreamReader> readers = () -> reader(choice, shown, totals);
    Reading reading = Reading.NOTHING;
    MixedStreamReader transcript;
    PayloadKind payload = input.payload();
    if (payload != null) {
      transcript = new MixedStreamReader(null, Limits.NONE, agreed(payload), shown.stream(totals));
      input.feedPayload(source, payload, transcript);
      transcript.end();
    } else if (input.spelling() == null) {
      Skipping skipping = new Skipping(input.skipped());
      FoundInput found =
          new FoundInput(new Finder(source.in(), input.skipped() > 0), readers, shown, skipping);
      reading = input.find(found, notes);
      transcript = found.reader();
    } else {
      transcript = readers.get();
      input.feed(source, transcript, shown);
      transcript.end();
      shown.flush();
    }
    if (totals.isEmpty()) {
      throw input.nothingFound(reading);
    }
    noteAssumed(totals, notes);
    if (transcript.assumesSenders() && !transcript.hasHandshake()) {
      notes.text("note: some frames are masked, some are not; wscope assumes that the client sent");
      notes.endLine();
      notes
          .text("      the masked ones. If one endpoint sent all, add --sender client or server")
          .endLine();
      notes.flush();
    }
  }

  private MixedStreamReader reader(SenderChoice choice, Report shown, Totals totals) {
    MixedStreamReader reader =
        new MixedStreamReader(
            choice.endpoint(), Limits.NONE, deflate.agreed(), shown.stream(totals));
    if (Flag.isSet(noDeflate)) {
      reader.assumeNoDeflate();
    }
    return reader;
  }

  /** Says once that messages were inflated although no response was seen. */
  private static void noteAssumed(Totals totals, Screen notes) {
    long count = totals.assumed();
    if (count == 0) {
      return;
    }
    notes.text("note: ");
    if (count == 1) {
      notes.text("message ").number(totals.lastAssumed()).text(" inflates");
    } else {
      notes.number(count).text(" messages inflate");
    }
    notes.text(" (permessage-deflate assumed, because no response was seen;").endLine();
    notes.text("      --no-deflate forbids it)").endLine();
    notes.flush();
  }

  private @Nullable DeflateParameters agreed(PayloadKind payload) {
    DeflateParameters agreed = deflate.agreed();
    return agreed == null && payload == PayloadKind.DEFLATE ? DeflateParameters.DEFAULT : agreed;
  }

  private PromptStream stream() throws Failure {
    if (Flag.isSet(noDeflate)) {
      throw notAtPrompt("--no-deflate");
    }
    return new PromptStream(
        stdio, report, input.spelling(), sender.<SenderChoice>getValue(), deflate.agreed());
  }
}
