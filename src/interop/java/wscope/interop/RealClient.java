package wscope.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.java_websocket.WebSocket;
import wscope.cli.LoopedClient;
import wscope.cli.Run;
import wscope.interop.client.JavaWebSocketEchoClient;
import wscope.interop.client.JdkEchoClient;

/** The real clients whose scores are known. Each returns the messages that it gets. */
enum RealClient {
  /** A command, started once for each case. */
  WS("ws") {
    @Override
    Run check(List<String> options) throws Exception {
      return command("ws-echo-client.mjs", options);
    }

    @Override
    String version() throws Exception {
      Path manifest = ClientProcess.SCRIPTS.resolve("node_modules/ws/package.json");
      return found("\"version\": *\"(.*)\"", Files.readString(manifest))
          + " on Node "
          + output("node", "--version");
    }
  },

  /** A command, started once for each case. */
  WEBSOCKETS("websockets") {
    @Override
    Run check(List<String> options) throws Exception {
      return command("websockets-echo-client.py", options);
    }

    @Override
    String version() throws Exception {
      return found(
              "websockets==(\\S+)",
              Files.readString(ClientProcess.SCRIPTS.resolve("requirements.txt")))
          + " on "
          + output("python3", "--version");
    }
  },

  /** A page of wscope in one browser, which connects again. */
  CHROMIUM("Chromium") {
    @Override
    Run check(List<String> options) {
      Tool.onPath("chromium");
      List<String> args = new ArrayList<>(List.of("check", "--client", "--browser"));
      args.addAll(options);
      return Run.of(args.toArray(String[]::new));
    }

    @Override
    String version() throws Exception {
      return found("(\\d+\\.\\S+)", output("chromium", "--version"));
    }
  },

  /** In this process; it connects again. */
  JDK("JDK") {
    @Override
    Run check(List<String> options) throws Exception {
      // It never gives up some connections with large messages or a reset, and holds up the others.
      List<String> all = new ArrayList<>(List.of("--group", GROUPS_OF_JDK));
      all.addAll(options);
      return LoopedClient.of(all, JdkEchoClient::connect);
    }

    @Override
    String version() {
      return Runtime.version() + ", without the groups limits, abort and many";
    }
  },

  /** In this process; it connects again. */
  JAVA_WEBSOCKET("Java-WebSocket") {
    @Override
    Run check(List<String> options) throws Exception {
      return LoopedClient.of(options, JavaWebSocketEchoClient::connect);
    }

    @Override
    String version() {
      return found(
          "Java-WebSocket-(.*)\\.jar",
          WebSocket.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    }
  };

  private static final String GROUPS_OF_JDK =
      "handshake,offers,framing,fragments,utf8,close,deflate,sending";

  private final String product;

  RealClient(String product) {
    this.product = product;
  }

  /** The name of the product, as the tables have it. */
  String product() {
    return product;
  }

  /** Runs {@code wscope check --client} with these options. */
  abstract Run check(List<String> options) throws Exception;

  abstract String version() throws Exception;

  private static Run command(String script, List<String> options) {
    List<String> args = new ArrayList<>(List.of("check", "--client", "--parallel", "4"));
    args.addAll(options);
    String program = ClientProcess.script(script).get(0);
    args.addAll(List.of("--", "env"));
    args.add("PYTHONPATH=" + ClientProcess.SCRIPTS.resolve("site-packages"));
    args.addAll(List.of(program, ClientProcess.SCRIPTS.resolve(script).toString(), "{url}"));
    return Run.of(args.toArray(String[]::new));
  }

  private static String found(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("no version in " + text);
    }
    return String.valueOf(matcher.group(1));
  }

  private static String output(String... command) throws IOException {
    Process process = new ProcessBuilder(command).start();
    return new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
        .strip();
  }
}
