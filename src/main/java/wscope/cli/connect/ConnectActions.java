package wscope.cli.connect;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.jline.reader.Candidate;
import wscope.cli.prompt.Candidates;
import wscope.cli.prompt.InvalidCommand;
import wscope.cli.prompt.PeerActions;
import wscope.cli.prompt.PromptArguments;
import wscope.cli.prompt.PromptCommand;
import wscope.cli.prompt.PromptTable;
import wscope.connect.Client;
import wscope.connect.Script;
import wscope.connection.Connection;
import wscope.connection.InvalidParameter;
import wscope.connection.Quantities;
import wscope.protocol.SendResult;
import wscope.protocol.frame.Opcode;
import wscope.protocol.rule.Endpoint;
import wscope.report.LiveView;
import wscope.report.text.Screen;

/** Runs the commands at the prompt of {@code wscope connect}, on the thread of the client. */
final class ConnectActions extends PeerActions {
  /** The line that says that the user decides what follows. */
  static final String IDLE = "not connected; /reconnect connects again, /quit ends";

  /** The table of all commands. */
  static final PromptTable<ConnectActions> TABLE =
      table(
          List.of("A line without a slash is sent as a text message."),
          commands(),
          "close and end");

  /** The arguments of /frame before its text. */
  private static final String FIELDS = "FIELD=VALUE...";

  private static final int LONGEST_FRAGMENT = 16 << 20;
  private static final long MOST_REPEATS = 1_000_000;
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofHours(24);

  private final Client client;
  private final IntSupplier maskingKeys;

  /**
   * Creates the actions of a prompt.
   *
   * @param replies the screen for replies to commands
   * @param view the view of the report, which commands change
   * @param maskingKeys supplies a key for each frame
   */
  ConnectActions(Client client, Screen replies, LiveView view, IntSupplier maskingKeys) {
    super(Endpoint.CLIENT, ScriptOptions.LARGEST, replies, view);
    this.client = client;
    this.maskingKeys = maskingKeys;
  }

  private static List<PromptCommand<ConnectActions>> commands() {
    List<PromptCommand<ConnectActions>> all = new ArrayList<>(commands(""));
    all.add(
        new PromptCommand<>(
            "frame",
            FIELDS + " [TEXT]",
            "send a frame: opcode fin rsv mask len hex",
            ConnectActions::frame));
    all.add(
        new PromptCommand<>(
            "fragment", "SIZE", "fragment messages from now on", ConnectActions::fragment));
    all.add(
        new PromptCommand<>(
            "repeat",
            "COUNT TIME TEXT",
            "send a text COUNT times, one each TIME",
            ConnectActions::repeat));
    all.add(
        new PromptCommand<>("reconnect", "", "close and connect again", ConnectActions::reconnect));
    return all;
  }

  @Override
  public String welcome() {
    return "What you type is sent as text; /help shows the commands.";
  }

  @Override
  public String prompt() {
    return "ws> ";
  }

  @Override
  public void line(String line) throws InvalidCommand {
    sendText(connection(), line);
  }

  @Override
  public List<Candidate> candidates(String argument) {
    return argument.equals(FIELDS)
        ? Candidates.words(FrameLine.FIELDS.stream().map(field -> field + "=").toList())
        : super.candidates(argument);
  }

  @Override
  protected Connection connection(PromptArguments typed, Next next) throws InvalidCommand {
    return connection();
  }

  @Override
  protected String id(Connection connection) {
    return "";
  }

  @Override
  protected SendResult say(Connection connection, Opcode type, ByteBuffer payload) {
    return connection.speak(type, payload);
  }

  private void frame(PromptArguments typed) throws InvalidCommand {
    Connection connection = connection();
    FrameLine.write(
        FrameLine.read(typed, replies()), maskingKeys, piece -> connection.sendRaw(piece));
  }

  private void fragment(PromptArguments typed) throws InvalidCommand {
    try {
      int most = (int) Quantities.bytes(typed.word(), 0, LONGEST_FRAGMENT);
      client.behave(behaviour -> behaviour.fragment(most));
    } catch (InvalidParameter e) {
      throw new InvalidCommand(String.valueOf(e.getMessage()));
    }
  }

  private void repeat(PromptArguments typed) throws InvalidCommand {
    connection();
    try {
      long times = Quantities.count(typed.word(), 1, MOST_REPEATS);
      Duration every = Quantities.duration(typed.word(), SHORTEST, LONGEST);
      client.conversation().repeat(new Script.Send(Opcode.TEXT, utf8(typed.rest())), times, every);
    } catch (InvalidParameter e) {
      throw new InvalidCommand(String.valueOf(e.getMessage()));
    }
  }

  private void reconnect(PromptArguments typed) {
    client.reconnect();
  }

  private Connection connection() throws InvalidCommand {
    Connection connection = client.connection();
    if (connection == null) {
      throw new InvalidCommand("not connected; /reconnect connects again");
    }
    return connection;
  }
}
