package wscope.cli.decode;

import java.io.IOError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import wscope.cli.process.ExitCode;
import wscope.cli.prompt.Candidates;
import wscope.cli.prompt.InvalidCommand;
import wscope.cli.prompt.PromptActions;
import wscope.cli.prompt.PromptArguments;
import wscope.cli.prompt.PromptCommand;
import wscope.cli.prompt.PromptCompleter;
import wscope.cli.prompt.PromptReader;
import wscope.cli.prompt.PromptTable;
import wscope.cli.prompt.PromptValues;
import wscope.input.spelling.InvalidSpelling;
import wscope.report.Detail;
import wscope.report.text.Screen;

/** The prompt of {@code wscope decode}: shows pasted bytes as parts of one stream. */
final class DecodePrompt implements PromptActions {
  private static final String PROMPT = "decode> ";

  /** The argument of /deflate. */
  private static final String PARAMETERS = "PARAMETERS|off";

  private static final PromptTable<DecodePrompt> TABLE =
      new PromptTable<>(
          List.of("Bytes that you type continue the stream; write them as for wscope decode."),
          List.of(
              new PromptCommand<>(
                  "reset", "", "begin a new stream", (prompt, typed) -> prompt.stream.reset()),
              new PromptCommand<>(
                  "deflate",
                  "[" + PARAMETERS + "]",
                  "begin a new stream with this compression",
                  DecodePrompt::deflate),
              new PromptCommand<>(
                  "sender",
                  "auto|client|server",
                  "begin a new stream from this sender",
                  (prompt, typed) ->
                      prompt.stream.sender(PromptValues.choice(SenderChoice.class, typed))),
              new PromptCommand<>(
                  "detail",
                  "bits|frames|messages|none",
                  "show more or less of each frame",
                  (prompt, typed) ->
                      prompt.stream.detail(PromptValues.choice(Detail.class, typed))),
              new PromptCommand<>(
                  "quit",
                  "",
                  "leave the prompt, as Ctrl+D does",
                  (prompt, typed) -> prompt.quit = true)));

  private final PromptStream stream;
  private final Screen screen;
  private final @Nullable Path history;
  private boolean quit;

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
    LineReader reader =
        PromptReader.of(terminal, new PromptCompleter<>(TABLE, () -> this), history);
    screen.words(0);
    screen.text("Paste bytes of a stream and press Enter. /help shows the commands.").endLine();
    screen.flush();
    try {
      while (!quit) {
        try {
          TABLE.take(this, reader.readLine(PROMPT).strip());
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

  @Override
  public Screen replies() {
    screen.prefix("");
    return screen;
  }

  @Override
  public void line(String line) throws InvalidCommand {
    try {
      stream.feed(line);
    } catch (InvalidSpelling e) {
      throw new InvalidCommand(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public List<Candidate> candidates(String argument) {
    return argument.equals(PARAMETERS)
        ? Candidates.words(
            List.of(
                "client_no_context_takeover",
                "server_no_context_takeover",
                "client_max_window_bits=",
                "server_max_window_bits="))
        : List.of();
  }

  private void deflate(PromptArguments typed) throws InvalidCommand {
    String parameters = typed.remainder();
    if (parameters.equalsIgnoreCase("off")) {
      stream.deflate(null);
      return;
    }
    DeflateText text = DeflateText.read(parameters);
    if (text.parameters() == null) {
      throw new InvalidCommand(text.error() + ", at character " + (text.position() + 1));
    }
    stream.deflate(text.parameters());
  }
}
