package wscope.bench.process;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in its own process, pinned to its core. Its output is discarded. */
final class EchoServer implements AutoCloseable {
  private static final Path CLIENTS = Path.of("src/test/interop");
  private static final String PASSWORD = "benchmark";
  private static final Path DIRECTORY = Path.of("target/bench");
  private static final Path KEYSTORE = DIRECTORY.resolve("server.p12");
  private static final long LONGEST_START = 60_000_000_000L;

  final int port;
  private final Process process;

  /** What it writes to standard error; the table of results must not be interrupted. */
  private final Path errors;

  private EchoServer(int port, List<String> command) throws IOException {
    this(port, command, Machine.pinned(command));
  }

  private EchoServer(int port, List<String> command, List<String> pinned) throws IOException {
    this.port = port;
    errors = Files.createDirectories(DIRECTORY).resolve(port + ".err");
    ProcessBuilder builder =
        new ProcessBuilder(pinned)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(errors.toFile());
    builder.environment().put("WSCOPE_TLS_PASSWORD", PASSWORD);
    process = builder.start();
    awaitListening(command);
  }

  /** The jar's {@code serve}, which prints to the null device. */
  static EchoServer wscope(Wire wire, String... options) throws IOException, InterruptedException {
    return wscope(Path.of("target/wscope.jar"), wire, options);
  }

  /** The same of any jar of wscope. */
  static EchoServer wscope(Path jar, Wire wire, String... options)
      throws IOException, InterruptedException {
    int port = freePort();
    List<String> command = new ArrayList<>(List.of(Machine.java(), "-jar", jar.toString()));
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

  /** Any echo server that listens on a known port of this machine. */
  static EchoServer program(Path program, int port) throws IOException {
    return new EchoServer(port, List.of(program.toString()));
  }

  /** The jar's {@code serve} as the server behind a proxy, on the core of the clients. */
  static EchoServer backend() throws IOException {
    int port = freePort();
    List<String> command = new ArrayList<>(List.of(Machine.java(), "-jar", "target/wscope.jar"));
    command.addAll(List.of("serve", "--port", Integer.toString(port), "--detail", "none"));
    command.addAll(List.of("--max-connections", "1000000"));
    return new EchoServer(port, command, Machine.withClients(command));
  }

  /** The jar's {@code proxy} before another server. */
  static EchoServer proxy(EchoServer backend, String... options) throws IOException {
    int port = freePort();
    List<String> command = new ArrayList<>(List.of(Machine.java(), "-jar", "target/wscope.jar"));
    command.addAll(List.of("proxy", "--to", "ws://127.0.0.1:" + backend.port));
    command.addAll(List.of("--port", Integer.toString(port)));
    command.addAll(List.of("--max-connections", "1000000"));
    command.addAll(List.of(options));
    return new EchoServer(port, command);
  }

  /** haproxy before another server, with one thread. */
  static EchoServer haproxy(EchoServer backend) throws IOException {
    int port = freePort();
    Path configuration = Files.createDirectories(DIRECTORY).resolve("haproxy.cfg");
    Files.writeString(
        configuration,
        """
        global
          maxconn 4000
          nbthread 1
        defaults
          mode http
          timeout connect 5s
          timeout client 60s
          timeout server 60s
          timeout tunnel 1h
        frontend all
          bind 127.0.0.1:%d
          default_backend echo
        backend echo
          server one 127.0.0.1:%d
        """
            .formatted(port, backend.port));
    return new EchoServer(port, List.of("haproxy", "-f", configuration.toString()));
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
    String said = Files.readString(errors, StandardCharsets.UTF_8);
    throw new IOException(String.join(" ", command) + " does not listen: " + said);
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
