package wscope.cli.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;
import wscope.cli.option.Choices;
import wscope.cli.option.NearestWord;
import wscope.cli.prompt.PastedBytes;
import wscope.cli.prompt.PromptArguments;
import wscope.connection.Connection;
import wscope.input.spelling.InvalidSpelling;
import wscope.input.spelling.Spelling;
import wscope.protocol.Fault;
import wscope.protocol.Faults;
import wscope.protocol.FrameFault;
import wscope.protocol.SendResult;
import wscope.protocol.Session;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.CloseCode;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.RuleIds;
import wscope.report.Detail;
import wscope.report.WholeLines;
import wscope.report.text.SafeText;
import wscope.report.text.Screen;
import wscope.serve.Server;

/** Runs the commands of the console of {@code wscope serve}, on the thread of the server. */
final class ConsoleActions {
  private static final int NORMAL_CLOSURE = 1000;

  private final Server server;
  private final Screen replies;
  private final WholeLines report;
  private final Consumer<Detail> detail;
  private boolean paused;
  private boolean quit;

  /**
   * Creates the actions of a console.
   *
   * @param replies the screen for replies to commands, even during a pause
   * @param report the lines of the report, which are held during a pause
   * @param detail sets the level of detail from now on
   */
  ConsoleActions(Server server, Screen replies, WholeLines report, Consumer<Detail> detail) {
    this.server = server;
    this.replies = replies;
    this.report = report;
    this.detail = detail;
  }

  /** Processes one line: a command, or a text message for the newest connection. */
  void take(String line) {
    try {
      if (line.startsWith("/")) {
        command(line);
      } else if (!line.isEmpty()) {
        sendText(newest(), line);
      }
    } catch (InvalidCommand e) {
      SafeText.sentence(replies, e.getMessage());
      replies.endLine();
    }
  }

  /** Whether the server must stop. */
  boolean isQuit() {
    return quit;
  }

  /** Whether the report is paused. */
  boolean isPaused() {
    return paused;
  }

  private void command(String line) throws InvalidCommand {
    String word = new PromptArguments(line).word();
    ConsoleCommand command = ConsoleCommand.WORDS.find(word);
    if (command == null) {
      ConsoleCommand.WORDS.unknown(replies, word);
    } else {
      command.run(this, line);
    }
  }

  void help(PromptArguments typed) {
    replies
        .text("A line without a slash is sent as a text message to the newest connection.")
        .endLine();
    ConsoleCommand.WORDS.help(replies);
  }

  void list(PromptArguments typed) {
    ConnectionTable.show(replies, server.connections().all());
  }

  void send(PromptArguments typed) throws InvalidCommand {
    Connection connection = connection(typed);
    sendText(connection, typed.rest());
  }

  void sendAll(PromptArguments typed) {
    int count = server.connections().sendAll(Opcode.TEXT, utf8(typed.rest()));
    replies.text("sent to ").number(count);
    replies.text(count == 1 ? " connection" : " connections").endLine();
  }

  void ping(PromptArguments typed) throws InvalidCommand {
    Connection connection = typed.isAtEnd() ? newest() : connection(typed);
    check(connection, connection.ping());
  }

  void pong(PromptArguments typed) throws InvalidCommand {
    Connection connection = typed.isAtEnd() ? newest() : connection(typed);
    check(connection, connection.send(Opcode.PONG, ByteBuffer.allocate(0)));
  }

  void close(PromptArguments typed) throws InvalidCommand {
    Connection connection = connection(typed);
    int code = typed.isAtEnd() ? NORMAL_CLOSURE : code(connection, typed.word());
    String reason = typed.rest();
    int length = reason.getBytes(UTF_8).length;
    if (length > CloseBody.LONGEST_REASON) {
      throw new InvalidCommand(
          "a reason has at most "
              + CloseBody.LONGEST_REASON
              + " bytes of UTF-8; this reason has "
              + length);
    }
    Session.State state = connection.state();
    if (state != Session.State.OPEN && state != Session.State.CONNECTING) {
      throw notSent(
          connection, state == Session.State.CLOSING ? SendResult.CLOSING : SendResult.CLOSED);
    }
    connection.close(code, reason);
  }

  void hex(PromptArguments typed) throws InvalidCommand {
    Connection connection = connection(typed);
    PastedBytes bytes = bytes(connection, typed.rest());
    for (ByteBuffer piece : bytes.pieces()) {
      check(connection, connection.sendRaw(piece));
    }
  }

  void fault(PromptArguments typed) throws InvalidCommand {
    Connection connection = connection(typed);
    FrameFault fault = frameFault(typed.word());
    check(connection, connection.commit(fault, utf8(fault.id())));
  }

  void detail(PromptArguments typed) throws InvalidCommand {
    try {
      detail.accept(Choices.read(Detail.class, typed.word()));
    } catch (TypeConversionException e) {
      throw new InvalidCommand(String.valueOf(e.getMessage()));
    }
  }

  void pause(PromptArguments typed) {
    if (paused) {
      resume();
    } else {
      paused = true;
      report.hold();
      replies.text("paused; type /pause again to resume").endLine();
    }
  }

  /** Shows the report again, and the number of its lines that were not shown. */
  void resume() {
    if (paused) {
      paused = false;
      long lines = report.release();
      replies.number(lines).text(lines == 1 ? " line was" : " lines were");
      replies.text(" not shown").endLine();
    }
  }

  void quit(PromptArguments typed) {
    quit = true;
  }

  private void sendText(Connection connection, String text) throws InvalidCommand {
    check(connection, connection.send(Opcode.TEXT, utf8(text)));
  }

  /** The connection that the next word names. */
  private Connection connection(PromptArguments typed) throws InvalidCommand {
    String word = typed.word();
    @Nullable Connection found = null;
    try {
      found = server.connections().find(Long.parseLong(word.replaceFirst("^#", "")));
    } catch (NumberFormatException e) {
      // Not a number: the error is reported below.
    }
    if (found == null) {
      String name = word.startsWith("#") ? word : "#" + word;
      String open = ConnectionTable.numbers(server.connections().open());
      throw new InvalidCommand("unknown connection " + name + "; " + open);
    }
    return found;
  }

  private Connection newest() throws InvalidCommand {
    Connection newest = server.connections().newest();
    if (newest == null) {
      throw new InvalidCommand("no connection is open");
    }
    return newest;
  }

  private static void check(Connection connection, SendResult result) throws InvalidCommand {
    if (!result.isSent()) {
      throw notSent(connection, result);
    }
  }

  private static InvalidCommand notSent(Connection connection, SendResult result) {
    return new InvalidCommand(
        "nothing was sent to #" + connection.number() + ": " + result.reason());
  }

  private static int code(Connection connection, String word) throws InvalidCommand {
    int code;
    try {
      code = Integer.parseInt(word);
    } catch (NumberFormatException e) {
      throw new InvalidCommand("'" + word + "' is not a close code; write a number such as 1000");
    }
    Rule broken = CloseCode.brokenBy(code);
    if (broken != null) {
      String label = code + " (" + CloseCode.label(code) + ")";
      String fault = "/fault " + connection.number() + " " + broken.id();
      throw new InvalidCommand(label + " must not be sent; to break this rule: " + fault);
    }
    return code;
  }

  private PastedBytes bytes(Connection connection, String text) throws InvalidCommand {
    try {
      PastedBytes bytes = PastedBytes.of(text, null);
      if (bytes.pieces().isEmpty()) {
        throw new InvalidCommand(
            "no bytes to send; try: /hex " + connection.number() + " 81 05 48 65 6c 6c 6f");
      }
      Spelling other = bytes.guess().other();
      if (other != null) {
        replies.text("note: read as ").text(bytes.guess().spelling().toString());
        replies.text("; it could be ").text(other.toString()).text(" as well").endLine();
      }
      return bytes;
    } catch (InvalidSpelling e) {
      throw new InvalidCommand(e.getMessage());
    }
  }

  private static FrameFault frameFault(String id) throws InvalidCommand {
    Fault fault = Faults.find(Endpoint.SERVER, id);
    if (fault instanceof FrameFault frameFault && fault.isOf(Endpoint.SERVER)) {
      return frameFault;
    }
    if (fault != null && fault.isOf(Endpoint.SERVER)) {
      throw new InvalidCommand(
          fault.id()
              + " applies only to the response of the handshake: connect with ?fault="
              + fault.id());
    }
    Rule rule = RuleIds.find(id);
    if (rule != null) {
      throw new InvalidCommand(
          "no server can break "
              + rule.id()
              + ", because "
              + Faults.obstacle(Endpoint.SERVER, rule));
    }
    List<String> known = Faults.of(Endpoint.SERVER).stream().map(Fault::id).toList();
    throw new InvalidCommand("unknown fault '" + id + "'" + NearestWord.advice(id, known));
  }

  private static ByteBuffer utf8(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
