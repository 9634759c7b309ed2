package wscope.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;
import wscope.input.BadSpelling;
import wscope.protocol.deflate.DeflateText;
import wscope.report.Detail;
import wscope.report.SafeText;
import wscope.report.Screen;

/** The prompt of {@code wscope decode}: bytes are pasted, and shown as parts of one stream. */
final class DecodePrompt {
  /** Of JLine, which would write what goes wrong over the prompt; kept, for loggers are not. */
  private static final Logger JLINE = Logger.getLogger("org.jline");

  private static final String PROMPT = "decode> ";
  private static final int MOST_LINES = 1000;

  /** JLine trims the file to this when it is a quarter longer. */
  private static final int TRIMMED_LINES = 800;

  private static final int DESCRIPTION = 36;

  private final PromptStream stream;
  private final Screen screen;
  private final @Nullable Path history;

  /**
   * @param history the file that keeps what was typed; null to keep nothing
   */
  DecodePrompt(PromptStream stream, @Nullable Path history) {
    this.stream = stream;
    this.history = history;
    screen = stream.screen();
  }

  /** Runs on the terminal of this process, up to its end. */
  int run() throws IOException {
    JLINE.setLevel(Level.OFF);
    try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
      return run(terminal);
    }
  }

  /** Runs on any terminal. */
  int run(Terminal terminal) throws IOException {
    LineReader reader = reader(terminal);
    screen.text("Paste bytes of a stream and press Enter. /help shows the commands.").endLine();
    screen.flush();
    try {
      boolean more = true;
      while (more) {
        try {
          more = take(reader.readLine(PROMPT).strip());
        } catch (UserInterruptException e) {
          // Ctrl+C clears the line, and that is all.
        }
        screen.flush();
      }
    } catch (EndOfFileException e) {
      // Ctrl+D.
    } finally {
      stream.close();
    }
    return ExitCode.FINE;
  }

  private LineReader reader(Terminal terminal) {
    // No character is special: a paste may hold any.
    DefaultParser parser = new DefaultParser();
    parser.setEscapeChars(null);
    parser.setQuoteChars(null);
    LineReaderBuilder builder =
        LineReaderBuilder.builder()
            .appName("wscope")
            .terminal(terminal)
            .parser(parser)
            .completer(new PromptCompleter())
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.HISTORY_TIMESTAMPED, false)
            .variable(LineReader.BELL_STYLE, "none")
            // Blanks below the prompt, for the lines of a paste.
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "%P ")
            .variable(LineReader.HISTORY_SIZE, MOST_LINES)
            .variable(LineReader.HISTORY_FILE_SIZE, TRIMMED_LINES);
    if (history != null) {
      builder.variable(LineReader.HISTORY_FILE, history);
    }
    return builder.build();
  }

  /** Whether there is more to come. */
  private boolean take(String line) throws IOException {
    boolean quit = false;
    try {
      if (line.startsWith("/")) {
        quit = command(line);
      } else if (!line.isEmpty()) {
        stream.feed(line);
      }
    } catch (BadSpelling | TypeConversionException e) {
      screen.prefix("");
      SafeText.words(screen, String.valueOf(e.getMessage()));
      screen.endLine();
    }
    return !quit;
  }

  /** Whether it is the last one. */
  private boolean command(String line) {
    int blank = line.indexOf(' ');
    String name = line.substring(1, blank < 0 ? line.length() : blank);
    String argument = blank < 0 ? "" : line.substring(blank).strip();
    PromptCommand command = PromptCommand.of(name);
    if (command == null) {
      unknown(name);
      return false;
    }
    switch (command) {
      case HELP -> help();
      case RESET -> stream.reset();
      case DEFLATE -> deflate(argument);
      case SENDER -> stream.sender(choice(command, SenderChoice.class, argument));
      case DETAIL -> stream.detail(choice(command, Detail.class, argument));
      case QUIT -> {
        return true;
      }
    }
    return false;
  }

  private static <E extends Enum<E>> E choice(
      PromptCommand command, Class<E> type, String argument) {
    if (argument.isEmpty()) {
      throw new TypeConversionException("say which: " + command.usage());
    }
    return Choices.read(type, argument);
  }

  private void deflate(String argument) {
    if (argument.toLowerCase(Locale.ROOT).equals("off")) {
      stream.deflate(null);
      return;
    }
    DeflateText text = DeflateText.read(argument);
    if (text.parameters() == null) {
      throw new TypeConversionException(text.error() + ", at character " + (text.position() + 1));
    }
    stream.deflate(text.parameters());
  }

  private void unknown(String name) {
    PromptCommand nearest = PromptCommand.nearest(name.toLowerCase(Locale.ROOT));
    screen.prefix("");
    screen.text("there is no command /");
    SafeText.words(screen, name);
    screen.text(nearest == null ? "; /help shows all" : "; do you mean " + nearest.word() + "?");
    screen.endLine();
  }

  private void help() {
    screen.prefix("");
    screen
        .text("Bytes, spelled as for wscope decode, are taken for the next ones of a stream.")
        .endLine();
    for (PromptCommand command : PromptCommand.values()) {
      screen
          .text("  ")
          .text(command.usage())
          .pad(DESCRIPTION)
          .text(command.description())
          .endLine();
    }
  }
}
