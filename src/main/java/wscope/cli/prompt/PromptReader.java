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
   * The logger of JLine, which would write errors over the prompt. Referenced here, because the JDK
   * does not keep loggers alive.
   */
  private static final Logger JLINE = Logger.getLogger("org.jline");

  private static final int MOST_LINES = 1000;

  /** JLine trims the file to this when it is a quarter longer. */
  private static final int TRIMMED_LINES = 800;

  private PromptReader() {}

  /** The terminal of this process. */
  public static Terminal terminal() throws IOException {
    JLINE.setLevel(Level.OFF);
    TerminalBuilder builder = TerminalBuilder.builder().system(true).dumb(true);
    return (Stdio.isDumbTerminal() ? builder.type(Terminal.TYPE_DUMB) : builder).build();
  }

  /**
   * Reads lines from a terminal.
   *
   * @param history the file of the history; null for none
   */
  public static LineReader of(Terminal terminal, Completer completer, @Nullable Path history) {
    // No character is special: a paste may hold any.
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
            // Spaces below the prompt, for the lines of a paste.
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "%P ")
            .variable(LineReader.HISTORY_SIZE, MOST_LINES)
            .variable(LineReader.HISTORY_FILE_SIZE, TRIMMED_LINES);
    if (history != null) {
      builder.variable(LineReader.HISTORY_FILE, history);
    }
    return builder.build();
  }
}
