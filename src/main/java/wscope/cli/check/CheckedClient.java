package wscope.cli.check;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import wscope.check.Case;
import wscope.check.CheckListener;
import wscope.check.CheckSettings;
import wscope.check.Checker;
import wscope.check.ClientSettings;
import wscope.check.Probe;
import wscope.check.ProbeStep;
import wscope.cli.option.ShellWord;
import wscope.protocol.DeflateRequirement;
import wscope.protocol.Fault;
import wscope.protocol.Faults;
import wscope.protocol.rule.Endpoint;

/**
 * A client that connects to wscope.
 *
 * @param options the options that say how it connects, as typed
 * @param command the words of the command after {@code --}; empty for none
 */
record CheckedClient(ClientSettings settings, String options, List<String> command)
    implements CheckedPeer {
  @Override
  public Endpoint endpoint() {
    return Endpoint.CLIENT;
  }

  @Override
  public String name() {
    return switch (settings.arrival()) {
      case COMMAND -> words();
      case PAGE -> "the page in the browser";
      case LOOP -> "a client that connects by itself";
    };
  }

  private String words() {
    return command.stream().map(ShellWord::of).collect(Collectors.joining(" "));
  }

  @Override
  public String gone() {
    return "the client opens no more connections";
  }

  @Override
  public String advice(ProbeStep step, Probe probe) {
    return switch (step.name()) {
      case "connection" -> onConnection();
      case "request" ->
          "a client begins with an HTTP request that has Upgrade: websocket (RFC 6455 §4.1);"
              + " wscope serve shows all that it sends";
      case "ping" -> "a client replies to each ping with a pong (RFC 6455 §5.5.2)";
      case "close" ->
          "a client replies to a Close with a Close, and disconnects (RFC 6455 §5.5.1, §7.1.1)";
      default -> "";
    };
  }

  private String onConnection() {
    return settings.arrival() == ClientSettings.Arrival.COMMAND
        ? "the command has to open the URL that replaces {url}, also in the variable WSCOPE_URL;"
            + " run it by itself against wscope serve to see what it does"
        : "";
  }

  @Override
  public String probeCommand() {
    return check("--probe");
  }

  @Override
  public String command(Case one) {
    Fault fault = one.fault() == null ? null : Faults.find(Endpoint.SERVER, one.fault());
    if (fault == null || settings.arrival() != ClientSettings.Arrival.COMMAND) {
      return check("--case " + ShellWord.of(one.id()));
    }
    String plain = fault.deflate() == DeflateRequirement.ABSENT ? " --no-compress" : "";
    String behaviour = " --reply none --greet Hello --after 1s --detail frames" + plain;
    return "wscope serve --port 0" + behaviour + " --fault " + fault.id() + " -- " + words();
  }

  private String check(String option) {
    String after = command.isEmpty() ? "" : " -- " + words();
    return "wscope check --client" + options + " " + option + after;
  }

  @Override
  public Checker checker(CheckSettings check, List<Case> cases, CheckListener listener)
      throws IOException {
    return Checker.ofClient(settings, check, cases, listener);
  }
}
