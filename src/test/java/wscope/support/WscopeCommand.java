package wscope.support;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import wscope.cli.Run;

/** Starts the built wscope, each time in a new process. */
public final class WscopeCommand implements AutoCloseable {
  private static final int TIMEOUT_SECONDS = 20;

  private final List<String> command;
  private final Map<String, String> environment;
  private final List<Process> processes = new ArrayList<>();
  private @Nullable Path directory;

  private WscopeCommand(List<String> command, Map<String, String> environment) {
    this.command = command;
    this.environment = environment;
  }

  /** The jar, in the environment of this test. */
  public static WscopeCommand ofJar(String... javaOptions) {
    List<String> command = new ArrayList<>(List.of(java().toString()));
    command.addAll(List.of(javaOptions));
    command.addAll(List.of("-jar", jar().toString()));
    return of(command);
  }

  /** Any command that starts wscope, in the environment of this test. */
  public static WscopeCommand of(List<String> command) {
    // If a variable holds options for the JVM, the JVM reports this on stderr.
    return new WscopeCommand(List.copyOf(command), new HashMap<>(System.getenv()))
        .without(name -> name.matches(".*JAVA_.*OPTIONS"));
  }

  /** The executable, in a minimal environment with the Java of this test, without an archive. */
  public static WscopeCommand ofExecutable() {
    return ofExecutable(executable());
  }

  /** The same for an executable elsewhere. */
  public static WscopeCommand ofExecutable(Path file) {
    return new WscopeCommand(List.of(file.toString()), new HashMap<>())
        .with("JAVA_HOME", System.getProperty("java.home"))
        .with("PATH", System.getenv("PATH"))
        .with("LC_ALL", "C.UTF-8")
        .with("WSCOPE_NO_ARCHIVE", "yes");
  }

  public static Path jar() {
    return Path.of(System.getProperty("wscope.jar"));
  }

  public static Path executable() {
    return jar().resolveSibling("wscope");
  }

  /** The command {@code java} of this test. */
  public static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  public WscopeCommand with(String variable, Object value) {
    environment.put(variable, value.toString());
    return this;
  }

  public WscopeCommand with(Map<String, String> variables) {
    environment.putAll(variables);
    return this;
  }

  public WscopeCommand without(String variable) {
    environment.remove(variable);
    return this;
  }

  public WscopeCommand without(Predicate<String> variables) {
    environment.keySet().removeIf(variables);
    return this;
  }

  public WscopeCommand in(Path workingDirectory) {
    directory = workingDirectory;
    return this;
  }

  public Process start(String... args) throws IOException {
    return started(command, args);
  }

  /** Starts another program, which starts wscope, in the same environment. */
  public Process startThrough(String starter, String... args) throws IOException {
    return started(List.of(starter), args);
  }

  /** Starts a server and waits until it listens. */
  public ServerProcess serve(String... args) throws IOException {
    return listening("serve", args);
  }

  /** Starts a proxy and waits until it listens. */
  public ServerProcess proxy(String... args) throws IOException {
    return listening("proxy", args);
  }

  private ServerProcess listening(String name, String... args) throws IOException {
    List<String> all = new ArrayList<>(List.of(name));
    all.addAll(List.of(args));
    return new ServerProcess(start(all.toArray(String[]::new)));
  }

  /** Runs the command to its end. */
  public Run run(String... args) throws Exception {
    return finish(start(args));
  }

  /** Runs the command to its end with a text on standard input. */
  public Run reading(String text, String... args) throws Exception {
    Process process = start(args);
    try (OutputStream in = process.getOutputStream()) {
      in.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      // A command that reads no input may have ended already.
    }
    return finish(process);
  }

  /** Closes the input of a process, waits for its end, and returns its output and exit code. */
  public static Run finish(Process process) throws Exception {
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
    return new Run(exitCode(process), out, err);
  }

  static int exitCode(Process process) throws InterruptedException {
    assertTrue(process.waitFor(TIMEOUT_SECONDS, SECONDS), "the process does not end");
    return process.exitValue();
  }

  private Process started(List<String> start, String... args) throws IOException {
    List<String> all = new ArrayList<>(start);
    all.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(all);
    if (directory != null) {
      builder.directory(directory.toFile());
    }
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  /** Kills the processes that still run. */
  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
  }
}
