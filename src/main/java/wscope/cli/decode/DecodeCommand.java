package wscope.cli.decode;

import java.io.IOException;
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
import wscope.report.Totals;
import wscope.report.ViewOptions;
import wscope.report.text.LineTimes;
import wscope.report.text.Screen;
import wscope.report.text.SummaryReport;

/**
 * {@code wscope decode}: shows every bit of the frames in some bytes, and every rule they break.
 */
public final class DecodeCommand implements Callable<Integer>, OptionSections.Sectioned {
  private final Stdio stdio;
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
  private final OptionSections sections = new OptionSections(spec);
  private final DecodeInput input;
  private final OptionSpec sender;
  private final DeflateOption deflate;
  private final ReportOptions report;
  private final OptionSpec summary;
  private final OptionSpec payloadOnly;
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
            "  wscope decode --file capture.bin --payload-only | jq .");
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
    sections.begin("Output");
    report = new ReportOptions(spec);
    spec.addOption(summary).addOption(payloadOnly);
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
    Screen notes = new Screen(stdio.err(), false, stdio.unicode());
    if (Flag.isSet(payloadOnly)) {
      return payloads(notes);
    }
    if (input.isAbsent() && stdio.inputIsTerminal() && stdio.outputIsTerminal()) {
      return prompt();
    }
    Report shown = input.payload() == null ? report.of(stdio, clock) : messages();
    Totals totals = Flag.isSet(summary) ? new Summary() : new Totals();
    int exitCode = decode(shown, totals, notes);
    if (totals instanceof Summary counts) {
      Screen screen = report.isJson() ? notes : report.screen(stdio);
      SummaryReport.show(screen, counts);
      screen.flush();
    }
    return exitCode;
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
    ViewOptions messages = new ViewOptions(detail, view.preview(), view.explain(), view.advice());
    return report.of(stdio, LineTimes.OFF, LiveView.fixed(messages), clock);
  }

  private int prompt() throws IOException, Failure {
    if (report.isJson()) {
      throw notAtPrompt("--format json");
    }
    if (Flag.isSet(summary)) {
      throw notAtPrompt("--summary");
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

  private int payloads(Screen notes) throws IOException, InvalidSpelling, Failure {
    if (stdio.outputIsTerminal()) {
      throw new Failure(
          ExitCode.USAGE, "raw payloads can garble a terminal; write them to a file or a pipe");
    }
    Summary counts = new Summary();
    int exitCode = decode(new PayloadReport(stdio.out()), counts, notes);
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
  private int decode(Report shown, Totals totals, Screen notes)
      throws IOException, InvalidSpelling, Failure {
    try (DecodeInput.Source source = input.open(notes)) {
      if (source.isRecording()) {
        checkNothingAssumed();
        RecordingReader.read(source.in(), new RecordedReport(shown, totals, clock));
      } else {
        decode(source, shown, totals, notes);
      }
      return totals.isFine() ? ExitCode.FINE : ExitCode.BROKEN;
    } catch (InvalidRecording e) {
      throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()));
    } finally {
      shown.flush();
    }
  }

  private void decode(DecodeInput.Source source, Report shown, Totals totals, Screen notes)
      throws IOException, InvalidSpelling, Failure {
    SenderChoice choice = sender.getValue();
    Supplier<MixedStreamReader> readers =
        () ->
            new MixedStreamReader(
                choice.endpoint(), Limits.NONE, deflate.agreed(), shown.stream(totals));
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
    if (transcript.hasBothDirections() && !transcript.hasHandshake()) {
      notes.text("note: some frames are masked, some are not; wscope assumes that the client sent");
      notes.endLine();
      notes
          .text("      the masked ones. If one endpoint sent all, add --sender client or server")
          .endLine();
      notes.flush();
    }
  }

  private @Nullable DeflateParameters agreed(PayloadKind payload) {
    DeflateParameters agreed = deflate.agreed();
    return agreed == null && payload == PayloadKind.DEFLATE ? DeflateParameters.DEFAULT : agreed;
  }

  private PromptStream stream() {
    return new PromptStream(
        stdio, report, input.spelling(), sender.<SenderChoice>getValue(), deflate.agreed());
  }
}
