package wscope.cli.prompt;

import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import wscope.cli.process.Stdio;

/** The common parts of all prompts: the terminal, line editing and history. */
public final class PromptReader {
  /**
   * The logger of JLine, which would write errors over the prompt. This field keeps the logger
   * alive, because the JDK does not.
   */
  private static final Logger JLINE = Logger.getLogger("org.jline");

  private static final int MOST_LINES = 1000;

  /** The number of lines to which JLine trims the history file when it is a quarter longer. */
  private static final int TRIMMED_LINES = 800;

  private PromptReader() {}

  /** Opens the terminal of this process. */
  public static Terminal terminal() throws IOException {
    JLINE.setLevel(Level.OFF);
    TerminalBuilder builder = TerminalBuilder.builder().system(true).dumb(true);
    return (Stdio.isDumbTerminal() ? builder.type(Terminal.TYPE_DUMB) : builder).build();
  }

  /**
   * Creates a reader of lines from a terminal.
   *
   * @param history the history file; null for none
   */
  public static LineReader of(Terminal terminal, Completer completer, @Nullable Path history) {
    // Make no character special, because pasted text may contain any.
    DefaultParser parser = new DefaultParser();
    parser.setEscapeChars(null);
    parser.setQuoteChars(null);
    LineReaderBuilder builder =
        LineReaderBuilder.builder()
            .appName("wscope")
            .terminal(terminal)
            .parser(parser)
            .completer(completer)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.HISTORY_TIMESTAMPED, false)
            .variable(LineReader.BELL_STYLE, "none")
            // Show spaces below the prompt before further lines of a pasted text.
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "%P ")
            .variable(LineReader.HISTORY_SIZE, MOST_LINES)
            .variable(LineReader.HISTORY_FILE_SIZE, TRIMMED_LINES);
    if (history != null) {
      builder.variable(LineReader.HISTORY_FILE, history);
    }
    return builder.build();
  }
}
