package wscope.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.support.RawClient;
import wscope.support.ServerProcess;
import wscope.support.WscopeCommand;

/**
 * A server in the background of a shell at a real terminal (the command script(1) makes one), and a
 * client that the server starts.
 */
@Tag("interop")
@Timeout(60)
class BackgroundIT {
  @TempDir private Path folder;

  /** {@code tostop} makes the terminal stop each process in the background that writes to it. */
  @ParameterizedTest
  @CsvSource({
    "bash --norc, ''",
    "bash --norc, stty tostop",
    "zsh -f, ''",
    "zsh -f, stty tostop",
    "fish --no-config, ''",
  })
  void runsOnInTheBackground(String shell, String before) throws Exception {
    Tool.onPath("script");
    Tool.onPath(shell.substring(0, shell.indexOf(' ')));
    Path ready = folder.resolve("ready");
    Path jobs = folder.resolve("jobs");
    Process process = shell(shell);
    try (Writer typed = process.outputWriter(UTF_8)) {
      typed.write(before + "\n");
      typed.write(WscopeCommand.executable() + " serve --port 0 --ready-file " + ready + " &\n");
      typed.flush();
      InetSocketAddress address = address(ready);
      try (RawClient client = new RawClient(address).open()) {
        client.send(RawClient.text("a"));
        client.expect(RawClient.echo("a"));
        typed.write("echo typed into the shell; jobs >" + jobs + "; echo done >>" + jobs + "\n");
        typed.flush();
        String listed = await(jobs, "done\n");
        assertTrue(listed.toLowerCase(Locale.ROOT).contains("running"), listed);
        assertFalse(listed.toLowerCase(Locale.ROOT).contains("stopped"), listed);
        // What is typed goes to the shell, not to the newest connection.
        client.send(RawClient.text("b"));
        client.expect(RawClient.echo("b"));
      }
      typed.write("kill " + (shell.startsWith("fish") ? "$last_pid" : "$!") + "\n");
      typed.flush();
      awaitAbsence(ready);
      typed.write("exit\n");
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  @Test
  void hasAPromptInTheForeground() throws Exception {
    Tool.onPath("script");
    Process process = shell("bash --norc");
    try (Writer typed = process.outputWriter(UTF_8);
        BufferedReader shown = process.inputReader(UTF_8)) {
      typed.write(WscopeCommand.executable() + " serve --port 0 --no-history\n");
      typed.flush();
      String line = shown.readLine();
      while (line != null && !line.contains("/help shows the commands")) {
        line = shown.readLine();
      }
      assertTrue(line != null, "there is no prompt");
      typed.write("/quit\nexit\n");
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** Neither a signal leaves children behind, even if they ignore it. */
  @ParameterizedTest
  @CsvSource({"TERM, 143", "HUP, 129"})
  void aSignalEndsTheClientToo(String signal, int exitCode) throws Exception {
    Path pids = folder.resolve("pids");
    String script = "trap '' TERM; sleep 1000 & echo $! $$ >" + pids + "; sleep 1000; sleep 1000";
    try (WscopeCommand wscope = WscopeCommand.ofExecutable();
        ServerProcess server = wscope.serve("--port", "0", "--", "sh", "-c", script)) {
      String[] started = await(pids, "\n").strip().split(" ", -1);
      server.signal(signal);
      assertEquals(exitCode, server.exitCode());
      for (String pid : started) {
        ProcessHandle.of(Long.parseLong(pid))
            .ifPresent(
                left -> {
                  try {
                    left.onExit().get(5, TimeUnit.SECONDS);
                  } catch (Exception e) {
                    fail("the process " + pid + " is left behind", e);
                  }
                });
      }
    }
  }

  private Process shell(String shell) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(List.of("script", "--quiet", "--command", shell + " -i", "/dev/null"));
    builder.environment().put("TERM", "xterm");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("WSCOPE_NO_ARCHIVE", "1");
    builder.environment().put("HISTFILE", "/dev/null");
    return builder.directory(folder.toFile()).redirectErrorStream(true).start();
  }

  private static InetSocketAddress address(Path ready) throws Exception {
    URI url = URI.create(await(ready, "\n").strip());
    return new InetSocketAddress(InetAddress.getByName(url.getHost()), url.getPort());
  }

  /** Waits until a file ends with a text; returns its content. */
  private static String await(Path file, String end) throws Exception {
    for (long start = System.nanoTime(); System.nanoTime() - start < 20_000_000_000L; ) {
      if (Files.exists(file) && Files.readString(file).endsWith(end)) {
        return Files.readString(file);
      }
      Thread.sleep(20);
    }
    return fail(file + " has not appeared");
  }

  private static void awaitAbsence(Path file) throws Exception {
    for (long start = System.nanoTime(); System.nanoTime() - start < 20_000_000_000L; ) {
      if (!Files.exists(file)) {
        return;
      }
      Thread.sleep(20);
    }
    fail(file + " has not been removed");
  }
}
