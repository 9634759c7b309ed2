package wscope.cli.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import wscope.check.ClientSettings;
import wscope.check.ClientSettings.Arrival;
import wscope.check.ClientStarter;
import wscope.cli.option.Converter;
import wscope.cli.option.Flag;
import wscope.cli.option.QuantityOption;
import wscope.cli.option.ShellWord;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.cli.process.Stdio;

/** The options that say which client is checked, and how it connects. */
final class ClientOptions {
  static final String CLIENT = "--client";
  private static final String BROWSER = "--browser";
  private static final String WAIT = "--wait";
  private static final String PORT = "--port";
  private static final String CONNECT_TIME = "--arrival-time";
  private static final String DELIMITER = "--";
  private static final String URL = "{url}";
  private static final String URL_VARIABLE = "WSCOPE_URL";
  private static final int MOST_PORT = 65535;

  private final OptionSpec client;
  private final OptionSpec browser;
  private final OptionSpec wait;
  private final OptionSpec port;
  private final OptionSpec connectTime;

  ClientOptions(CommandSpec spec) {
    client =
        Flag.of(
            CLIENT,
            "Check a client instead of a server: start COMMAND once for each case. It has to"
                + " connect to the URL in place of {url}, and to end when its connection ends.");
    browser =
        Flag.of(
            BROWSER,
            "Check a browser: open a page of wscope in Chromium, without a window, or in COMMAND."
                + " If there is neither, print the URL of the page and wait.");
    wait =
        Flag.of(WAIT, "Wait for a client that you start, and that connects again after each case.");
    port =
        OptionSpec.builder(PORT, "-p")
            .paramLabel("PORT")
            .type(Integer.class)
            .converters(new Converter<>(ClientOptions::port))
            .description("Listen for the client on this port. Default: a free one.")
            .build();
    connectTime =
        QuantityOption.time(
            CONNECT_TIME,
            Duration.ofSeconds(10),
            "Allow at most TIME for a client to start and connect.");
    spec.addOption(client).addOption(browser).addOption(wait).addOption(port);
    spec.addOption(connectTime);
  }

  boolean isGiven() {
    return Flag.isSet(client);
  }

  /**
   * Refuses options that are about the other kind of check.
   *
   * @param ofServers the names of the options that say how to reach a server
   */
  void check(ParseResult parsed, Set<String> ofServers) throws Failure {
    for (OptionSpec option : parsed.matchedOptions()) {
      String name = option.longestName();
      if (isGiven() && ofServers.contains(name)) {
        throw new Failure(ExitCode.USAGE, name + " is about a server; leave it out with " + CLIENT);
      }
      boolean ofClients = Set.of(BROWSER, WAIT, PORT, CONNECT_TIME).contains(name);
      if (!isGiven() && ofClients) {
        throw new Failure(ExitCode.USAGE, name + " is about a client; add " + CLIENT);
      }
    }
    if (Flag.isSet(browser) && Flag.isSet(wait)) {
      throw new Failure(ExitCode.USAGE, BROWSER + " cannot be combined with " + WAIT);
    }
  }

  /**
   * The client.
   *
   * @param words the arguments that are not options
   * @param parallel the number of cases that run at once
   */
  CheckedClient client(List<String> words, ParseResult parsed, long parallel, Stdio stdio)
      throws Failure {
    boolean isDelimited = parsed.originalArgs().contains(DELIMITER);
    if (!words.isEmpty() && !isDelimited) {
      throw new Failure(
          ExitCode.USAGE,
          "'" + words.get(0) + "': write -- before the command, as in -- ./client {url}");
    }
    Arrival arrival =
        Flag.isSet(browser) ? Arrival.PAGE : Flag.isSet(wait) ? Arrival.LOOP : Arrival.COMMAND;
    if (arrival != Arrival.COMMAND && parallel > 1) {
      String option = arrival == Arrival.PAGE ? BROWSER : WAIT;
      throw new Failure(
          ExitCode.USAGE, "--parallel cannot be combined with " + option + ": cases run in turn");
    }
    ClientSettings settings =
        new ClientSettings(
            arrival,
            port.getValue() == null ? 0 : port.<Integer>getValue(),
            starter(arrival, words),
            connectTime.getValue(),
            url -> announce(arrival, url, words, stdio));
    return new CheckedClient(settings, typed(), words);
  }

  private @Nullable ClientStarter starter(Arrival arrival, List<String> words) throws Failure {
    if (arrival == Arrival.LOOP) {
      if (!words.isEmpty()) {
        throw new Failure(
            ExitCode.USAGE, WAIT + " takes no command; start the client yourself, or omit " + WAIT);
      }
      return null;
    }
    if (arrival == Arrival.PAGE && words.isEmpty()) {
      return Browser.find(System.getenv("PATH"));
    }
    if (words.isEmpty()) {
      throw new Failure(
          ExitCode.USAGE,
          "a COMMAND is missing; write one such as -- ./client {url}, or use "
              + WAIT
              + " or "
              + BROWSER);
    }
    if (words.stream().noneMatch(word -> word.contains(URL) || word.contains(URL_VARIABLE))) {
      throw new Failure(
          ExitCode.USAGE,
          "the command has no {url}; write it where the URL belongs, as in -- "
              + ShellWord.of(words.get(0))
              + " {url}");
    }
    return new ClientProgram(words);
  }

  /** Says where the client has to connect, if the user has to start it. */
  private static void announce(Arrival arrival, String url, List<String> words, Stdio stdio) {
    boolean isStarted =
        arrival == Arrival.COMMAND
            || (arrival == Arrival.PAGE
                && (!words.isEmpty() || Browser.find(System.getenv("PATH")) != null));
    if (isStarted) {
      return;
    }
    String what =
        arrival == Arrival.PAGE
            ? "open this page in a browser: "
            : "waiting for a client that connects again and again to ";
    try {
      stdio.err().write((what + url + "\n").getBytes(StandardCharsets.UTF_8));
      stdio.err().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The options as typed, for a command that shows a case again. */
  private String typed() {
    List<String> all = new ArrayList<>();
    if (Flag.isSet(browser)) {
      all.add(BROWSER);
    }
    if (Flag.isSet(wait)) {
      all.add(WAIT);
    }
    if (port.getValue() != null) {
      all.add(PORT + " " + port.<Integer>getValue());
    }
    return all.isEmpty() ? "" : " " + String.join(" ", all);
  }

  private static Integer port(String text) {
    try {
      int number = Integer.parseInt(text);
      if (number >= 0 && number <= MOST_PORT) {
        return number;
      }
    } catch (NumberFormatException e) {
      // It is reported like a number that is too large.
    }
    throw new TypeConversionException("'" + text + "' is not a port from 0 to " + MOST_PORT);
  }
}
