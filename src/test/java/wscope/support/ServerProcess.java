package wscope.support;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import wscope.cli.Run;

/** {@code wscope serve} in a separate process, listening on 127.0.0.1. */
public final class ServerProcess implements AutoCloseable {
  private static final Pattern URL = Pattern.compile("\\b(?:ws|http)s?://127\\.0\\.0\\.1:(\\d+)");

  private final Process process;
  private final BufferedReader out;
  private final String listening;
  private final InetSocketAddress address;

  /** Waits for the first line of the output, which says where the server listens. */
  public ServerProcess(Process process) throws IOException {
    this.process = process;
    out = process.inputReader(UTF_8);
    listening = String.valueOf(out.readLine());
    Matcher url = URL.matcher(listening);
    if (!url.find()) {
      process.destroyForcibly();
      fail("the first line does not say where the server listens: " + listening + "\n" + errors());
    }
    int port = Integer.parseInt(url.group(1));
    address = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
  }

  /** The first line of the output. */
  public String listening() {
    return listening;
  }

  public InetSocketAddress address() {
    return address;
  }

  public long pid() {
    return process.pid();
  }

  public OutputStream in() {
    return process.getOutputStream();
  }

  /** The standard output after the first line. */
  public BufferedReader out() {
    return out;
  }

  /** A client that has sent nothing. */
  public RawClient connect() throws IOException {
    return new RawClient(address);
  }

  /** A client that has opened a WebSocket. */
  public RawClient open() throws IOException {
    return connect().open();
  }

  /** Passes each further line of both outputs to the consumers, on background threads. */
  public void onLine(Consumer<String> ofOut, Consumer<String> ofErr) {
    read(out, ofOut);
    read(process.errorReader(UTF_8), ofErr);
  }

  private static void read(BufferedReader lines, Consumer<String> consumer) {
    Thread reader =
        new Thread(
            () -> {
              try {
                lines.lines().forEach(consumer);
              } catch (UncheckedIOException e) {
                // The process has ended.
              }
            },
            "reader");
    reader.setDaemon(true);
    reader.start();
  }

  /** Reads until a line matches, and returns its first group. */
  public String until(String pattern) throws IOException {
    StringBuilder seen = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      Matcher matcher = Pattern.compile(pattern).matcher(line);
      if (matcher.matches()) {
        return matcher.group(1);
      }
      seen.append(line).append('\n');
    }
    return fail(pattern + " is missing in " + seen);
  }

  /**
   * Sends a signal.
   *
   * @param name such as TERM
   */
  public void signal(String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
  }

  /** Whether the process ignores a signal; shells set this for processes in the background. */
  public boolean ignores(int signal) throws IOException {
    Path status = Path.of("/proc/" + pid() + "/status");
    if (!Files.exists(status)) {
      return false;
    }
    int bit = 1 << (signal - 1);
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .mapToLong(line -> HexFormat.fromHexDigitsToLong(line.substring(7).strip()))
        .anyMatch(ignored -> (ignored & bit) != 0);
  }

  /** Sends SIGTERM; further output can still be read. */
  public void terminate() {
    process.toHandle().destroy();
  }

  /** Closes the input, waits for the end, and returns the rest of both outputs. */
  public Run finish() throws Exception {
    process.getOutputStream().close();
    StringWriter rest = new StringWriter();
    out.transferTo(rest);
    String err = errors();
    return new Run(exitCode(), rest.toString(), err);
  }

  /** Reads stderr to the end of the process. */
  public String errors() throws IOException {
    return new String(process.getErrorStream().readAllBytes(), UTF_8);
  }

  /** Waits for the end of the process. */
  public int exitCode() throws InterruptedException {
    return WscopeCommand.exitCode(process);
  }

  /** Kills the process if it still runs. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
