package wscope.cli.listen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.cli.Run;
import wscope.cli.process.Stdio;

/** A server that runs a client, and the file that says where it listens. */
@Timeout(20)
@DisabledOnOs(OS.WINDOWS)
class ClientCommandTest {
  /** Sends the head of a request over TCP, and waits for the end of the response. */
  private static final String REQUEST =
      "port=${WSCOPE_URL##*:}; exec 3<>/dev/tcp/127.0.0.1/${port%/};"
          + " printf \"GET / HTTP/1.1\\r\\nHost: a\\r\\n$0\\r\\n\" >&3; read line <&3; exit $1";

  @TempDir private Path folder;

  private static Run serve(List<String> options, String... command) {
    List<String> all = new ArrayList<>(List.of("serve", "--port=0", "--host=127.0.0.1"));
    all.addAll(options);
    all.add("--");
    all.addAll(List.of(command));
    return Run.of(all.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({"exit 0, 0", "exit 1, 1", "exit 99, 99", "kill -9 $$, 137"})
  void exitsWithTheCodeOfTheCommand(String script, int exitCode) {
    Run run = serve(List.of(), "sh", "-c", script);
    assertEquals(exitCode, run.exitCode());
    assertEquals("", run.err());
    assertTrue(run.out().endsWith("wscope serve   stopped after 0 connections\n"), run.out());
  }

  @Test
  void passesTheUrlOn() {
    String script = "test \"$1\" = \"<$WSCOPE_URL>\" && test \"$2\" = \"$WSCOPE_URL$WSCOPE_URL\"";
    Run run = serve(List.of("--path=/ws"), "sh", "-c", script, "sh", "<{url}>", "{url}{url}");
    assertEquals(0, run.exitCode());
    assertTrue(
        run.out().matches("(?s)wscope serve   ws://127\\.0\\.0\\.1:[0-9]+/ws   .*"), run.out());
  }

  /** An invalid request breaks a rule; a plain one does not. */
  @ParameterizedTest
  @CsvSource({
    "'Upgrade: websocket\\r\\nConnection: Upgrade\\r\\nSec-WebSocket-Version: 13\\r\\n', 0, 1,"
        + " 'note: #1 broke key-missing\n'",
    "'Upgrade: websocket\\r\\nConnection: Upgrade\\r\\nSec-WebSocket-Version: 13\\r\\n', 7, 1,"
        + " 'note: #1 broke key-missing\n'",
    "'', 0, 0, ''",
    "'', 7, 7, ''",
  })
  void exitsWith1IfAClientBrokeARule(String fields, String code, int exitCode, String note) {
    Run run = serve(List.of("--host-name=a", "--detail=none"), "bash", "-c", REQUEST, fields, code);
    assertEquals(exitCode, run.exitCode(), run.out());
    assertEquals(note, run.err());
  }

  @Test
  void jsonHasNoOutputOfTheCommand() {
    Run run = serve(List.of("--format=json"), "sh", "-c", "echo hello");
    assertEquals(0, run.exitCode());
    assertTrue(run.out().lines().allMatch(line -> line.startsWith("{\"type\":")), run.out());
    assertEquals("hello\n", run.err());
  }

  @Test
  void reportsACommandThatDoesNotExist() {
    Run run = serve(List.of("--never"), folder.resolve("nothing").toString());
    assertEquals(3, run.exitCode());
    assertEquals(
        "wscope: cannot run '" + folder.resolve("nothing") + "': No such file or directory\n",
        run.err());
  }

  @ParameterizedTest
  @CsvSource({
    "8080, ; did you mean --port 8080?",
    "wss, ''",
    "true, ''",
  })
  void aCommandFollowsTheDelimiter(String word, String advice) {
    assertEquals(
        Run.misused("wscope serve", "unexpected argument '" + word + "'" + advice),
        Run.of("serve", word));
    assertEquals(
        Run.misused("wscope serve", "unexpected argument '" + word + "'" + advice),
        Run.of("serve", word, "--", "true"));
  }

  @Test
  void theReadyFileExistsWhileTheServerListens() throws Exception {
    Path ready = folder.resolve("ready");
    Files.writeString(ready, "of an earlier server");
    Run run =
        serve(
            List.of("--ready-file=" + ready),
            "sh",
            "-c",
            "test \"$(cat \"$0\")\" = \"$WSCOPE_URL\"; exit $?",
            ready.toString());
    assertEquals(0, run.exitCode());
    assertEquals("", run.err());
    try (var left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void leavesTheReadyFileOfAnotherServer() throws Exception {
    Path ready = folder.resolve("ready");
    serve(List.of("--ready-file=" + ready), "sh", "-c", "echo other >\"$0\"", ready.toString());
    assertEquals("other\n", Files.readString(ready));
  }

  @Test
  void reportsAReadyFileThatCannotBeWritten() {
    Path ready = folder.resolve("a/b");
    Run run = serve(List.of("--ready-file=" + ready), "true");
    assertEquals(3, run.exitCode());
    assertEquals(
        "wscope: cannot write " + ready + " for --ready-file: No such file or directory\n",
        run.err());
    Run isFolder = serve(List.of("--ready-file=" + folder), "true");
    assertEquals(3, isFolder.exitCode());
    assertEquals(
        "wscope: " + folder + " is not a regular file; choose another name for --ready-file\n",
        isFolder.err());
    assertFalse(Files.exists(ready));
  }

  /** At a terminal, one line says how to see less than every bit. */
  @ParameterizedTest
  @CsvSource({
    "--detail=bits, true, true",
    "--detail=frames, true, false",
    "--format=json, true, false",
    "--detail=bits, false, false",
  })
  void saysHowToSeeLess(String option, boolean terminal, boolean says) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Stdio stdio =
        new Stdio(InputStream.nullInputStream(), out, out, false, terminal, true, false, 80);
    assertEquals(0, Run.on(stdio, "serve", "--port=0", option, "--", "true"));
    String hint = "Every bit of each frame is shown; to see less: --detail frames\n";
    assertEquals(says ? 2 : 1, out.toString(UTF_8).split(hint, -1).length);
  }
}
