package wscope.cli.serve;

import java.util.List;
import wscope.cli.prompt.PromptArguments;
import wscope.cli.prompt.PromptWord;
import wscope.cli.prompt.PromptWords;

/**
 * What can be typed on the console of {@code wscope serve} beside messages.
 *
 * @param name without its slash
 */
record ConsoleCommand(String name, String arguments, String description, Action action)
    implements PromptWord {

  /** The table of all commands. */
  static final PromptWords<ConsoleCommand> WORDS =
      new PromptWords<>(
          List.of(
              of("help", "", "show this help", ConsoleActions::help),
              of("list", "", "show the connections", ConsoleActions::list),
              of("send", "ID TEXT", "send a text", ConsoleActions::send),
              of("all", "TEXT", "send a text to all clients", ConsoleActions::sendAll),
              of("ping", "[ID]", "send a ping; without ID to the newest", ConsoleActions::ping),
              of("pong", "[ID]", "send a pong that nobody asked for", ConsoleActions::pong),
              of(
                  "close",
                  "ID [CODE [REASON]]",
                  "close, with 1000 unless a CODE is given",
                  ConsoleActions::close),
              of("hex", "ID BYTES", "send bytes, spelled as for decode", ConsoleActions::hex),
              of(
                  "fault",
                  "ID RULE",
                  "send a message, or a Close, that breaks it",
                  ConsoleActions::fault),
              of(
                  "detail",
                  "bits|frames|messages|none",
                  "show more or less of each frame",
                  ConsoleActions::detail),
              of("pause", "", "show no more, but count it; again: go on", ConsoleActions::pause),
              of("quit", "", "stop the server; so do Ctrl+C and Ctrl+D", ConsoleActions::quit)));

  /** What a command does; on the thread of the server. */
  interface Action {
    /** Does it with the words behind the command, or refuses to. */
    void run(ConsoleActions actions, PromptArguments typed) throws InvalidCommand;
  }

  /**
   * Does it.
   *
   * @param line with the command
   * @throws InvalidCommand if it cannot be done as it was typed
   */
  void run(ConsoleActions actions, String line) throws InvalidCommand {
    if (words(line) <= words(required())) {
      throw new InvalidCommand("usage: " + usage());
    }
    PromptArguments typed = new PromptArguments(line);
    typed.word();
    action.run(actions, typed);
  }

  /**
   * The argument at a place as the usage spells it, without brackets; empty if there is none.
   *
   * @param place from 1
   */
  String argument(int place) {
    PromptArguments words = new PromptArguments(arguments.replace("[", "").replace("]", ""));
    String word = words.word();
    for (int i = 1; i < place; i++) {
      word = words.word();
    }
    return word;
  }

  private static ConsoleCommand of(
      String name, String arguments, String description, Action action) {
    return new ConsoleCommand(name, arguments, description, action);
  }

  /** The arguments that may not be left out. */
  private String required() {
    int optional = arguments.indexOf('[');
    return optional < 0 ? arguments : arguments.substring(0, optional);
  }

  private static int words(String text) {
    PromptArguments words = new PromptArguments(text);
    int count = 0;
    while (!words.word().isEmpty()) {
      count++;
    }
    return count;
  }
}
