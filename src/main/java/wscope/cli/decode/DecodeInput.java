package wscope.cli.decode;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.Flushable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;
import wscope.capture.RecordingReader;
import wscope.capture.logs.LogKind;
import wscope.capture.packets.PacketFile;
import wscope.cli.option.Choices;
import wscope.cli.option.Converter;
import wscope.cli.option.FileConverter;
import wscope.cli.option.Flag;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.cli.process.IoMessages;
import wscope.cli.process.NamedInput;
import wscope.cli.process.Stdio;
import wscope.input.Found;
import wscope.input.Reading;
import wscope.input.spelling.Guess;
import wscope.input.spelling.InvalidSpelling;
import wscope.input.spelling.Lookalike;
import wscope.input.spelling.SpelledBytes;
import wscope.input.spelling.Spelling;
import wscope.protocol.MixedStreamReader;
import wscope.report.text.Screen;

/** The input of {@code decode}: arguments, a file or standard input. */
final class DecodeInput {
  /** How many bytes are read at a time. */
  static final int PIECE = 128 << 10;

  private static final Path STANDARD_INPUT = Path.of("-");

  private final Stdio stdio;
  private final CommandSpec spec;
  private final OptionSpec from;
  private final OptionSpec file;
  private final OptionSpec verbose;
  private final OptionSpec onlyLines;
  private final OptionSpec skip;
  private final OptionSpec payload;
  private final PositionalParamSpec bytes;

  DecodeInput(CommandSpec spec, Stdio stdio) {
    this.spec = spec;
    this.stdio = stdio;
    from =
        Choices.of(Spelling.class, OptionSpec.builder("--from"))
            .paramLabel("SPELLING")
            .description(
                "Read the whole text as hex, decimal, bits, escaped (as in \\x81), base64, dump (xxd,"
                    + " hexdump, od, tcpdump, curl) or raw (the bytes themselves). If absent, find"
                    + " bytes, HTTP heads and TCP packets in it by their evidence, and say on"
                    + " standard error what was read.")
            .build();
    file =
        FileConverter.input("--file")
            .type(List.class)
            .auxiliaryTypes(Path.class)
            .description(
                "Read a file with the bytes in any spelling, a recording of --record, a capture of"
                    + " packets (pcap or pcapng, also compressed by gzip), a HAR file, a network"
                    + " log of Chromium, or a trace of curl; - is standard input. Repeat the option"
                    + " to read the captures of a rotation as one, in the order of their times.")
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
    verbose =
        Flag.of(
            "--verbose", "List all parts that were found in a text, with the evidence for each.");
    onlyLines =
        OptionSpec.builder("--only-lines")
            .paramLabel("LINES")
            .type(OnlyLines.Range.class)
            .converters(new Converter<>(DecodeInput::range))
            .description("Read only these lines of the text: A-B, or A, or A- for all from A on.")
            .build();
    skip =
        OptionSpec.builder("--skip")
            .paramLabel("BYTES")
            .type(Long.class)
            .converters(new Converter<>(DecodeInput::count))
            .description("Skip so many bytes before the first frame.")
            .build();
    payload =
        Choices.of(PayloadKind.class, OptionSpec.builder("--payload"))
            .paramLabel("TYPE")
            .description(
                "Read the bytes as one payload without its frame header: text, binary, deflate (a"
                    + " compressed text), close, ping or pong.")
            .build();
    spec.addOption(file).addOption(from).addOption(onlyLines).addOption(skip);
    spec.addOption(payload).addOption(verbose).addPositional(bytes);
    spec.parser().unmatchedOptionsArePositionalParams(true);
  }

  /** The only file; null if there is none. */
  private @Nullable Path file() {
    List<Path> paths = file.getValue();
    return paths == null ? null : paths.get(0);
  }

  /** The captures to read as one, in their order; none if there is at most one file. */
  List<Path> rotation() throws IOException, Failure {
    List<Path> paths = file.getValue();
    return paths == null || paths.size() == 1 ? List.of() : Rotation.ordered(paths);
  }

  /** Whether there are neither bytes nor a file. */
  boolean isAbsent() {
    return bytes.getValue() == null && file.getValue() == null;
  }

  private static OnlyLines.Range range(String text) {
    OnlyLines.Range range = OnlyLines.Range.of(text);
    if (range == null) {
      throw new TypeConversionException("'" + text + "' is not a range of lines, such as 3 or 3-7");
    }
    return range;
  }

  private static long count(String text) {
    try {
      long count = Long.parseLong(text);
      if (count >= 0) {
        return count;
      }
    } catch (NumberFormatException e) {
      // Reported below, like a negative number.
    }
    throw new TypeConversionException("'" + text + "' is not a number of bytes");
  }

  /** The payload that the bytes are; null if they are frames. */
  @Nullable PayloadKind payload() {
    return payload.getValue();
  }

  /** How many bytes come before the first frame. */
  long skipped() {
    Long count = skip.getValue();
    return count == null ? 0 : count;
  }

  /** The spelling that was requested or is the only possible one; null to detect it. */
  @Nullable Spelling spelling() {
    Spelling wanted = from.getValue();
    List<String> words = bytes.getValue();
    boolean header = words != null && DecimalHeader.is(String.join(" ", words));
    return wanted == null && header ? Spelling.DECIMAL : wanted;
  }

  /** What the input is, as its beginning shows. */
  enum Kind {
    /** Bytes in some spelling. */
    SPELLED,
    /** A recording of wscope. */
    RECORDING,
    /** A capture of packets. */
    PACKETS,
    /** A log of a browser or a client. */
    LOG
  }

  /**
   * Where the bytes come from.
   *
   * @param in starts with the first of them
   * @param log the program that wrote the log; null if it is none
   */
  record Source(InputStream in, Kind kind, @Nullable LogKind log) implements AutoCloseable {
    Source(InputStream in, Kind kind) {
      this(in, kind, null);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  /** Opens it, and looks at the beginning only as far as it may be a recording or a capture. */
  Source open(Screen notes) throws IOException, Failure {
    OnlyLines.Range lines = onlyLines.getValue();
    boolean whole = spelling() == null && lines == null && skipped() == 0 && payload() == null;
    if (!rotation().isEmpty() && !whole) {
      throw new Failure(
          ExitCode.USAGE,
          "several files are one capture, which needs no --from, --only-lines, --skip or"
              + " --payload; omit them, or give one --file");
    }
    InputStream opened = openText(notes);
    InputStream text = lines == null ? opened : new OnlyLines(opened, lines);
    if (spelling() != null) {
      return new Source(text, Kind.SPELLED);
    }
    BufferedInputStream in = new BufferedInputStream(text, PIECE);
    if (RecordingReader.begins(in)) {
      return new Source(in, Kind.RECORDING);
    }
    if (whole && PacketFile.begins(in)) {
      return new Source(in, Kind.PACKETS);
    }
    LogKind log = whole && !isGiven() ? LogKind.of(in) : null;
    return new Source(in, log == null ? Kind.SPELLED : Kind.LOG, log);
  }

  /**
   * Opens the input once more.
   *
   * @return null if it can be read only once, as a pipe
   */
  @Nullable InputStream reopen() throws Failure {
    Path path = file();
    if (path == null || !Files.isRegularFile(path)) {
      return null;
    }
    InputStream again = openFile(path);
    if (Stdio.errorIsTerminal()) {
      again = ReadingProgress.of(again, path.toFile().length(), stdio.err());
    }
    return new BufferedInputStream(again, PIECE);
  }

  /** Decodes bytes that are one payload. */
  void feedPayload(Source source, PayloadKind kind, MixedStreamReader reader)
      throws IOException, InvalidSpelling, Failure {
    reader.feed(PayloadInput.frame(source.in(), from.getValue(), kind));
  }

  /**
   * Decodes bytes in the given spelling as they arrive.
   *
   * @param output flushed after each piece, to show its events at once
   */
  void feed(Source source, MixedStreamReader reader, Flushable output)
      throws IOException, InvalidSpelling {
    SpelledBytes spelled = new SpelledBytes(source.in(), spelling());
    Skipping skipping = new Skipping(skipped());
    ByteBuffer piece = ByteBuffer.allocate(PIECE);
    boolean more = true;
    while (more) {
      try {
        more = spelled.read(piece.clear());
      } finally {
        reader.feed(skipping.of(piece.flip()));
        output.flush();
      }
    }
  }

  /**
   * Decodes what is found in the text, as it arrives.
   *
   * @param notes receives notes about the text
   * @return what was read
   * @throws Failure if the bytes are certainly no frames
   */
  Reading find(FoundInput input, Screen notes) throws IOException, InvalidSpelling, Failure {
    Found found = input.next();
    if (found != null && input.isBare()) {
      found = checked(found, input);
    }
    while (found != null) {
      input.decode(found);
      found = input.next();
    }
    Reading reading = input.end();
    noteDoubt(reading.guess(), notes);
    new ReadingNote(notes).show(reading);
    if (Flag.isSet(verbose)) {
      new ReadingNote(notes).showAll(reading);
    }
    return reading;
  }

  /** The first bytes, with as many more as show that they are no other format. */
  private static Found checked(Found first, FoundInput input)
      throws IOException, InvalidSpelling, Failure {
    Found known = first;
    while (Lookalike.needsMore(known.bytes())) {
      ByteBuffer start = ByteBuffer.allocate(known.bytes().remaining() + PIECE);
      start.put(known.bytes());
      Found next = input.next();
      if (next == null) {
        return new Found(start.flip(), first.sender(), first.begins());
      }
      int count = Math.min(start.remaining(), next.bytes().remaining());
      ByteBuffer more = next.bytes();
      start.put(more.slice(more.position(), count));
      known = new Found(start.flip(), first.sender(), first.begins());
    }
    checkFrames(Lookalike.of(known.bytes()));
    return known;
  }

  private static void checkFrames(@Nullable Lookalike like) throws Failure {
    if (like != null && like.isCertain()) {
      throw new Failure(
          ExitCode.USAGE,
          "this looks like " + like.hint() + "; to read it as frames all the same: --from raw");
    }
  }

  /** Why nothing was found. */
  Failure nothingFound(Reading reading) {
    List<String> words = bytes.getValue();
    if (words != null && words.size() == 1 && Files.isRegularFile(path(words.get(0)))) {
      String name = words.get(0);
      return new Failure(
          ExitCode.USAGE, name + " is a file; to decode it: wscope decode --file " + name);
    }
    if (!reading.doubtful().isEmpty()) {
      return new Failure(ExitCode.USAGE, ReadingNote.question(reading, ""));
    }
    Lookalike like = reading.lookalike();
    if (like != null) {
      return new Failure(ExitCode.USAGE, "no frames; this looks like " + like.hint());
    }
    if (reading.passedOver() > 0) {
      String lines = reading.passedOver() == 1 ? " line" : " lines";
      return new Failure(
          ExitCode.USAGE,
          "no frames and no handshake in "
              + reading.passedOver()
              + lines
              + " of text; to read all of it in one spelling, add for instance --from hex");
    }
    return new Failure(
        ExitCode.USAGE, "no bytes to decode; try: wscope decode 81 05 48 65 6c 6c 6f");
  }

  private static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      return Path.of("");
    }
  }

  /** Whether the bytes are arguments. */
  private boolean isGiven() {
    List<String> words = bytes.getValue();
    return words != null && !words.isEmpty() && !words.equals(List.of("-"));
  }

  private InputStream openText(Screen notes) throws IOException, Failure {
    List<String> words = bytes.getValue();
    if (words != null) {
      checkOptions(words);
    }
    Path path = file();
    if (path != null && isGiven()) {
      throw new Failure(ExitCode.USAGE, "give the bytes or --file, not both");
    }
    if (path != null && !path.equals(STANDARD_INPUT)) {
      return openFile(path);
    }
    if (words != null && isGiven()) {
      return new ByteArrayInputStream(String.join(" ", words).getBytes(StandardCharsets.UTF_8));
    }
    if (stdio.inputIsTerminal()) {
      notes.text("Paste the bytes of frames, then press Enter and Ctrl+D.").endLine();
      notes.flush();
    }
    return stdio.in();
  }

  /** Opens a file. */
  static InputStream openFile(Path path) throws Failure {
    try {
      return new NamedInput("the file " + path, Files.newInputStream(path));
    } catch (IOException e) {
      throw IoMessages.unreadable(path, e);
    }
  }

  private static void noteDoubt(@Nullable Guess guess, Screen notes) {
    String doubt = guess == null ? null : guess.doubt();
    if (guess != null && doubt != null) {
      notes.text("note: ").text(doubt);
      notes.text(guess.other() == null ? "" : ": --from " + guess.other()).endLine();
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
