package wscope.cli.connect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import wscope.cli.Run;

/** Runs {@code wscope connect} in this process, and replaces what differs from run to run. */
final class ConnectRun {
  private ConnectRun() {}

  /** Runs the command with an empty standard input. */
  static Run of(int port, String path, String... options) {
    return reading("", port, path, options);
  }

  /** Runs the command with a text on standard input. */
  static Run reading(String input, int port, String path, String... options) {
    List<String> args = new ArrayList<>(List.of("connect", "ws://127.0.0.1:" + port + path));
    args.addAll(Arrays.asList(options));
    return steady(Run.reading(input, args.toArray(String[]::new)), port);
  }

  /** Replaces ports, keys and times. */
  static Run steady(Run run, int port) {
    return new Run(run.exitCode(), steady(run.out(), port), steady(run.err(), port));
  }

  static String steady(String text, int port) {
    return text.replace(":" + port, ":PORT")
        .replace("port " + port, "port PORT")
        .replaceAll("Sec-WebSocket-Key: \\S+", "Sec-WebSocket-Key: KEY")
        .replaceAll("Sec-WebSocket-Accept: \\S+", "Sec-WebSocket-Accept: ACCEPT")
        .replaceAll("= accept       \\S+", "= accept       ACCEPT")
        .replaceAll("key [0-9a-f]{8}", "key 01234567")
        .replaceAll("in \\d+\\.\\d+ ms", "in TIME")
        .replaceAll("(after|lasted|within) ( *)\\d+(\\.\\d)? m?s", "$1 $2TIME");
  }
}
