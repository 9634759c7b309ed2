package wscope.interop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A program such as nginx, with a configuration file in which words are replaced by values. */
final class ConfiguredProgram implements AutoCloseable {
  private static final int STARTING_MILLIS = 20_000;

  private final Process process;

  /**
   * Starts a program and waits until it listens.
   *
   * @param folder for its files
   * @param configuration the name of the configuration file
   * @param values what replaces the words in that file
   * @param port a port on which the program listens then
   * @param command the program and its options; the configuration file follows
   */
  ConfiguredProgram(
      Path folder, String configuration, Map<String, ?> values, int port, String... command)
      throws IOException {
    Tool.onPath(command[0]);
    String text = Files.readString(ClientProcess.SCRIPTS.resolve(configuration));
    for (Map.Entry<String, ?> value : values.entrySet()) {
      text = text.replaceAll("\\b" + value.getKey() + "\\b", value.getValue().toString());
    }
    Path log = folder.resolve(configuration + ".log");
    List<String> all = new ArrayList<>(List.of(command));
    all.add(Files.writeString(folder.resolve(configuration), text).toString());
    process =
        new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    awaitListener(port, log);
  }

  /** A port on which nobody listens now. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Connects until somebody accepts. None of these programs says when it listens. */
  private void awaitListener(int port, Path log) throws IOException {
    long end = System.nanoTime() + STARTING_MILLIS * 1_000_000L;
    while (true) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > end) {
          throw new AssertionError(Files.readString(log), e);
        }
        Thread.onSpinWait();
      }
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
