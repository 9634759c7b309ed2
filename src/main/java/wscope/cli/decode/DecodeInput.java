package wscope.cli.decode;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.Flushable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.UnmatchedArgumentException;
import wscope.capture.RecordingReader;
import wscope.cli.option.Choices;
import wscope.cli.option.FileConverter;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.cli.process.IoMessages;
import wscope.cli.process.NamedInput;
import wscope.cli.process.Stdio;
import wscope.input.spelling.Guess;
import wscope.input.spelling.InvalidSpelling;
import wscope.input.spelling.Lookalike;
import wscope.input.spelling.SpelledBytes;
import wscope.input.spelling.Spelling;
import wscope.protocol.MixedStreamReader;
import wscope.report.text.Screen;

/** The input of {@code decode}: arguments, a file or standard input. */
final class DecodeInput {
  private static final int PIECE = 64 << 10;
  private static final Path STANDARD_INPUT = Path.of("-");

  /** Enough bytes to recognise another format. */
  private static final int BEGINNING = 64;

  private final Stdio stdio;
  private final CommandSpec spec;
  private final OptionSpec from;
  private final OptionSpec file;
  private final PositionalParamSpec bytes;

  DecodeInput(CommandSpec spec, Stdio stdio) {
    this.spec = spec;
    this.stdio = stdio;
    from =
        Choices.of(Spelling.class, OptionSpec.builder("--from"))
            .paramLabel("SPELLING")
            .description(
                "Read the bytes as hex, decimal, bits, escaped (as in \\x81), base64, dump (xxd,"
                    + " hexdump, od, tcpdump, curl) or raw (the bytes themselves). If absent, use"
                    + " the first one that fits the beginning: raw if it is not text, then dump,"
                    + " escaped, bits, hex, decimal, base64; in brackets, decimal comes before"
                    + " hex. A note says if another one fits too.")
            .build();
    file =
        FileConverter.option("--file")
            .description(
                "Read a file with the bytes in any spelling, or with a recording of serve"
                    + " --record; - is standard input.")
            .build();
    bytes =
        PositionalParamSpec.builder()
            .paramLabel("BYTES")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description(
                "The bytes of one or more frames; - reads standard input. If absent, show a prompt"
                    + " on a terminal, else read standard input.")
            .build();
    spec.addOption(file).addOption(from).addPositional(bytes);
    spec.parser().unmatchedOptionsArePositionalParams(true);
  }

  /** Whether there are neither bytes nor a file. */
  boolean isAbsent() {
    return bytes.getValue() == null && file.getValue() == null;
  }

  /** The requested spelling; null to detect it. */
  @Nullable Spelling spelling() {
    return from.getValue();
  }

  /**
   * Where the bytes come from.
   *
   * @param in starts with the first of them
   * @param isRecording whether this is a recording, and not bytes in some spelling
   */
  record Source(InputStream in, boolean isRecording) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  /** Opens it, and looks at the beginning only as far as it may be a recording. */
  Source open(Screen notes) throws IOException, Failure {
    InputStream text = openText(notes);
    if (spelling() != null) {
      return new Source(text, false);
    }
    BufferedInputStream in = new BufferedInputStream(text, PIECE);
    return new Source(in, RecordingReader.begins(in));
  }

  /**
   * Feeds all bytes to a transcript as they arrive.
   *
   * @param output flushed after each piece, to show its events at once
   * @param notes receives notes about the bytes
   */
  void feed(Source source, MixedStreamReader transcript, Flushable output, Screen notes)
      throws IOException, InvalidSpelling {
    SpelledBytes spelled = new SpelledBytes(source.in(), from.getValue());
    noteDoubt(spelled.guess(), notes);
    ByteBuffer piece = ByteBuffer.allocate(PIECE);
    ByteBuffer beginning = ByteBuffer.allocate(BEGINNING);
    boolean more = true;
    while (more) {
      try {
        more = spelled.read(piece.clear());
      } finally {
        keep(piece.flip(), beginning);
        transcript.feed(piece);
        output.flush();
      }
    }
    noteLookalike(Lookalike.of(beginning.flip()), notes);
  }

  /** Copies as much of a piece as there is room for. */
  private static void keep(ByteBuffer piece, ByteBuffer beginning) {
    int count = Math.min(piece.remaining(), beginning.remaining());
    beginning.put(beginning.position(), piece, piece.position(), count);
    beginning.position(beginning.position() + count);
  }

  private InputStream openText(Screen notes) throws IOException, Failure {
    List<String> words = bytes.getValue();
    if (words != null) {
      checkOptions(words);
    }
    boolean given = words != null && !words.isEmpty() && !words.equals(List.of("-"));
    Path path = file.getValue();
    if (path != null && given) {
      throw new Failure(ExitCode.USAGE, "give the bytes or --file, not both");
    }
    if (path != null && !path.equals(STANDARD_INPUT)) {
      return openFile(path);
    }
    if (given) {
      return new ByteArrayInputStream(String.join(" ", words).getBytes(StandardCharsets.UTF_8));
    }
    if (stdio.inputIsTerminal()) {
      notes.text("Paste the bytes of frames, then press Enter and Ctrl+D.").endLine();
      notes.flush();
    }
    return stdio.in();
  }

  private static InputStream openFile(Path path) throws Failure {
    try {
      return new NamedInput("the file " + path, Files.newInputStream(path));
    } catch (IOException e) {
      throw IoMessages.unreadable(path, e);
    }
  }

  private static void noteDoubt(Guess guess, Screen notes) {
    String doubt = guess.doubt();
    if (doubt != null) {
      notes.text("note: ").text(doubt);
      notes.text(guess.other() == null ? "" : ": --from " + guess.other()).endLine();
      notes.flush();
    }
  }

  /** A handshake needs no note: the report explains it. */
  private static void noteLookalike(@Nullable Lookalike like, Screen notes) {
    if (like != null && like != Lookalike.HTTP_REQUEST && like != Lookalike.HTTP_RESPONSE) {
      notes.text("note: this looks like ").text(like.hint()).endLine();
      notes.flush();
    }
  }

  /** Words such as -127 are bytes; any other that begins with a dash is a mistyped option. */
  private void checkOptions(List<String> words) {
    for (String word : words) {
      if (isLikeOption(word)) {
        throw new UnmatchedArgumentException(spec.commandLine(), List.of(word));
      }
    }
  }

  private static boolean isLikeOption(String word) {
    return word.length() > 1 && word.charAt(0) == '-' && !Character.isDigit(word.charAt(1));
  }
}
