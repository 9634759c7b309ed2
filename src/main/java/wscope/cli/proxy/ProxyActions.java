package wscope.cli.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jline.reader.Candidate;
import org.jspecify.annotations.Nullable;
import wscope.cli.prompt.Candidates;
import wscope.cli.prompt.InvalidCommand;
import wscope.cli.prompt.LiveActions;
import wscope.cli.prompt.PromptArguments;
import wscope.cli.prompt.PromptCommand;
import wscope.cli.prompt.PromptTable;
import wscope.cli.prompt.PromptValues;
import wscope.connection.Behaviour;
import wscope.protocol.rule.Endpoint;
import wscope.proxy.ProxiedConnection;
import wscope.proxy.Proxy;
import wscope.report.LiveView;
import wscope.report.text.AddressText;
import wscope.report.text.Durations;
import wscope.report.text.SafeText;
import wscope.report.text.Screen;

/** Runs the commands at the prompt of {@code wscope proxy}, on the thread of the proxy. */
final class ProxyActions extends LiveActions {
  /** The table of all commands. */
  static final PromptTable<ProxyActions> TABLE =
      table(
          List.of(
              "Bytes pass as received until a command changes something.",
              "A command without an ID is for the newest WebSocket; an ID is 7 or #7."),
          List.of(
              new PromptCommand<>("list", "", "show the connections", ProxyActions::list),
              new PromptCommand<>(
                  "hold",
                  "[ID]",
                  "let messages wait; /hold again passes them on",
                  ProxyActions::hold),
              new PromptCommand<>("next", "[ID]", "pass on the next message", ProxyActions::next),
              new PromptCommand<>(
                  "drop",
                  "[ID]",
                  "discard the message that /next would pass on",
                  ProxyActions::drop),
              new PromptCommand<>(
                  "inject",
                  "[ID] c|s TEXT",
                  "send a text message as if from the client (c) or the server (s)",
                  ProxyActions::inject),
              new PromptCommand<>(
                  "close",
                  "[ID] [CODE [REASON]]",
                  "send a Close to both ends; default code: 1000",
                  ProxyActions::close)),
          "stop the proxy");

  private static final int STATE = 8;
  private static final int AGE = 28;
  private static final int CLIENT = 42;
  private static final int SERVER = 66;

  /** The number of digits of a close code, which no shorter number can be. */
  private static final int CODE_DIGITS = 4;

  private static final int MOST_NUMBERS = 10;

  private final Proxy proxy;
  private final Supplier<? extends Collection<Long>> numbers;

  /**
   * Creates the actions of a prompt.
   *
   * @param replies the screen for replies to commands
   * @param view the view of the report, which commands change
   * @param numbers supplies the numbers of the connections, on any thread
   */
  ProxyActions(
      Proxy proxy, Screen replies, LiveView view, Supplier<? extends Collection<Long>> numbers) {
    super(replies, view);
    this.proxy = proxy;
    this.numbers = numbers;
  }

  @Override
  public String welcome() {
    return "Every byte passes as received until you change something; /help shows the commands.";
  }

  @Override
  public String prompt() {
    return "proxy> ";
  }

  @Override
  public void line(String line) throws InvalidCommand {
    throw new InvalidCommand(
        "nothing was sent: write /inject c TEXT to send as the client, or /inject s TEXT to send"
            + " as the server");
  }

  @Override
  public List<Candidate> candidates(String argument) {
    return argument.equals("ID")
        ? Candidates.words(numbers.get().stream().map(String::valueOf).toList())
        : List.of();
  }

  private void list(PromptArguments typed) {
    List<ProxiedConnection> all = proxy.proxied();
    if (all.isEmpty()) {
      replies().text("no client is connected").endLine();
      return;
    }
    replies().text("ID").pad(STATE).text("state").pad(AGE).text("since");
    replies().pad(CLIENT).text("client").pad(SERVER).text("server").endLine();
    for (ProxiedConnection each : all) {
      replies().text("#").number(each.number()).pad(STATE).text(state(each)).pad(AGE);
      Durations.show(replies(), each.lasted());
      AddressText.show(replies().pad(CLIENT), each.clientAddress());
      SafeText.line(replies().pad(SERVER), each.serverUrl());
      replies().endLine();
    }
  }

  private static String state(ProxiedConnection connection) {
    if (!connection.isWebSocket()) {
      return "http";
    }
    if (!connection.isOpen()) {
      return "not open";
    }
    int waiting = connection.waiting();
    return waiting > 0 || connection.isHolding() ? waiting + " held" : "open";
  }

  private void hold(PromptArguments typed) throws InvalidCommand {
    ProxiedConnection connection = connection(typed);
    boolean on = !connection.isHolding();
    connection.hold(on);
    replies().text("#").number(connection.number());
    replies()
        .text(
            on
                ? ": messages wait; /next passes one on, /drop discards one, /hold ends this"
                : ": messages pass again")
        .endLine();
  }

  private void next(PromptArguments typed) throws InvalidCommand {
    ProxiedConnection connection = connection(typed);
    checkWaits(connection, connection.next());
  }

  private void drop(PromptArguments typed) throws InvalidCommand {
    ProxiedConnection connection = connection(typed);
    checkWaits(connection, connection.dropNext());
  }

  private static void checkWaits(ProxiedConnection connection, boolean found)
      throws InvalidCommand {
    if (!found) {
      throw new InvalidCommand(
          "no message of #"
              + connection.number()
              + " waits"
              + (connection.isHolding()
                  ? ""
                  : "; type /hold " + connection.number() + " to let messages wait"));
    }
  }

  private void inject(PromptArguments typed) throws InvalidCommand {
    ProxiedConnection connection = connection(typed);
    String side = typed.next();
    Endpoint sender =
        switch (side.toLowerCase(Locale.ROOT)) {
          case "c" -> Endpoint.CLIENT;
          case "s" -> Endpoint.SERVER;
          default ->
              throw new InvalidCommand(
                  "'" + side + "' is not c or s: write c to send as the client, s as the server");
        };
    ByteBuffer text = ByteBuffer.wrap(typed.text().getBytes(UTF_8));
    if (!connection.inject(sender, text)) {
      replies().words(0).text("it is sent when the message that the ").text(sender.id());
      replies().text(" is sending has ended").endLine();
    }
  }

  private void close(PromptArguments typed) throws InvalidCommand {
    boolean code =
        PromptValues.isNumber(typed.peek())
            && typed.peek().length() >= CODE_DIGITS
            && find(typed.peek()) == null;
    ProxiedConnection connection = code ? newest() : connection(typed);
    Behaviour.Close close = PromptValues.close(typed, "start wscope proxy with --fault SENDER:");
    connection.close(close.code(), close.reason());
  }

  /** The connection that the next word names; without a number, the newest one. */
  private ProxiedConnection connection(PromptArguments typed) throws InvalidCommand {
    String next = typed.peek();
    if (!next.startsWith("#") && !PromptValues.isNumber(next)) {
      return newest();
    }
    String word = typed.word();
    ProxiedConnection found = find(word);
    if (found == null) {
      String name = word.startsWith("#") ? word : "#" + word;
      throw new InvalidCommand("unknown connection " + name + "; " + open());
    }
    if (!found.isOpen()) {
      throw new InvalidCommand("the WebSocket of #" + found.number() + " is not open");
    }
    return found;
  }

  private @Nullable ProxiedConnection find(String word) {
    long number = PromptValues.id(word);
    for (ProxiedConnection each : proxy.proxied()) {
      if (each.number() == number) {
        return each;
      }
    }
    return null;
  }

  private ProxiedConnection newest() throws InvalidCommand {
    List<ProxiedConnection> all =
        proxy.proxied().stream().filter(ProxiedConnection::isOpen).toList();
    if (all.isEmpty()) {
      throw new InvalidCommand("no WebSocket is open");
    }
    return all.get(all.size() - 1);
  }

  /** The open connections, in a few words. */
  private String open() {
    List<String> names =
        proxy.proxied().stream()
            .filter(ProxiedConnection::isOpen)
            .map(each -> "#" + each.number())
            .toList();
    if (names.isEmpty()) {
      return "no WebSocket is open";
    }
    boolean more = names.size() > MOST_NUMBERS;
    return "open: "
        + String.join(", ", names.subList(0, Math.min(names.size(), MOST_NUMBERS)))
        + (more ? " and more, see /list" : "");
  }
}
