package wscope.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A client in a separate process. {@code .ci/run} installs what it needs. */
final class ClientProcess implements AutoCloseable {
  static final Path SCRIPTS = Path.of("src/test/interop").toAbsolutePath();
  private static final Path NODE_MODULES = SCRIPTS.resolve("node_modules");
  private static final Path PYTHON_MODULES = SCRIPTS.resolve("site-packages");

  private final Process process;
  private final BufferedReader output;

  /**
   * Starts a client.
   *
   * @param pem a certificate to trust; null for none
   */
  ClientProcess(@Nullable Path pem, List<String> command) throws IOException {
    Tool.onPath(command.get(0));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(SCRIPTS.toFile()).redirectErrorStream(true);
    environment(builder.environment());
    if (pem != null) {
      builder.environment().put("NODE_EXTRA_CA_CERTS", pem.toString());
      builder.environment().put("SSL_CERT_FILE", pem.toString());
    }
    process = builder.start();
    output = process.inputReader(UTF_8);
  }

  /** Sets the variables with which Python finds its modules and writes UTF-8. */
  static void environment(Map<String, String> variables) {
    variables.put("PYTHONPATH", PYTHON_MODULES.toString());
    variables.put("PYTHONDONTWRITEBYTECODE", "1");
    variables.put("PYTHONIOENCODING", "UTF-8");
  }

  /** The command that runs a script with Python or Node, depending on its file extension. */
  static List<String> script(String name, String... arguments) {
    boolean python = name.endsWith(".py");
    Tool.folder(NODE_MODULES.resolve("wscat"), "npm ci --prefix src/test/interop --ignore-scripts");
    Tool.folder(
        PYTHON_MODULES.resolve("websockets"),
        "python3 -m pip install --target src/test/interop/site-packages -r src/test/interop/requirements.txt");
    if (name.startsWith("chromium") || name.startsWith("page")) {
      Tool.onPath(System.getenv().getOrDefault("CHROMIUM", "chromium"));
    }
    List<String> command = new ArrayList<>(List.of(python ? "python3" : "node", name));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Runs a client without input to its end, and returns its output. */
  static String run(@Nullable Path pem, List<String> command) throws Exception {
    try (ClientProcess client = new ClientProcess(pem, command)) {
      return client.rest();
    }
  }

  /**
   * Runs a client that prints a line with "ok" or "FAIL" for each check.
   *
   * @param checks the minimum number of checks
   * @return the lines of failed checks, and any other output
   */
  static String failures(int checks, @Nullable Path pem, List<String> command) throws Exception {
    List<String> lines = run(pem, command).lines().toList();
    assertTrue(lines.size() >= checks, () -> "too few checks: " + lines);
    return String.join("\n", lines.stream().filter(line -> !line.startsWith("ok ")).toList());
  }

  void type(String line) throws IOException {
    Writer input = process.outputWriter(UTF_8);
    input.write(line + "\n");
    input.flush();
  }

  String line() throws IOException {
    String line = output.readLine();
    assertNotNull(line, "the client ended too early");
    return line;
  }

  /** Reads the output to the end of the process, which must exit with 0. */
  String rest() throws Exception {
    String rest = String.join("\n", output.lines().toList());
    assertTrue(process.waitFor(10, SECONDS), "the client does not end");
    assertEquals(0, process.exitValue(), rest);
    return rest;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
