package wscope.cli.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.cli.Run;
import wscope.report.json.EventSchema;
import wscope.serve.Server;
import wscope.serve.Settings;
import wscope.support.QuietServer;
import wscope.support.ServerThread;

/** {@code --html}, {@code --record} and what {@code --redact} hides in both. */
class RedactTest {
  private static final String SECRET = "{\"password\":\"hunter2hunter2\",\"id\":\"AB123456\"}";

  @TempDir private Path folder;

  private static ServerThread echo() throws IOException {
    return ServerThread.listening(new Server(Settings.DEFAULT, new QuietServer())).start();
  }

  private Run talk(String... options) throws IOException {
    try (ServerThread server = echo()) {
      List<String> args = new ArrayList<>();
      args.add("connect");
      args.add("ws://127.0.0.1:" + server.address().getPort() + "/?token=t0ken");
      args.addAll(List.of("-H", "Cookie: sid=c00kie", "-x", SECRET, "--expect", "hunter2hunter2"));
      args.addAll(Arrays.asList(options));
      return Run.of(args.toArray(String[]::new));
    }
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private static void assertHides(String text) {
    for (String secret : List.of("hunter2hunter2", "AB123456", "t0ken", "c00kie")) {
      assertFalse(text.contains(secret), () -> secret + " is in " + text);
    }
  }

  @Test
  void aRedactedRecordingReadsBack() throws Exception {
    String file = file("a.jsonl");
    Run run = talk("--no-deflate", "--record", file, "--redact", "[A-Z]{2}\\d{6}");
    assertEquals(0, run.exitCode(), run.err());
    String recording = EventSchema.check(Files.readString(Path.of(file)));
    assertHides(recording);
    Run again = Run.of("decode", "--file", file);
    assertEquals(0, again.exitCode(), again.err());
    assertHides(again.out());
    String redacted = "'{\"password\":\"**************\",\"id\":\"********\"}'";
    assertEquals(
        2,
        again
            .out()
            .lines()
            .filter(line -> line.contains("message") && line.contains(redacted))
            .count(),
        again.out());
    assertTrue(again.out().contains("> GET /?token=***** HTTP/1.1"), again.out());
    assertTrue(again.out().contains("> Cookie: **********"), again.out());
    assertEquals(
        "note: --redact changed this recording: asterisks stand in place of secrets and of all"
            + " fragments, so payloads and heads differ from those on the wire, and --redact may"
            + " have broken a rule\n",
        again.err());
  }

  /** The fragments of both sides become asterisks; what ends the message stays true. */
  @Test
  void aSecretInFragmentsIsHidden() throws Exception {
    String file = file("a.jsonl");
    Run run = talk("--no-deflate", "--fragment", "4", "--record", file, "--redact", "AB\\d+");
    assertEquals(0, run.exitCode(), run.err());
    assertHides(Files.readString(Path.of(file)));
    Run again = Run.of("decode", "--file", file, "-d", "messages");
    assertEquals(0, again.exitCode(), again.err());
    assertTrue(again.out().contains("\"" + "*".repeat(SECRET.length()) + "\""), again.out());
  }

  @Test
  void aReaderStopsWhereCompressedBytesAreWithheld() throws Exception {
    String file = file("a.jsonl");
    Run run = talk("--record", file, "--redact", "AB\\d+");
    assertEquals(0, run.exitCode(), run.err());
    assertHides(EventSchema.check(Files.readString(Path.of(file))));
    Run again = Run.of("decode", "--file", file, "-d", "frames");
    assertEquals(2, again.exitCode());
    assertTrue(
        again.err().contains("the recording was redacted and lacks the bytes of compressed"),
        again.err());
    assertTrue(again.out().contains("> GET /?token=***** HTTP/1.1"), again.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--no-deflate"})
  void thePageHidesCredentialsWithoutAnOption(String option) throws Exception {
    String file = file("a.html");
    List<String> options = new ArrayList<>(List.of("--html", file, "--redact", "AB\\d+"));
    if (!option.isEmpty()) {
      options.add(option);
    }
    Run run = talk(options.toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.err());
    String page = Files.readString(Path.of(file));
    // The user named what to expect on the command line and in the event, without a name.
    assertFalse(page.contains("AB123456"));
    assertFalse(page.contains("AB\\\\d"), "the pattern");
    assertTrue(page.contains("\"--redact\",\"[redacted]\""));
    assertFalse(page.contains("t0ken"));
    assertFalse(page.contains("c00kie"));
    assertFalse(page.contains("password\\\":\\\"hunter2hunter2"));
    assertTrue(
        page.contains("{\\\"password\\\":\\\"[redacted]\\\",\\\"id\\\":\\\"[redacted]\\\"}"));
  }

  @Test
  void thePageHidesTheValuesOfSecretOptions() throws Exception {
    String file = file("a.html");
    Run run = talk("--html", file, "--auth", "ann:paSSphrase", "--cookie=plain=bIscuit");
    assertEquals(0, run.exitCode(), run.err());
    String page = Files.readString(Path.of(file));
    assertFalse(page.contains("paSSphrase"));
    assertFalse(page.contains("bIscuit"));
    assertTrue(page.contains("\"--auth\",\"[redacted]\",\"--cookie=[redacted]\"]"), page);
  }

  @Test
  void noRedactKeepsEverything() throws Exception {
    String file = file("a.html");
    Run run = talk("--html", file, "--no-redact");
    assertEquals(0, run.exitCode(), run.err());
    String page = Files.readString(Path.of(file));
    assertTrue(
        page.contains("t0ken") && page.contains("c00kie") && page.contains("hunter2hunter2"));
  }

  @Test
  void decodeWritesThePageBesideItsOutput() throws Exception {
    String file = file("a.html");
    Run alone = Run.of("decode", "81", "01", "41");
    assertEquals(alone, Run.of("decode", "--html", file, "81", "01", "41"));
    String page = Files.readString(Path.of(file));
    assertTrue(page.endsWith("</script>\n</body>\n</html>\n"));
    assertTrue(page.contains("\"command\":[\"decode\",\"--html\","), page::toString);
    assertEquals(
        new Run(
            3,
            "",
            "wscope: " + file + " already exists; choose another name for --html, or remove it\n"),
        Run.of("decode", "--html", file, "81", "01", "41"));
  }

  @Test
  void nothingToShowLeavesNoPage() {
    String file = file("a.html");
    assertEquals(2, Run.of("decode", "--html", file, "nothing").exitCode());
    assertFalse(Files.exists(Path.of(file)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--redact x 81 00|--redact acts on a page; add --html FILE",
        "--no-redact 81 00|--no-redact acts on a page; add --html FILE",
        "--html a --no-redact --redact x 81 00|give --redact or --no-redact, not both",
      })
  void refusesOptionsWithoutEffect(String args, String error) {
    assertEquals(Run.misused("wscope decode", error), Run.of(("decode " + args).split(" ")));
  }

  @Test
  void refusesInvalidExpressions() {
    assertEquals(
        Run.misused(
            "wscope decode",
            "--redact: '(' is not a regular expression: Unclosed group at character 2"),
        Run.of("decode", "--html", file("a.html"), "--redact", "(", "81", "00"));
  }

  @Test
  void refusesToRedactCaptures() {
    String file = file("a.pcapng");
    assertEquals(
        Run.misused(
            "wscope connect",
            "--redact cannot change a capture ("
                + file
                + "): other programs rely on its bytes; record to a file with the suffix .jsonl,"
                + " or omit --redact"),
        Run.of("connect", ":1", "--record", file, "--redact", "x"));
    assertFalse(Files.exists(Path.of(file)));
  }
}
