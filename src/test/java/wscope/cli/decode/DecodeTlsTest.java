package wscope.cli.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.CommandSpec;
import wscope.capture.packets.CapturedPacket;
import wscope.capture.packets.CapturedTalks;
import wscope.capture.packets.PacketCapture;
import wscope.capture.packets.PacketFile;
import wscope.capture.tls.TlsTalk;
import wscope.cli.Run;
import wscope.report.json.EventSchema;
import wscope.report.text.Screen;

/** {@code decode} of captures with TLS. */
class DecodeTlsTest {
  private static final String ROW =
      "#1 10.0.0.1:1000 → 10.0.0.2:80 TLSv1.3 a.test /chat?a=1 101 3 frames, closed by the server"
          + " 1000\n";
  private static final String NO_KEY =
      "note: not decrypted: 10.0.0.1:1000 → 10.0.0.2:80 (a.test): TLS 1.3 with no key for this"
          + " session; run the client with SSLKEYLOGFILE\n";

  @TempDir private Path folder;
  private Path file;
  private Path keys;
  private TlsTalk talk;

  @BeforeEach
  void write() throws IOException {
    talk = CapturedTalks.wss(TlsTalk.AES_128);
    file = Files.write(folder.resolve("a.pcap"), CapturedTalks.of(List.of(talk.sent)));
    keys = Files.write(folder.resolve("keys.log"), talk.keyLog);
  }

  private Run decode(String... options) {
    List<String> args = new ArrayList<>(List.of("decode", "--file", file.toString()));
    args.addAll(List.of(options));
    return Run.of(args.toArray(String[]::new));
  }

  @Test
  void decryptsWithAKeyLog() {
    Run run = decode("--keylog", keys.toString(), "--detail", "messages");
    assertEquals(0, run.exitCode());
    List<String> lines = run.out().lines().map(String::strip).toList();
    assertEquals(ROW.strip(), lines.get(0));
    assertTrue(lines.get(1).endsWith("#1 = captured  10.0.0.1:1000 to 10.0.0.2:80"), run.out());
    assertTrue(
        lines
            .get(2)
            .endsWith(
                "#1 = secured   by TLSv1.3, TLS_AES_128_GCM_SHA256, ALPN http/1.1, server name"
                    + " a.test"),
        run.out());
    assertTrue(run.out().contains("\"Hello\""), run.out());
    assertTrue(
        run.err().endsWith("(1 with WebSocket)\nnote: key log of --keylog: 4 secrets\n"),
        run.err());
  }

  /** A client that reaches the server through a proxy. */
  @Test
  void looksIntoATunnel() throws IOException {
    Run direct = decode("--keylog", keys.toString(), "--detail", "frames");
    Files.write(file, CapturedTalks.of(List.of(CapturedTalks.tunnelled(talk).sent)));
    Run run = decode("--keylog", keys.toString(), "--detail", "frames");
    assertEquals(
        withoutTimes(direct.out())
            .replaceFirst("(?m)^#1 10.0.0.1:1000 → 10.0.0.2:80 ", "$0→ a.test:443 (CONNECT) ")
            .replaceFirst("10.0.0.1:1000 to 10.0.0.2:80", "$0, from there to a.test:443 (CONNECT)"),
        withoutTimes(run.out()));
    Run json = decode("--keylog", keys.toString(), "--format", "json");
    EventSchema.check(json.out());
    assertEquals(
        2, json.out().lines().filter(line -> line.contains("\"tunnel\":\"a.test:443\"")).count());
    assertTrue(
        decode().err().startsWith(NO_KEY.replaceFirst("10.0.0.2:80", "$0 → a.test:443 (CONNECT)")),
        decode().err());
  }

  private static String withoutTimes(String screen) {
    return screen.replaceAll("(?m)^ *[\\d.]+ (?=#)|lasted .*", "");
  }

  @Test
  void writesJson() throws IOException {
    Run run = decode("--keylog", keys.toString(), "--format", "json");
    String tls =
        "\"tls\":{\"version\":\"TLSv1.3\",\"cipherSuite\":\"TLS_AES_128_GCM_SHA256\","
            + "\"serverName\":\"a.test\",\"protocol\":\"http/1.1\",\"resumed\":false}";
    assertEquals(2, run.out().lines().filter(line -> line.contains(tls)).count(), run.out());
    EventSchema.check(run.out());
  }

  @Test
  void writesAlertsAndWhatCannotBeDecryptedAsJson() throws IOException {
    talk.record(false, 21, new byte[] {2, 80}).data(true, new byte[9]);
    byte[] last = talk.sent.get(talk.sent.size() - 1).bytes();
    last[last.length - 1] ^= 1;
    Files.write(file, CapturedTalks.of(List.of(talk.sent)));
    Run json = decode("--keylog", keys.toString(), "--format", "json");
    EventSchema.check(json.out());
    assertTrue(json.out().contains("\"name\":\"internal_error (80)\",\"fatal\":true}"), json.out());
    Run text = decode("--keylog", keys.toString());
    assertTrue(
        text.out()
            .contains("#1 = TLS       alert by the server: internal_error (80), which is fatal\n"),
        text.out());
    assertTrue(
        text.out()
            .contains(
                "#1 = TLS       the client: a record does not authenticate: the key log has a"
                    + " wrong key; what the client sent from there on is not read\n"),
        text.out());
    assertTrue(text.out().contains("not judgeable, because bytes are missing"), text.out());
  }

  @Test
  void readsSecretsOfPcapng() throws IOException {
    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      Files.write(file, CapturedTalks.withSecrets(order, talk));
      Run run = decode("--detail", "none");
      assertTrue(run.out().startsWith(ROW), run.out());
      assertTrue(run.err().endsWith("note: the capture itself has secrets of TLS\n"), run.err());
    }
  }

  @Test
  void namesWhatItCannotDecrypt() {
    assertEquals(
        new Run(
            2,
            "",
            NO_KEY
                + "wscope decode: no WebSocket in this pcap file: "
                + (talk.sent.size() + 5)
                + " packets of 1 TCP connection (1 with TLS)\nsee: wscope decode --help\n"),
        decode());
  }

  /** What is decrypted stands beside what is not. */
  @Test
  void namesOtherConnectionsThatItCannotDecrypt() throws IOException {
    TlsTalk other = new TlsTalk(new Random(9), TlsTalk.AES_128).open("b.test", null);
    Files.write(file, CapturedTalks.of(List.of(talk.sent, other.sent)));
    Run run = decode("--keylog", keys.toString(), "--detail", "none");
    assertEquals(0, run.exitCode());
    assertTrue(
        run.err()
            .contains(
                "note: not decrypted: 10.0.0.1:1001 → 10.0.0.2:80 (b.test): TLS 1.3 with no key for"
                    + " this session; run the client with SSLKEYLOGFILE\n"),
        run.err());
  }

  @Test
  void saysThatAKeyLogHasNoSecrets() throws IOException {
    Files.writeString(keys, "something else\n");
    assertTrue(
        decode("--keylog", keys.toString())
            .err()
            .startsWith(
                NO_KEY
                    + "note: key log of --keylog: 0 secrets; a line of a key log is a label, a"
                    + " client random and a secret\n"));
  }

  @Test
  void refusesAKeyLogThatItCannotReadOrUse() throws IOException {
    Path none = folder.resolve("none");
    assertEquals(
        new Run(3, "", "wscope: the file " + none + " does not exist\n"),
        decode("--keylog", none.toString()));
    assertEquals(
        new Run(3, "", "wscope: cannot read the file " + folder + ": Is a directory\n"),
        decode("--keylog", folder.toString()));
    Files.writeString(file, "81 00");
    assertEquals(
        Run.misused("wscope decode", "--keylog needs a capture of packets; this input is none"),
        decode("--keylog", keys.toString()));
  }

  private String note(String variable) throws Exception {
    CaptureKeys captureKeys = new CaptureKeys(CommandSpec.create(), name -> variable);
    CaptureRows rows = new CaptureRows(new ConnectionChoice(CommandSpec.create()));
    try (InputStream in = Files.newInputStream(file);
        PacketCapture capture = new PacketCapture(rows, null, captureKeys.open(false))) {
      PacketFile packets = PacketFile.open(in);
      for (CapturedPacket next = packets.next(); next != null; next = packets.next()) {
        capture.read(next);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Screen screen = Screen.ofNotes(out, true, 0);
    captureKeys.note(screen);
    screen.flush();
    return out.toString(UTF_8).strip();
  }

  @Test
  void usesTheFileOfTheEnvironment() throws Exception {
    assertEquals(
        "note: key log of $SSLKEYLOGFILE (" + keys + "): 4 secrets", note(keys.toString()));
    assertEquals(
        "note: key log of $SSLKEYLOGFILE (" + folder + "/x): not read: No such file or directory",
        note(folder + "/x"));
    assertEquals("", note(""));
    assertEquals("", note(null));
  }
}
