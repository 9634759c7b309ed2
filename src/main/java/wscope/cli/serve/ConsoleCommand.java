package wscope.cli.serve;

import java.util.List;
import wscope.cli.prompt.PromptArguments;
import wscope.cli.prompt.PromptWord;
import wscope.cli.prompt.PromptWords;

/**
 * A command at the console of {@code wscope serve}.
 *
 * @param name the name of the command without its slash
 */
record ConsoleCommand(String name, String arguments, String description, Action action)
    implements PromptWord {

  /** The table of all commands. */
  static final PromptWords<ConsoleCommand> WORDS =
      new PromptWords<>(
          List.of(
              of("help", "", "show this help", ConsoleActions::help),
              of("list", "", "show the connections", ConsoleActions::list),
              of("send", "ID TEXT", "send a text message", ConsoleActions::send),
              of("all", "TEXT", "send a text message to all clients", ConsoleActions::sendAll),
              of(
                  "ping",
                  "[ID]",
                  "send a ping; default: the newest connection",
                  ConsoleActions::ping),
              of("pong", "[ID]", "send an unsolicited pong", ConsoleActions::pong),
              of(
                  "close",
                  "ID [CODE [REASON]]",
                  "close a connection; default code: 1000",
                  ConsoleActions::close),
              of("hex", "ID BYTES", "send bytes, written as for decode", ConsoleActions::hex),
              of(
                  "fault",
                  "ID RULE",
                  "send a message or Close that breaks RULE",
                  ConsoleActions::fault),
              of(
                  "detail",
                  "bits|frames|messages|none",
                  "show more or less of each frame",
                  ConsoleActions::detail),
              of("pause", "", "pause the output; /pause again resumes it", ConsoleActions::pause),
              of("quit", "", "stop the server, as Ctrl+C and Ctrl+D do", ConsoleActions::quit)));

  /** The action of a command. It runs on the thread of the server. */
  interface Action {
    /** Runs the action with the arguments after the command. */
    void run(ConsoleActions actions, PromptArguments typed) throws InvalidCommand;
  }

  /**
   * Runs the command.
   *
   * @param line the line, which includes the command
   * @throws InvalidCommand if the line is invalid
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
   * The name of the argument at a place in the usage, without brackets; empty if there is none.
   *
   * @param place the place of the argument, from 1
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

  /** The required arguments. */
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
