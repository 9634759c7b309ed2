package wscope.cli.decode;

import java.io.IOError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;
import wscope.cli.option.Choices;
import wscope.cli.process.ExitCode;
import wscope.cli.prompt.PromptArguments;
import wscope.cli.prompt.PromptReader;
import wscope.input.spelling.InvalidSpelling;
import wscope.report.Detail;
import wscope.report.text.SafeText;
import wscope.report.text.Screen;

/** The prompt of {@code wscope decode}: shows pasted bytes as parts of one stream. */
final class DecodePrompt {
  private static final String PROMPT = "decode> ";

  private final PromptStream stream;
  private final Screen screen;
  private final @Nullable Path history;

  /**
   * Creates the prompt.
   *
   * @param history the history file; null for none
   */
  DecodePrompt(PromptStream stream, @Nullable Path history) {
    this.stream = stream;
    this.history = history;
    screen = stream.screen();
  }

  /** Runs the prompt on the terminal of this process until the user quits. */
  int run() throws IOException {
    try (Terminal terminal = PromptReader.terminal()) {
      return run(terminal);
    }
  }

  /** Runs the prompt on any terminal. */
  int run(Terminal terminal) throws IOException {
    LineReader reader = PromptReader.of(terminal, new DecodeCompleter(), history);
    screen.text("Paste bytes of a stream and press Enter. /help shows the commands.").endLine();
    screen.flush();
    try {
      boolean more = true;
      while (more) {
        try {
          more = take(reader.readLine(PROMPT).strip());
        } catch (UserInterruptException e) {
          // After Ctrl+C, only clear the line.
        }
        screen.flush();
      }
    } catch (EndOfFileException | IOError e) {
      // The user has typed Ctrl+D, or the terminal is gone.
    } finally {
      stream.close();
    }
    return ExitCode.FINE;
  }

  /**
   * Processes a line.
   *
   * @return whether the prompt continues
   */
  private boolean take(String line) throws IOException {
    boolean quit = false;
    try {
      if (line.startsWith("/")) {
        quit = command(line);
      } else if (!line.isEmpty()) {
        stream.feed(line);
      }
    } catch (InvalidSpelling | TypeConversionException e) {
      screen.prefix("");
      SafeText.sentence(screen, String.valueOf(e.getMessage()));
      screen.endLine();
    }
    return !quit;
  }

  /**
   * Runs a command.
   *
   * @return whether the command ends the prompt
   */
  private boolean command(String line) {
    PromptArguments typed = new PromptArguments(line);
    String word = typed.word();
    String argument = typed.rest().strip();
    PromptCommand command = PromptCommand.WORDS.find(word);
    if (command == null) {
      screen.prefix("");
      PromptCommand.WORDS.unknown(screen, word);
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
      throw new TypeConversionException("usage: " + command.usage());
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

  private void help() {
    screen.prefix("");
    screen
        .text("Bytes that you type continue the stream; write them as for wscope decode.")
        .endLine();
    PromptCommand.WORDS.help(screen);
  }
}
