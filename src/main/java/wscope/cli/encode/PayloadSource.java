package wscope.cli.encode;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import wscope.cli.option.CloseCodes;
import wscope.cli.option.FileConverter;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.cli.process.IoMessages;
import wscope.cli.process.Stdio;
import wscope.protocol.frame.Opcode;
import wscope.report.text.Screen;

/** The payload to encode: from arguments, hex, a file or standard input. */
final class PayloadSource {
  private static final int LARGEST_CODE = 0xffff;

  private final Stdio stdio;
  private final OptionSpec hex;
  private final OptionSpec file;
  private final OptionSpec close;
  private final PositionalParamSpec words;

  /**
   * Adds the options and arguments to a command.
   *
   * @param spec receives the options, and the arguments from the second one on
   */
  PayloadSource(CommandSpec spec, Stdio stdio) {
    this.stdio = stdio;
    words =
        PositionalParamSpec.builder()
            .paramLabel("PAYLOAD")
            .index("1..*")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .completionCandidates(new CloseCodes())
            .description(
                "The payload as text; for close, CODE [REASON]. If PAYLOAD is absent or -, wscope"
                    + " reads standard input unchanged, including the last line break; but if"
                    + " standard input is a terminal, an absent PAYLOAD is empty.")
            .build();
    hex =
        OptionSpec.builder("--hex")
            .paramLabel("HEX")
            .type(String.class)
            .description("Take the payload from hex digits; for close, HEX is the whole body.")
            .build();
    file =
        FileConverter.input("--file")
            .description("Read the payload from a file, unchanged; - is standard input.")
            .build();
    close =
        OptionSpec.builder("--close")
            .paramLabel("CODE [REASON]")
            .arity("1..2")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .completionCandidates(new CloseCodes())
            .hideParamSyntax(true)
            .description("Do the same as the arguments close CODE [REASON].")
            .build();
    spec.addPositional(words).addOption(hex).addOption(file).addOption(close);
  }

  /** Whether {@code --close} is given, which sets both the opcode and the payload. */
  boolean isClose() {
    return close.getValue() != null;
  }

  /** Reads the payload, from position to limit. */
  ByteBuffer read(Opcode opcode, Screen notes) throws IOException, Failure {
    List<String> texts = texts();
    String digits = hex.getValue();
    Path path = file.getValue();
    long sources =
        Stream.of(!texts.isEmpty(), digits != null, path != null).filter(given -> given).count();
    if (sources > 1) {
      throw new Failure(ExitCode.USAGE, "give only one of PAYLOAD, --hex and --file");
    }
    if (digits != null) {
      return HexArgument.bytes("--hex", digits);
    }
    boolean fromInput = texts.equals(List.of("-")) || Path.of("-").equals(path);
    if (fromInput || (sources == 0 && !stdio.inputIsTerminal())) {
      return fromInput(notes);
    }
    if (path != null) {
      return fromFile(path);
    }
    if (texts.isEmpty()) {
      return ByteBuffer.allocate(0);
    }
    return opcode == Opcode.CLOSE ? closeBody(texts, notes) : payload(texts, notes);
  }

  private List<String> texts() {
    List<String> given = isClose() ? close.getValue() : words.getValue();
    return given == null ? List.of() : given;
  }

  private ByteBuffer fromInput(Screen notes) throws IOException, Failure {
    if (stdio.inputIsTerminal()) {
      notes.text("Type the payload, then press Enter and Ctrl+D.").endLine();
      notes.flush();
    }
    try {
      // A FileInputStream would query its position, which a pipe does not have.
      return ByteBuffer.wrap(new BufferedInputStream(stdio.in()).readAllBytes());
    } catch (OutOfMemoryError e) {
      throw new Failure(ExitCode.IO, "standard input does not fit in memory; try --file");
    }
  }

  /** Maps a file into memory, which uses no heap, or reads a named pipe. */
  private static ByteBuffer fromFile(Path path) throws Failure {
    try {
      if (!Files.isRegularFile(path)) {
        return ByteBuffer.wrap(Files.readAllBytes(path));
      }
      try (FileChannel channel = FileChannel.open(path)) {
        if (channel.size() > Integer.MAX_VALUE) {
          throw new Failure(ExitCode.USAGE, path + " is larger than 2 GiB, the maximum");
        }
        return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      }
    } catch (IOException e) {
      throw IoMessages.unreadable(path, e);
    }
  }

  private static ByteBuffer payload(List<String> texts, Screen notes) throws Failure {
    if (texts.size() > 1) {
      throw new Failure(
          ExitCode.USAGE,
          "the payload must be one argument, not " + texts.size() + "; put the payload in quotes");
    }
    return utf8(texts.get(0), notes);
  }

  /**
   * Creates the body of a Close: a code of two bytes and a reason of any length. The rules check
   * the length later.
   */
  private static ByteBuffer closeBody(List<String> texts, Screen notes) throws Failure {
    if (texts.size() > 2) {
      throw new Failure(
          ExitCode.USAGE,
          "a close has a code and a reason; put a reason of several words in quotes");
    }
    int code = closeCode(texts.get(0));
    ByteBuffer reason = texts.size() < 2 ? ByteBuffer.allocate(0) : utf8(texts.get(1), notes);
    return ByteBuffer.allocate(2 + reason.remaining()).putShort((short) code).put(reason).flip();
  }

  private static int closeCode(String text) throws Failure {
    try {
      int code = Integer.parseInt(text);
      if (code >= 0 && code <= LARGEST_CODE) {
        return code;
      }
    } catch (NumberFormatException e) {
      // Not a number: the error below is the same as for numbers that do not fit in two bytes.
    }
    throw new Failure(
        ExitCode.USAGE,
        "the close code '" + text + "' is not a number from 0 to 65535; try: close 1000 \"bye\"");
  }

  private static ByteBuffer utf8(String text, Screen notes) throws Failure {
    CharBuffer characters = CharBuffer.wrap(text);
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(characters);
      if (text.indexOf('\ufffd') >= 0) {
        notes.text("note: the payload has U+FFFD, which often stands for bytes that are not text");
        notes.text(" in this locale; use --hex or --file for bytes").endLine();
      }
      return bytes;
    } catch (CharacterCodingException e) {
      int at = characters.position();
      throw new Failure(
          ExitCode.USAGE,
          "the lone surrogate U+"
              + Integer.toHexString(text.charAt(at)).toUpperCase(java.util.Locale.ROOT)
              + " at character "
              + (at + 1)
              + " is not text; use --hex for bytes");
    }
  }
}
