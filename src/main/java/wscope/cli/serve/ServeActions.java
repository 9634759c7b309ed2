package wscope.cli.serve;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jline.reader.Candidate;
import picocli.CommandLine.TypeConversionException;
import wscope.cli.option.FileConverter;
import wscope.cli.option.NearestWord;
import wscope.cli.prompt.Candidates;
import wscope.cli.prompt.InvalidCommand;
import wscope.cli.prompt.PeerActions;
import wscope.cli.prompt.PromptArguments;
import wscope.cli.prompt.PromptCommand;
import wscope.cli.prompt.PromptTable;
import wscope.connection.Connection;
import wscope.connection.reply.ReadyReplies;
import wscope.connection.reply.Script;
import wscope.protocol.SendResult;
import wscope.protocol.frame.Opcode;
import wscope.protocol.rule.Endpoint;
import wscope.report.LiveView;
import wscope.report.WholeLines;
import wscope.report.text.Screen;
import wscope.serve.Server;

/** Runs the commands at the prompt of {@code wscope serve}, on the thread of the server. */
final class ServeActions extends PeerActions {
  /** The table of all commands. */
  static final PromptTable<ServeActions> TABLE =
      table(
          List.of(
              "A line without a slash is sent as a text message to the newest connection.",
              "A command without an ID is for the newest connection too; an ID is 7 or #7."),
          commands(),
          "stop the server");

  /** The argument that names replies. */
  private static final String REPLIES = "NAME|FILE|off";

  /** The word that ends replies by a script. */
  private static final String OFF = "off";

  /** The longest file: the longest message that the server accepts by default. */
  private static final long LONGEST_FILE = 16 << 20;

  private final Server server;
  private final ServeTarget target;
  private final WholeLines report;
  private final ReplyScript script;
  private final Supplier<? extends Collection<Long>> numbers;
  private boolean paused;

  /**
   * Creates the actions of a prompt.
   *
   * @param replies the screen for replies to commands, even during a pause
   * @param view the view of the report, which commands change
   * @param report the lines of the report, which are held during a pause
   * @param script the script that replies follow
   * @param numbers supplies the numbers of the connections, on any thread
   */
  ServeActions(
      Server server,
      Screen replies,
      LiveView view,
      WholeLines report,
      ReplyScript script,
      Supplier<? extends Collection<Long>> numbers) {
    super(Endpoint.SERVER, LONGEST_FILE, replies, view);
    this.server = server;
    target = new ServeTarget(server.connections(), replies);
    this.report = report;
    this.script = script;
    this.numbers = numbers;
  }

  private static List<PromptCommand<ServeActions>> commands() {
    List<PromptCommand<ServeActions>> all = new ArrayList<>();
    all.add(new PromptCommand<>("list", "", "show the connections", ServeActions::list));
    all.add(new PromptCommand<>("send", "[ID] TEXT", "send a text message", ServeActions::send));
    all.add(
        new PromptCommand<>(
            "all", "TEXT", "send a text message to all clients", ServeActions::sendAll));
    all.add(
        new PromptCommand<>(
            "others",
            "ID TEXT",
            "send a text message to all clients but one",
            ServeActions::sendOthers));
    all.addAll(commands("[ID] "));
    all.add(
        new PromptCommand<>("reset", "[ID]", "reset TCP, without a Close", ServeActions::reset));
    all.add(
        new PromptCommand<>(
            "reply", REPLIES, "reply as a protocol or a file of rules says", ServeActions::reply));
    all.add(
        new PromptCommand<>(
            "pause", "", "pause the output; /pause again resumes it", ServeActions::pause));
    return all;
  }

  @Override
  public String welcome() {
    return "What you type goes to the newest connection; /help shows the commands.";
  }

  @Override
  public String prompt() {
    return paused ? "paused> " : "serve> ";
  }

  @Override
  public void line(String line) throws InvalidCommand {
    sendText(target.newest(), line);
  }

  @Override
  public void end() {
    resume();
  }

  @Override
  public List<Candidate> candidates(String argument) {
    return switch (argument) {
      case "ID" -> Candidates.words(numbers.get().stream().map(String::valueOf).toList());
      case REPLIES -> Candidates.words(ReadyReplies.NAMES);
      default -> super.candidates(argument);
    };
  }

  @Override
  protected Connection connection(PromptArguments typed, Next next) throws InvalidCommand {
    return switch (next) {
      case WORDS -> target.beforeWords(typed);
      case BYTES -> target.beforeBytes(typed);
      case CODE -> target.beforeCode(typed);
    };
  }

  @Override
  protected String id(Connection connection) {
    return "#" + connection.number();
  }

  @Override
  protected SendResult say(Connection connection, Opcode type, ByteBuffer payload) {
    return connection.send(type, payload);
  }

  private void list(PromptArguments typed) {
    ConnectionTable.show(replies(), server.connections().all());
  }

  private void send(PromptArguments typed) throws InvalidCommand {
    Connection connection = target.beforeWords(typed);
    sendText(connection, typed.text());
  }

  private void sendAll(PromptArguments typed) {
    sentTo(server.connections().sendAll(Opcode.TEXT, utf8(typed.rest()), null));
  }

  private void sendOthers(PromptArguments typed) throws InvalidCommand {
    Connection except = target.named(typed);
    sentTo(server.connections().sendAll(Opcode.TEXT, utf8(typed.rest()), except));
  }

  private void sentTo(int count) {
    replies().text("sent to ").number(count);
    replies().text(count == 1 ? " connection" : " connections");
    List<Connection> excluded = server.connections().excluded();
    if (!excluded.isEmpty()) {
      replies().text(", but not to ").text(ConnectionTable.otherOrigins(excluded));
    }
    replies().endLine();
  }

  private void reset(PromptArguments typed) throws InvalidCommand {
    target.beforeWords(typed).reset();
  }

  private void reply(PromptArguments typed) throws InvalidCommand {
    String name = typed.rest().strip();
    Script ready = ReadyReplies.find(name.toLowerCase(Locale.ROOT));
    if (ready != null) {
      script.use(ready);
    } else if (name.equalsIgnoreCase(OFF)) {
      script.off();
    } else {
      script.use(replyFile(name));
    }
  }

  private static Path replyFile(String name) throws InvalidCommand {
    try {
      Path file = new FileConverter().convert(name);
      if (Files.exists(file)) {
        return file;
      }
    } catch (TypeConversionException e) {
      throw new InvalidCommand(String.valueOf(e.getMessage()));
    }
    List<String> words = new ArrayList<>(ReadyReplies.NAMES);
    words.add(OFF);
    throw new InvalidCommand(
        "'"
            + name
            + "' is neither a file nor one of "
            + String.join(", ", words)
            + NearestWord.advice(name, words));
  }

  private void pause(PromptArguments typed) {
    if (paused) {
      resume();
    } else {
      paused = true;
      report.hold();
      replies().text("paused; type /pause again to resume").endLine();
    }
  }

  /** Shows the report again, and the number of its lines that were not shown. */
  private void resume() {
    if (paused) {
      paused = false;
      long lines = report.release();
      replies().number(lines).text(lines == 1 ? " line was" : " lines were");
      replies().text(" not shown").endLine();
    }
  }
}
