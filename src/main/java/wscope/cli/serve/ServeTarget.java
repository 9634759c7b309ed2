package wscope.cli.serve;

import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.cli.prompt.InvalidCommand;
import wscope.cli.prompt.PromptArguments;
import wscope.cli.prompt.PromptValues;
import wscope.connection.Connection;
import wscope.report.text.Screen;
import wscope.serve.Connections;

/**
 * Finds the connection that a typed line is for. The line names the connection as {@code #7} or
 * {@code 7}; otherwise, the line is for the newest connection.
 */
final class ServeTarget {
  /** The number of digits of a close code, which no shorter number can be. */
  private static final int CODE_DIGITS = 4;

  private final Connections connections;
  private final Screen replies;

  /**
   * @param replies names the connections that are passed over
   */
  ServeTarget(Connections connections, Screen replies) {
    this.connections = connections;
    this.replies = replies;
  }

  /** The newest open connection that is not a page of another origin. */
  Connection newest() throws InvalidCommand {
    Connection newest = connections.newest();
    List<Connection> excluded = connections.excluded();
    if (newest == null) {
      throw new InvalidCommand(
          excluded.isEmpty()
              ? "no connection is open"
              : "nothing was sent to " + ConnectionTable.otherOrigins(excluded));
    }
    boolean passedOver =
        !excluded.isEmpty() && excluded.get(excluded.size() - 1).number() > newest.number();
    if (passedOver) {
      replies.text("sent to #").number(newest.number()).text(", not to ");
      replies.text(ConnectionTable.otherOrigins(excluded)).endLine();
    }
    return newest;
  }

  /** The connection that the next word must name. */
  Connection named(PromptArguments typed) throws InvalidCommand {
    String word = typed.word();
    Connection found = find(word);
    if (found == null) {
      String name = word.startsWith("#") ? word : "#" + word;
      throw new InvalidCommand(
          "unknown connection " + name + "; " + ConnectionTable.numbers(connections.open()));
    }
    return found;
  }

  /** The connection before words. If they begin with a number, it must be that of a connection. */
  Connection beforeWords(PromptArguments typed) throws InvalidCommand {
    String next = typed.peek();
    return next.startsWith("#") || PromptValues.isNumber(next) ? named(typed) : newest();
  }

  /** The connection before bytes. A number that is not that of a connection begins the bytes. */
  Connection beforeBytes(PromptArguments typed) throws InvalidCommand {
    String next = typed.peek();
    return next.startsWith("#") || find(next) != null ? named(typed) : newest();
  }

  /** The connection before a close code. A number with four digits may be either of them. */
  Connection beforeCode(PromptArguments typed) throws InvalidCommand {
    boolean code = PromptValues.isNumber(typed.peek()) && typed.peek().length() >= CODE_DIGITS;
    return code ? beforeBytes(typed) : beforeWords(typed);
  }

  private @Nullable Connection find(String word) {
    long number = PromptValues.id(word);
    return number < 0 ? null : connections.find(number);
  }
}
