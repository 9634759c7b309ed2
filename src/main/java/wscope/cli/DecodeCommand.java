package wscope.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import wscope.input.BadSpelling;
import wscope.input.SpelledBytes;
import wscope.input.Spelling;
import wscope.protocol.Conversation;
import wscope.protocol.Limits;
import wscope.report.ConversationReport;
import wscope.report.Detail;
import wscope.report.Screen;

/**
 * {@code wscope decode}: shows every bit of the frames in some bytes, and every rule they break.
 */
final class DecodeCommand implements Callable<Integer> {
  private static final int PIECE = 64 << 10;

  private final Stdio stdio;
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
  private final DeflateOption deflate;
  private final ReportOptions report;
  private final HistoryOption history;
  private final OptionSpec sender;
  private final OptionSpec from;
  private final PositionalParamSpec bytes;

  DecodeCommand(Stdio stdio) {
    this.stdio = stdio;
    sender =
        Choices.of(SenderChoice.class, OptionSpec.builder("--sender"))
            .paramLabel("WHO")
            .defaultValue("auto")
            .description(
                "Whose bytes these are: client, server, or auto to tell by the MASK bit of the first"
                    + " frame. Default: auto.")
            .build();
    from =
        Choices.of(Spelling.class, OptionSpec.builder("--from"))
            .paramLabel("SPELLING")
            .description(
                "How the bytes are spelled: hex or decimal. Found from the text if absent.")
            .build();
    bytes =
        PositionalParamSpec.builder()
            .paramLabel("BYTES")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description(
                "The bytes of one or more frames; standard input if -. If absent, a terminal shows a prompt to"
                    + " paste them at, and anything else is read.")
            .build();
    spec.usageMessage()
        .description("Shows every bit of WebSocket frames, and every rule that they break.")
        .footer(
            "",
            "Examples:",
            "  wscope decode 81 83 3d 54 23 06 70 10 6d",
            "  wscope decode 129 131 61 84 35 6 112 16 109",
            "  wscope decode --sender server 0x81,0x05,0x48,0x65,0x6c,0x6c,0x6f",
            "  xxd -p capture.bin | wscope decode --detail frames");
    spec.addOption(sender).addOption(from);
    deflate = new DeflateOption(spec);
    report = new ReportOptions(spec);
    history = new HistoryOption(spec);
    spec.addPositional(bytes);
  }

  CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() throws IOException, BadSpelling, Failure {
    if (bytes.getValue() == null && stdio.inputIsTerminal() && stdio.outputIsTerminal()) {
      return new DecodePrompt(stream(), history.file(stdio)).run();
    }
    Screen screen = report.screen(stdio);
    Screen notes = new Screen(stdio.err(), false, stdio.unicode());
    SpelledBytes input = new SpelledBytes(text(notes), from.getValue());
    if (input.guess().alsoDecimal()) {
      notes.text("note: read as hex; it could be decimal as well: --from decimal").endLine();
      notes.flush();
    }
    Verdict verdict =
        new Verdict(new ConversationReport(screen, report.detail(), report.preview()));
    SenderChoice choice = sender.getValue();
    Conversation conversation =
        new Conversation(choice.endpoint(), Limits.NONE, deflate.agreed(), verdict);
    try {
      decode(input, conversation);
    } finally {
      screen.flush();
    }
    if (verdict.isEmpty()) {
      throw new Failure(
          ExitCode.USAGE, "there are no bytes to decode; try: wscope decode 81 05 48 65 6c 6c 6f");
    }
    if (conversation.hasBothDirections()) {
      notes.text(
          "note: frames of both ends; the masked ones are taken for the client's. If all are");
      notes.text(" of one").endLine();
      notes.text("      end, say which: --sender client or --sender server").endLine();
      notes.flush();
    }
    if (report.detail() == Detail.NONE) {
      verdict.line(screen);
      screen.flush();
    }
    return verdict.isFine() ? ExitCode.FINE : ExitCode.BROKEN;
  }

  private PromptStream stream() {
    return new PromptStream(
        stdio, report, from.getValue(), sender.<SenderChoice>getValue(), deflate.agreed());
  }

  private static void decode(SpelledBytes input, Conversation conversation)
      throws IOException, BadSpelling {
    ByteBuffer piece = ByteBuffer.allocate(PIECE);
    boolean more = true;
    while (more) {
      try {
        more = input.read(piece.clear());
      } finally {
        conversation.feed(piece.flip());
      }
    }
    conversation.end();
  }

  private InputStream text(Screen notes) {
    List<String> words = bytes.getValue();
    if (words != null && !words.isEmpty() && !words.equals(List.of("-"))) {
      return new ByteArrayInputStream(String.join(" ", words).getBytes(StandardCharsets.UTF_8));
    }
    if (stdio.inputIsTerminal()) {
      notes.text("Paste the bytes of frames, then press Enter and Ctrl+D.").endLine();
      notes.flush();
    }
    return stdio.in();
  }
}
