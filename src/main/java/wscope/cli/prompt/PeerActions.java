package wscope.cli.prompt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jline.reader.Candidate;
import wscope.connection.Behaviour;
import wscope.connection.Connection;
import wscope.protocol.FrameFault;
import wscope.protocol.SendResult;
import wscope.protocol.Session;
import wscope.protocol.frame.Opcode;
import wscope.protocol.rule.Endpoint;
import wscope.report.LiveView;
import wscope.report.text.Screen;

/** The actions of a prompt that sends to the peers of its connections as one of two endpoints. */
public abstract class PeerActions extends LiveActions {
  private final Endpoint self;
  private final long longestFile;

  /** What follows the ID of a connection, and may begin with a number as well. */
  protected enum Next {
    WORDS,
    BYTES,
    CODE
  }

  /**
   * Creates the actions.
   *
   * @param self the endpoint that sends
   * @param longestFile the length of the longest file to send, in bytes
   * @param replies the screen that writes to {@link LivePrompt#replies}
   * @param view the view of the report, which commands change
   */
  protected PeerActions(Endpoint self, long longestFile, Screen replies, LiveView view) {
    super(replies, view);
    this.self = self;
    this.longestFile = longestFile;
  }

  /**
   * The commands that send to a peer.
   *
   * @param id the syntax of the ID of a connection with a space after it; empty for none
   */
  protected static <A extends PeerActions> List<PromptCommand<A>> commands(String id) {
    return List.of(
        new PromptCommand<>(
            "binary", id + "BYTES|FILE", "send a binary message", PeerActions::binary),
        new PromptCommand<>("file", id + "FILE", "send a file as one message", PeerActions::file),
        new PromptCommand<>(
            "ping", id + "[TEXT]", "send a ping; without TEXT, measure it", PeerActions::ping),
        new PromptCommand<>("pong", id + "[TEXT]", "send an unsolicited pong", PeerActions::pong),
        new PromptCommand<>(
            "close",
            id + "[CODE [REASON]]",
            "close the connection; default code: 1000",
            PeerActions::close),
        new PromptCommand<>(
            "hex", id + "BYTES", "send bytes, written as for decode", PeerActions::hex),
        new PromptCommand<>(
            "fault", id + "RULE", "send a message or Close that breaks RULE", PeerActions::fault));
  }

  /**
   * The connection that a line is for.
   *
   * @param typed the line before the ID of a connection
   */
  protected abstract Connection connection(PromptArguments typed, Next next) throws InvalidCommand;

  /** The ID that a line must give to be for a connection; empty if no line has one. */
  protected abstract String id(Connection connection);

  /** Sends a message. */
  protected abstract SendResult say(Connection connection, Opcode type, ByteBuffer payload);

  @Override
  public List<Candidate> candidates(String argument) {
    return argument.equals("RULE") ? Candidates.faults(self) : List.of();
  }

  /** Sends a text message. */
  protected final void sendText(Connection connection, String text) throws InvalidCommand {
    check(connection, say(connection, Opcode.TEXT, utf8(text)));
  }

  /** Reports what could not be sent. */
  protected final void check(Connection connection, SendResult result) throws InvalidCommand {
    if (!result.isSent()) {
      String id = id(connection);
      throw new InvalidCommand(
          "nothing was sent" + (id.isEmpty() ? "" : " to " + id) + ": " + result.reason());
    }
  }

  /** Encodes a text. */
  protected static ByteBuffer utf8(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  private void binary(PromptArguments typed) throws InvalidCommand {
    Connection connection = connection(typed, Next.BYTES);
    String text = typed.text();
    ByteBuffer payload =
        isFile(text.strip())
            ? SentFile.read(text.strip(), longestFile)
            : bytes(connection, "/binary", text).joined();
    check(connection, say(connection, Opcode.BINARY, payload));
  }

  private void file(PromptArguments typed) throws InvalidCommand {
    Connection connection = connection(typed, Next.WORDS);
    ByteBuffer content = SentFile.read(typed.text().strip(), longestFile);
    check(connection, say(connection, SentFile.type(content), content));
  }

  private void ping(PromptArguments typed) throws InvalidCommand {
    Connection connection = connection(typed, Next.WORDS);
    String text = typed.rest();
    check(connection, text.isEmpty() ? connection.ping() : control(connection, Opcode.PING, text));
  }

  private void pong(PromptArguments typed) throws InvalidCommand {
    Connection connection = connection(typed, Next.WORDS);
    check(connection, control(connection, Opcode.PONG, typed.rest()));
  }

  private SendResult control(Connection connection, Opcode type, String text)
      throws InvalidCommand {
    return connection.send(type, PromptValues.controlPayload(text, command("/fault", connection)));
  }

  private void close(PromptArguments typed) throws InvalidCommand {
    Connection connection = connection(typed, Next.CODE);
    Behaviour.Close close = PromptValues.close(typed, command("/fault", connection));
    Session.State state = connection.state();
    if (state != Session.State.OPEN && state != Session.State.CONNECTING) {
      boolean closing = state == Session.State.CLOSING;
      check(connection, closing ? SendResult.CLOSING : SendResult.CLOSED);
    }
    connection.close(close.code(), close.reason());
  }

  private void hex(PromptArguments typed) throws InvalidCommand {
    Connection connection = connection(typed, Next.BYTES);
    for (ByteBuffer piece : bytes(connection, "/hex", typed.text()).pieces()) {
      check(connection, connection.sendRaw(piece));
    }
  }

  private void fault(PromptArguments typed) throws InvalidCommand {
    Connection connection = connection(typed, Next.WORDS);
    FrameFault fault = PromptValues.frameFault(self, typed.next());
    check(connection, connection.commit(fault, utf8(fault.id())));
  }

  private PastedBytes bytes(Connection connection, String command, String text)
      throws InvalidCommand {
    return PromptValues.bytes(text, command(command, connection), replies());
  }

  private String command(String command, Connection connection) {
    String id = id(connection);
    return id.isEmpty() ? command : command + " " + id;
  }

  private static boolean isFile(String name) {
    try {
      return Files.isRegularFile(Path.of(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
