package wscope.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Starts the executable as a user would, with nothing in the environment but what is set here. */
final class Launched {
  private final Path executable;
  private final Map<String, String> environment = new HashMap<>();

  /** With the Java of this test and the system's PATH, and without archive. */
  Launched(Path executable) {
    this.executable = executable;
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("PATH", System.getenv("PATH"));
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("WSCOPE_NO_ARCHIVE", "yes");
  }

  /** The file that the build makes. */
  static Path built() {
    return Path.of(System.getProperty("wscope.jar")).resolveSibling("wscope");
  }

  Launched with(String variable, Object value) {
    environment.put(variable, value.toString());
    return this;
  }

  Launched without(String variable) {
    environment.remove(variable);
    return this;
  }

  Process start(String... args) throws IOException {
    return start(executable, args);
  }

  /** Starts something that starts the executable, in the same environment. */
  Process start(Path starter, String... args) throws IOException {
    List<String> command = new ArrayList<>(List.of(starter.toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  Run run(String... args) throws Exception {
    return finish(start(args));
  }

  static Run finish(Process process) throws Exception {
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
    assertTrue(process.waitFor(20, SECONDS), "it does not end");
    return new Run(process.exitValue(), out, err);
  }
}
