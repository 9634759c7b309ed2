package wscope.bench.process;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in its own process, pinned to its core. Its output is discarded. */
final class EchoServer implements AutoCloseable {
  private static final Path CLIENTS = Path.of("src/test/interop");
  private static final String PASSWORD = "benchmark";
  private static final Path KEYSTORE = Path.of("target/bench/server.p12");
  private static final long LONGEST_START = 60_000_000_000L;

  final int port;
  private final Process process;

  private EchoServer(int port, List<String> command) throws IOException {
    this.port = port;
    ProcessBuilder builder =
        new ProcessBuilder(Machine.pinned(command))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("WSCOPE_TLS_PASSWORD", PASSWORD);
    process = builder.start();
    awaitListening(command);
  }

  /** The jar's {@code serve}, which prints to the null device. */
  static EchoServer wscope(Wire wire, String... options) throws IOException, InterruptedException {
    int port = freePort();
    List<String> command = new ArrayList<>(List.of(Machine.java(), "-jar", "target/wscope.jar"));
    command.addAll(List.of("serve", "--port", Integer.toString(port)));
    command.addAll(List.of("--max-connections", "1000000"));
    if (wire == Wire.TLS) {
      command.addAll(List.of("--tls-keystore", keystore().toString()));
    }
    command.addAll(List.of(options));
    return new EchoServer(port, command);
  }

  /** The echo server of Node's {@code ws}, in the version of the real clients' lock file. */
  static EchoServer ws(Wire wire) throws IOException, InterruptedException {
    int port = freePort();
    List<String> command = new ArrayList<>(List.of("node", "src/bench/node/ws-echo.mjs"));
    command.addAll(List.of(Integer.toString(port), wire.toString()));
    if (wire == Wire.TLS) {
      command.addAll(List.of(keystore().toString(), PASSWORD));
    }
    return new EchoServer(port, command);
  }

  /** Whether {@link #ws} can be started. */
  static boolean hasWs() {
    return Machine.isInstalled("node") && Files.isDirectory(CLIENTS.resolve("node_modules/ws"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** A certificate of localhost for all servers, made once. */
  private static Path keystore() throws IOException, InterruptedException {
    if (!Files.exists(KEYSTORE)) {
      Files.createDirectories(KEYSTORE.getParent());
      String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
      List<String> command = new ArrayList<>(List.of(tool, "-genkeypair", "-keyalg", "EC"));
      command.addAll(List.of("-dname", "CN=localhost", "-storetype", "PKCS12"));
      command.addAll(List.of("-keystore", KEYSTORE.toString(), "-storepass", PASSWORD));
      if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
        throw new IOException("keytool made no certificate");
      }
    }
    return KEYSTORE;
  }

  private void awaitListening(List<String> command) throws IOException {
    long start = System.nanoTime();
    while (process.isAlive() && System.nanoTime() - start < LONGEST_START) {
      try {
        SocketChannel.open(new InetSocketAddress("127.0.0.1", port)).close();
        return;
      } catch (IOException notYet) {
        Thread.onSpinWait();
      }
    }
    close();
    throw new IOException(String.join(" ", command) + " does not listen");
  }

  long pid() {
    return process.pid();
  }

  /** CPU seconds that it has used; NaN if unknown. */
  double cpu() {
    return Machine.cpu(process.pid());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
