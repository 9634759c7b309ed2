package wscope.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;

/** A server in a separate process, which prints its port first. */
final class ServerScript implements AutoCloseable {
  private final Process process;
  private final BufferedReader lines;
  private final int port;

  ServerScript(List<String> command) throws IOException {
    Tool.onPath(command.get(0));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(ClientProcess.SCRIPTS.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    ClientProcess.environment(builder.environment());
    process = builder.start();
    lines = process.inputReader(UTF_8);
    port = Integer.parseInt(line());
  }

  /**
   * The URL of the server.
   *
   * @param path begins with a slash
   */
  String url(String path) {
    return "ws://127.0.0.1:" + port + path;
  }

  int port() {
    return port;
  }

  /** The next line that the server prints. */
  String line() throws IOException {
    String line = lines.readLine();
    assertNotNull(line, "the server ended too early");
    return line;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
