package wscope.capture.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.packet.TcpConnection;
import wscope.packet.TcpRelease;
import wscope.protocol.event.TlsSession;

/** Decrypts connections that {@link TlsTalk} writes. */
class TlsStreamsTest {
  private static final String NO_KEY =
      "a.test: TLS 1.3 with no key for this session; run the client with SSLKEYLOGFILE";

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }

  private static TlsTalk open(int suite) {
    return new TlsTalk(new Random(suite), suite).open("a.test", "http/1.1");
  }

  private static TlsTalk talk(int suite) {
    return open(suite).data(true, ascii("question")).data(false, ascii("answer"));
  }

  /** Random conversations give the same bytes for any segments. */
  @ParameterizedTest
  @CsvSource({
    "0xc02f, TLSv1.2, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "0xc030, TLSv1.2, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "0xcca8, TLSv1.2, TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
    "0x1301, TLSv1.3, TLS_AES_128_GCM_SHA256",
    "0x1302, TLSv1.3, TLS_AES_256_GCM_SHA384",
    "0x1303, TLSv1.3, TLS_CHACHA20_POLY1305_SHA256"
  })
  void decryptsRandomConversations(int suite, String version, String name) {
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      String protocol = random.nextBoolean() ? "http/1.1" : null;
      TlsTalk talk = new TlsTalk(random, suite).open("b.test", protocol);
      ByteArrayOutputStream client = new ByteArrayOutputStream();
      ByteArrayOutputStream server = new ByteArrayOutputStream();
      for (int i = random.nextInt(12); i >= 0; i--) {
        boolean byClient = random.nextBoolean();
        byte[] bytes = talk.bytes(random.nextInt(random.nextInt(5) == 0 ? 16_000 : 100));
        talk.data(byClient, bytes);
        (byClient ? client : server).writeBytes(bytes);
        if (version.endsWith("3") && random.nextInt(3) == 0) {
          talk.keyUpdate(random.nextBoolean());
        }
        if (version.endsWith("3") && random.nextInt(3) == 0) {
          talk.message(false, 4, talk.bytes(200));
        }
      }
      talk.alert(true, 1, 0).alert(false, 1, 0);
      List<String> expected =
          List.of(
              "alert by the client: close_notify (0)",
              "alert by the server: close_notify (0)",
              "released");
      TlsSession session = new TlsSession(version, name, "b.test", protocol, false);
      for (int cut = 0; cut < 4; cut++) {
        TlsLog log = new TlsLog(talk.keyLog);
        log = cut == 0 ? log.read(talk.sent) : log.readCut(talk.sent, random);
        assertArrayEquals(client.toByteArray(), log.client.toByteArray());
        assertArrayEquals(server.toByteArray(), log.server.toByteArray());
        assertEquals(expected, log.lines);
        assertEquals(session, log.session);
      }
    }
  }

  /** All bytes of each direction may come before those of the other: what must wait does. */
  @ParameterizedTest
  @ValueSource(ints = {TlsTalk.AES_128, TlsTalk.AES_256_12})
  void readsDirectionsInAnyOrder(int suite) {
    TlsTalk talk = talk(suite);
    for (boolean clientFirst : new boolean[] {true, false}) {
      List<TlsTalk.Sent> sent = new ArrayList<>(talk.sent);
      sent.sort(
          (a, b) -> Boolean.compare(b.byClient() == clientFirst, a.byClient() == clientFirst));
      TlsLog log = new TlsLog(talk.keyLog).read(sent);
      assertEquals("question | answer", log.text());
      assertEquals(List.of("released"), log.lines);
    }
  }

  @Test
  void passesOtherConnectionsOnUnchanged() {
    for (String first :
        List.of("GET / HTTP/1.1\r\n", "\u0016", "\u0016\u0002\u0003", "\u0018\u0003")) {
      TlsLog log = new TlsLog(List.of());
      TcpConnection connection = log.open();
      for (byte b : first.getBytes(ISO_8859_1)) {
        log.bytes(connection, true, new byte[] {b});
      }
      log.bytes(connection, false, ascii("answer"));
      log.streams.gap(connection, TlsLog.SERVER, 3);
      log.streams.released(connection, TcpRelease.CAPTURE_ENDED);
      assertEquals(first + " | answer", log.text());
      assertEquals(List.of("the server: gap of 3", "released"), log.lines);
    }
  }

  @Test
  void namesTheSessionWithoutKey() {
    assertEquals(List.of(NO_KEY, "released"), new TlsLog(List.of()).read(talk(0x1301).sent).lines);
    assertEquals(
        List.of(NO_KEY.replace("1.3", "1.2"), "released"),
        new TlsLog(talk(0x1301).keyLog).read(talk(0xc02f).sent).lines);
  }

  @Test
  void saysWhichSecretIsMissing() {
    TlsTalk talk = talk(TlsTalk.AES_128);
    List<String> some = new ArrayList<>(talk.keyLog);
    some.removeIf(line -> line.startsWith("SERVER_TRAFFIC"));
    TlsLog log = new TlsLog(some).read(talk.sent);
    assertEquals("question | ", log.text());
    assertEquals(
        List.of(
            "the server: the key log has no SERVER_TRAFFIC_SECRET_0 for this session", "released"),
        log.lines);
    some.removeIf(line -> line.startsWith("CLIENT_TRAFFIC"));
    assertEquals(
        List.of(
            "a.test: TLS 1.3; the key log has no SERVER_TRAFFIC_SECRET_0 for this session",
            "released"),
        new TlsLog(some).read(talk.sent).lines);
  }

  /** Some tools log only the secrets of the data. */
  @Test
  void doesWithoutTheSecretsOfTheHandshake() {
    TlsTalk talk = talk(TlsTalk.CHACHA);
    List<String> some = new ArrayList<>(talk.keyLog);
    some.removeIf(line -> line.contains("HANDSHAKE"));
    TlsLog log = new TlsLog(some).read(talk.sent);
    assertEquals("question | answer", log.text());
    assertEquals(
        new TlsSession("TLSv1.3", "TLS_CHACHA20_POLY1305_SHA256", "a.test", null, false),
        log.session);
  }

  @ParameterizedTest
  @ValueSource(ints = {TlsTalk.AES_128, TlsTalk.AES_256_12, TlsTalk.CHACHA_12})
  void saysThatAKeyIsWrong(int suite) {
    TlsTalk talk = talk(suite);
    List<String> wrong =
        talk.keyLog.stream()
            .map(line -> line.substring(0, line.length() - 1) + (line.endsWith("0") ? "1" : "0"))
            .toList();
    String version = suite >>> 8 == 0x13 ? "1.3" : "1.2";
    assertEquals(
        List.of(
            "a.test: TLS "
                + version
                + "; a record does not authenticate: the key log has a wrong key",
            "released"),
        new TlsLog(wrong).read(talk.sent).lines);
  }

  @Test
  void stopsAtARecordThatWasChanged() {
    TlsTalk talk = talk(TlsTalk.AES_128).data(true, ascii("lost"));
    byte[] last = talk.sent.get(talk.sent.size() - 1).bytes();
    last[last.length - 1] ^= 1;
    TlsLog log = new TlsLog(talk.keyLog).read(talk.data(true, ascii("lost too")).sent);
    assertEquals("question | answer", log.text());
    assertEquals(
        List.of(
            "the client: a record does not authenticate: the key log has a wrong key", "released"),
        log.lines);
  }

  @Test
  void stopsAtAGap() {
    TlsTalk talk = talk(TlsTalk.AES_128);
    TlsLog log = new TlsLog(talk.keyLog);
    TcpConnection connection = log.open();
    talk.sent.forEach(each -> log.bytes(connection, each.byClient(), each.bytes()));
    log.streams.gap(connection, TlsLog.CLIENT, 12);
    talk.sent.clear();
    talk.data(true, ascii("lost")).data(false, ascii(" goes on"));
    talk.sent.forEach(each -> log.bytes(connection, each.byClient(), each.bytes()));
    log.streams.released(connection, TcpRelease.CAPTURE_ENDED);
    assertEquals("question | answer goes on", log.text());
    assertEquals(
        List.of("the client: 12 bytes are missing from its TLS stream", "released"), log.lines);
  }

  @Test
  void saysThatTheEndOfARecordIsMissing() {
    TlsTalk talk = talk(TlsTalk.AES_256);
    TlsLog log = new TlsLog(talk.keyLog);
    TcpConnection connection = log.open();
    talk.sent.forEach(each -> log.bytes(connection, each.byClient(), each.bytes()));
    log.bytes(connection, false, new byte[] {23, 3, 3, 0});
    log.streams.released(connection, TcpRelease.CAPTURE_ENDED);
    assertEquals(List.of("the server: its TLS stream ends inside a record", "released"), log.lines);
  }

  /** The capture begins after any number of records, or lacks one of the first. */
  @Test
  void saysThatTheBeginningIsMissing() {
    TlsTalk talk = talk(TlsTalk.AES_128_12);
    List<TlsTalk.Sent> last = talk.sent.subList(talk.sent.size() - 2, talk.sent.size());
    assertEquals(
        List.of("TLS that does not begin with a ClientHello", "released"),
        new TlsLog(talk.keyLog).read(last).lines);
    TlsLog late = new TlsLog(talk.keyLog);
    TcpConnection unknown = new TcpConnection(1, TlsLog.CLIENT, TlsLog.SERVER, false);
    late.streams.opened(unknown);
    last.forEach(each -> late.bytes(unknown, each.byClient(), each.bytes()));
    late.streams.released(unknown, TcpRelease.CAPTURE_ENDED);
    assertEquals(List.of("TLS whose beginning is not in the capture", "released"), late.lines);
    TlsLog log = new TlsLog(talk.keyLog);
    TcpConnection connection = log.open();
    log.streams.gap(connection, TlsLog.CLIENT, 200);
    log.bytes(
        connection, false, talk.sent.stream().filter(s -> !s.byClient()).findFirst().get().bytes());
    log.streams.released(connection, TcpRelease.CAPTURE_ENDED);
    assertEquals(
        List.of(
            "the client: gap of 200", "TLS that ends before the handshake is complete", "released"),
        log.lines);
  }

  @ParameterizedTest
  @CsvSource({
    "0xc013, 0x0303, 'TLS 1.2 with TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA'",
    "0xc0ac, 0x0303, TLS 1.2 with 0xc0ac",
    "0xc02f, 0x0302, TLS 1.1",
    "0xc02f, 0x0301, TLS 1.0",
    "0xc02f, 0x0300, SSL 3.0",
    "0xc02f, 0x7f1c, TLS of version 0x7f1c",
  })
  void namesWhatItDoesNotDecrypt(int suite, int version, String what) {
    TlsTalk talk = new TlsTalk(new Random(1), suite);
    talk.clientHello("a.test", false, new byte[0], new byte[0]);
    talk.serverHello(new byte[0], talk.serverRandom, null, false);
    int firstOfServer = 0;
    while (talk.sent.get(firstOfServer).byClient()) {
      firstOfServer++;
    }
    byte[] first = talk.sent.get(firstOfServer).bytes();
    ByteBuffer.wrap(first).putShort(9, (short) version);
    assertEquals(
        List.of("a.test: " + what + ", which wscope does not decrypt", "released"),
        new TlsLog(List.of()).read(talk.sent).lines);
  }

  @Test
  void readsEarlyDataThatTheServerAccepts() {
    for (int seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      TlsTalk talk = new TlsTalk(random, TlsTalk.AES_128);
      talk.clientHello("a.test", true, talk.bytes(32), new byte[0]);
      talk.useEarly();
      talk.data(true, ascii("early, ")).open13("http/1.1", true, true);
      talk.data(true, ascii("late")).data(false, ascii("answer"));
      TlsLog log = new TlsLog(talk.keyLog).readCut(talk.sent, random);
      assertEquals("early, late | answer", log.text());
      assertEquals(
          new TlsSession("TLSv1.3", "TLS_AES_128_GCM_SHA256", "a.test", "http/1.1", true),
          log.session);
    }
  }

  /** Early data that the server rejects never reaches it. */
  @Test
  void leavesOutEarlyDataThatTheServerRejects() {
    TlsTalk talk = new TlsTalk(new Random(2), TlsTalk.AES_256);
    talk.clientHello("a.test", true, talk.bytes(32), new byte[0]);
    talk.useEarly();
    talk.data(true, ascii("early, ")).data(true, ascii("too early, "));
    talk.open13(null, false, false).data(true, ascii("late")).data(false, ascii("answer"));
    TlsLog log = new TlsLog(talk.keyLog).read(talk.sent);
    assertEquals("late | answer", log.text());
    assertEquals(List.of("released"), log.lines);
  }

  @Test
  void saysThatTheSecretOfEarlyDataIsMissing() {
    TlsTalk talk = new TlsTalk(new Random(2), TlsTalk.AES_256);
    talk.clientHello("a.test", true, talk.bytes(32), new byte[0]);
    talk.useEarly();
    talk.data(true, ascii("early")).open13(null, false, true).data(false, ascii("answer"));
    talk.keyLog.removeIf(line -> line.startsWith("CLIENT_EARLY"));
    TlsLog log = new TlsLog(talk.keyLog).read(talk.sent);
    assertEquals(" | answer", log.text());
    assertEquals(
        List.of(
            "the client: the key log has no CLIENT_EARLY_TRAFFIC_SECRET for this session",
            "released"),
        log.lines);
  }

  @Test
  void readsAHelloRetryRequest() {
    for (int seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      TlsTalk talk = new TlsTalk(random, TlsTalk.CHACHA);
      boolean early = random.nextBoolean();
      talk.clientHello("a.test", early, talk.bytes(32), new byte[0]);
      if (early) {
        talk.useEarly();
        talk.data(true, ascii("in vain"));
        talk.useNothing();
      }
      talk.serverHello(talk.bytes(32), TlsTalk.RETRY, null, false);
      talk.clientHello("a.test", false, talk.bytes(32), new byte[0]);
      talk.open13("http/1.1", false, false);
      talk.data(true, ascii("question")).data(false, ascii("answer"));
      TlsLog log = new TlsLog(talk.keyLog).readCut(talk.sent, random);
      assertEquals("question | answer", log.text());
      assertEquals(List.of("released"), log.lines);
    }
  }

  /** A client need not log the master secret of TLS 1.2 again. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void resumesWithoutAnotherSecret(boolean byTicket) {
    Random random = new Random(5);
    TlsTalk first = new TlsTalk(random, TlsTalk.AES_128_12);
    byte[] ticket = first.bytes(180);
    byte[] id = first.bytes(32);
    first.clientHello("a.test", false, new byte[0], new byte[0]);
    first.serverHello(byTicket ? new byte[0] : id, first.serverRandom, null, false);
    first.message(false, 14, new byte[0]);
    if (byTicket) {
      first.ticket12(ticket);
    }
    first.log("CLIENT_RANDOM", first.master);
    byte[] master = first.master;
    List<String> keyLog = new ArrayList<>(first.keyLog);
    // The rest of the first handshake: only its keys matter.
    TlsTalk rest = first.rest12();
    TlsTalk second = new TlsTalk(random, TlsTalk.AES_128_12);
    byte[] asked = byTicket ? new byte[0] : id;
    second.clientHello("a.test", false, asked, byTicket ? ticket : new byte[0]);
    second.resume12(asked, master).data(true, ascii("question")).data(false, ascii("answer"));
    TlsLog log = new TlsLog(keyLog);
    log.read(rest.sent).read(second.sent);
    assertEquals("question | answer", log.text());
    assertEquals(
        new TlsSession("TLSv1.2", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "a.test", null, true),
        log.session);
  }

  @Test
  void namesAlertsThatEndTheHandshake() {
    TlsTalk talk = new TlsTalk(new Random(1), TlsTalk.AES_128);
    talk.clientHello("a.test", false, new byte[0], new byte[0]);
    assertEquals(
        List.of(
            "a.test: TLS that the server ended with the alert handshake_failure (40)", "released"),
        new TlsLog(List.of()).read(talk.alert(false, 2, 40).sent).lines);
  }

  @Test
  void namesAlerts() {
    TlsTalk talk =
        talk(TlsTalk.AES_128_12).alert(true, 1, 90).alert(true, 2, 20).alert(false, 2, 7);
    assertEquals(
        List.of(
            "alert by the client: user_canceled (90)",
            "alert by the client: bad_record_mac (20), fatal",
            "alert by the server: unknown (7), fatal",
            "released"),
        new TlsLog(talk.keyLog).read(talk.sent).lines);
  }

  @Test
  void saysThatNothingWasInside() {
    assertEquals(
        List.of("a.test: TLS 1.3 without data inside", "released"),
        new TlsLog(open(0x1301).keyLog).read(open(0x1301).sent).lines);
  }

  @Test
  void namesRenegotiation() {
    TlsTalk talk = talk(TlsTalk.AES_128_12);
    talk.clientHello("a.test", false, new byte[0], new byte[0]);
    TlsLog log = new TlsLog(talk.keyLog).read(talk.sent);
    assertEquals("question | answer", log.text());
    assertEquals(
        List.of(
            "the client: TLS is renegotiated, which wscope does not decrypt",
            "the server: TLS is renegotiated, which wscope does not decrypt",
            "released"),
        log.lines);
  }

  /** Names of the wire are made safe. */
  @Test
  void escapesTheNameOfTheServer() {
    TlsTalk talk = new TlsTalk(new Random(1), TlsTalk.AES_128).open("\u001b[1m\\\u00e4", "h\n");
    TlsLog log = new TlsLog(talk.keyLog).read(talk.data(true, ascii("a")).sent);
    assertEquals(
        new TlsSession("TLSv1.3", "TLS_AES_128_GCM_SHA256", "\\x1b[1m\\x5c\\xe4", "h\\x0a", false),
        log.session);
  }

  /** Half of a connection waits for the other half, within bounds. */
  @Test
  void givesUpWhatWaitsTooLong() {
    TlsTalk talk = open(TlsTalk.AES_128);
    for (int i = 0; i < 100; i++) {
      talk.data(true, new byte[16_000]);
    }
    TlsLog log = new TlsLog(talk.keyLog);
    TcpConnection connection = log.open();
    talk.sent.stream()
        .filter(TlsTalk.Sent::byClient)
        .forEach(each -> log.bytes(connection, true, each.bytes()));
    assertEquals(
        List.of("a.test: TLS of which too many bytes wait for those of the other endpoint"),
        log.lines);
  }

  /** Secrets may be written after the packets that need them. */
  @Test
  void waitsForSecretsThatMayStillBeWritten() {
    TlsTalk talk = talk(TlsTalk.AES_128);
    KeyLog keyLog = new KeyLog();
    KeyLogReader reader = new KeyLogReader(keyLog);
    List<String> written = new ArrayList<>();
    keyLog.readFrom(
        () -> {
          boolean more = !written.isEmpty();
          written.forEach(line -> reader.read(ByteBuffer.wrap(ascii(line + "\n"))));
          written.clear();
          return more;
        },
        true);
    TlsLog log = new TlsLog(keyLog);
    TcpConnection connection = log.open();
    talk.sent.forEach(each -> log.bytes(connection, each.byClient(), each.bytes()));
    assertEquals(" | ", log.text());
    written.addAll(talk.keyLog);
    talk.sent.clear();
    talk.data(true, ascii(" again"));
    talk.sent.forEach(each -> log.bytes(connection, each.byClient(), each.bytes()));
    assertEquals("question again | answer", log.text());
    log.streams.released(connection, TcpRelease.CAPTURE_ENDED);
    assertEquals(List.of("released"), log.lines);
  }

  @Test
  void doesNotWaitForSecretsWithoutEnd() {
    TlsTalk talk = open(TlsTalk.AES_128);
    KeyLog keyLog = new KeyLog();
    keyLog.readFrom(() -> false, true);
    TlsLog log = new TlsLog(keyLog);
    TcpConnection connection = log.open();
    for (int i = 0; i < 100; i++) {
      talk.data(true, new byte[16_000]);
    }
    talk.sent.forEach(each -> log.bytes(connection, each.byClient(), each.bytes()));
    assertEquals(List.of(NO_KEY), log.lines);
  }
}
