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
import picocli.CommandLine.UnmatchedArgumentException;
import wscope.input.BadSpelling;
import wscope.input.Guess;
import wscope.input.SpelledBytes;
import wscope.input.Spelling;
import wscope.protocol.Conversation;
import wscope.protocol.Limits;
import wscope.report.Report;
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
                "How the bytes are spelled: hex, decimal, bits, escaped (a string literal), base64,"
                    + " dump (xxd, hexdump -C, od -t x1, tcpdump -X, curl --trace), or raw. If"
                    + " absent, what is no text is raw, as is a head of HTTP; else it is the first"
                    + " that fits of dump, escaped, bits, hex, decimal, base64; decimal before hex"
                    + " in a list like [10, 20]. If another fits too, a note says so.")
            .build();
    bytes =
        PositionalParamSpec.builder()
            .paramLabel("BYTES")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description("The bytes of one or more frames; standard input if absent or -.")
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
    spec.addPositional(bytes);
    spec.parser().unmatchedOptionsArePositionalParams(true);
  }

  CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() throws IOException, BadSpelling, Failure {
    Report shown = report.of(stdio);
    Screen notes = new Screen(stdio.err(), false, stdio.unicode());
    SpelledBytes input = new SpelledBytes(text(notes), from.getValue());
    tell(input.guess(), notes);
    Verdict verdict = new Verdict(shown.conversation());
    SenderChoice choice = sender.getValue();
    Conversation conversation =
        new Conversation(choice.endpoint(), Limits.NONE, deflate.agreed(), verdict);
    try {
      decode(input, conversation);
    } finally {
      shown.flush();
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
    return verdict.isFine() ? ExitCode.FINE : ExitCode.BROKEN;
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

  private static void tell(Guess guess, Screen notes) {
    if (guess.other() != null) {
      notes.text("note: read as ").text(guess.spelling().toString()).text("; it could be ");
      notes.text(guess.other().toString()).text(" as well: --from ");
      notes.text(guess.other().toString()).endLine();
      notes.flush();
    }
  }

  private InputStream text(Screen notes) {
    List<String> words = bytes.getValue();
    if (words != null) {
      checkOptions(words);
    }
    if (words != null && !words.isEmpty() && !words.equals(List.of("-"))) {
      return new ByteArrayInputStream(String.join(" ", words).getBytes(StandardCharsets.UTF_8));
    }
    if (stdio.inputIsTerminal()) {
      notes.text("Paste the bytes of frames, then press Enter and Ctrl+D.").endLine();
      notes.flush();
    }
    return stdio.in();
  }

  /** Words such as -127 are bytes; any other that begins with a dash is a mistyped option. */
  private void checkOptions(List<String> words) {
    List<String> wrong = words.stream().filter(DecodeCommand::isLikeOption).toList();
    if (!wrong.isEmpty()) {
      throw new UnmatchedArgumentException(spec.commandLine(), wrong);
    }
  }

  private static boolean isLikeOption(String word) {
    return word.length() > 1 && word.charAt(0) == '-' && !Character.isDigit(word.charAt(1));
  }
}
