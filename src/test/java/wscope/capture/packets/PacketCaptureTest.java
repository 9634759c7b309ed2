package wscope.capture.packets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.packet.TcpStreams;
import wscope.protocol.Vectors;
import wscope.protocol.rule.Endpoint;

/** Finds the WebSocket connections in packets. */
class PacketCaptureTest {
  private static final String ALL_JUDGED = ", not judgeable []";
  private static final String NO_HANDSHAKE = ", not judgeable [REQUEST, RESPONSE, COMPRESSION]";

  private static Talk conversation() {
    return new Talk()
        .upgrade()
        .clientFrames("8185 37fa213d 7f9f4d5158")
        .serverFrames("8105 48656c6c6f 8900")
        .clientFrames("8a80 00000000")
        .serverFrames("8802 03e8")
        .clientFrames("8882 00000000 03e8")
        .end(false)
        .end(true);
  }

  @Test
  void readsAConversation() {
    assertEquals(
        List.of(
            "#1 1000>80",
            "#1 C GET /chat?a=1 HTTP/1.1",
            "#1 S HTTP/1.1 101 Switching Protocols",
            "#1 C text Hello",
            "#1 S text Hello",
            "#1 S ping ",
            "#1 C pong ",
            "#1 S close \u0003\u00e8",
            "#1 S code 1000",
            "#1 C close \u0003\u00e8",
            "#1 C code 1000",
            "#1 closed by server, TCP server-fin after 1" + ALL_JUDGED),
        CaptureLog.of(conversation().packets).lines);
  }

  /** Lost acknowledgments, reordering and repetition change nothing in a direction. */
  @Test
  void readsTheSameInAnyOrder() {
    CaptureLog whole = CaptureLog.of(conversation().packets);
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      List<byte[]> packets = new ArrayList<>(conversation().packets);
      // The SYNs stay in their places, because they tell where the streams begin.
      for (int i = 0; i < 12; i++) {
        int at = 2 + random.nextInt(packets.size() - 3);
        Collections.swap(packets, at, at + 1);
        if (random.nextInt(4) == 0) {
          packets.add(at, packets.get(at));
        }
      }
      CaptureLog log = CaptureLog.of(packets);
      for (Endpoint sender : Endpoint.values()) {
        assertEquals(whole.of(sender), log.of(sender), () -> "" + log.lines);
      }
    }
  }

  /** Also before it is known that this is a WebSocket; the first bytes are read. */
  @Test
  void reportsRetransmissionsThatDiffer() {
    byte[] get = "GET /cha".getBytes(StandardCharsets.ISO_8859_1);
    byte[] put = "PUT /cha".getBytes(StandardCharsets.ISO_8859_1);
    Talk talk = new Talk().open().client(get).clientAgain(put).clientAgain(put);
    talk.client(Talk.REQUEST.substring(8)).server(Talk.RESPONSE);
    talk.serverFrames("8105 48656c6c6f").serverAgain(Vectors.bytes("8105 48656c7070"));
    CaptureLog log = new CaptureLog();
    assertEquals(6, log.read(talk.packets).differing());
    assertEquals(
        List.of(
            "#1 1000>80",
            "#1 C differs in 4 from 0",
            "#1 C GET /chat?a=1 HTTP/1.1",
            "#1 S HTTP/1.1 101 Switching Protocols",
            "#1 S text Hello",
            "#1 S differs in 2 from " + (Talk.RESPONSE.length() + 5),
            "#1 closed by nobody, TCP open" + ALL_JUDGED),
        log.lines);
  }

  /** What is not read is counted as what it is. */
  @Test
  void countsWebSocketsThatAreNotRead() {
    int open = PacketCapture.MOST_OPEN + 7;
    List<byte[]> packets = new ArrayList<>();
    for (int i = 0; i < open; i++) {
      packets.addAll(new Talk(1000 + i, 7).upgrade().clientFrames("8180 00000000").packets);
    }
    CaptureFindings findings = new CaptureLog().read(packets);
    assertEquals(7, findings.notFollowed());
    assertEquals(0, findings.abandoned());
    assertEquals(
        Map.of(StreamKind.WEBSOCKET, open - 7L, StreamKind.UNFOLLOWED, 7L), findings.kinds());
  }

  /** The oldest connections are no longer followed, if many without WebSocket come later. */
  @Test
  void countsWebSocketsThatAreNotReadToTheirEnd() {
    List<byte[]> packets = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      packets.addAll(new Talk(1000 + i, 7).upgrade().packets);
    }
    for (int i = 0; i < TcpStreams.CONNECTIONS - 1; i++) {
      packets.addAll(new Talk(2000 + i, 7).open().packets);
    }
    CaptureLog log = new CaptureLog();
    assertEquals(2, log.read(packets).abandoned());
    String unjudged =
        ", not judgeable [FRAME_HEADER, FRAME_ORDER, MESSAGE, COMPRESSION, CLOSE_BODY]";
    assertEquals(
        List.of(
            "#1 closed by nobody, TCP read until crowded" + unjudged,
            "#2 closed by nobody, TCP read until crowded" + unjudged,
            "#3 closed by nobody, TCP open" + ALL_JUDGED),
        log.lines.stream().filter(line -> line.contains(" closed by ")).toList());
  }

  /** A client uses its port again, and the capture does not show how it left the connection. */
  @Test
  void endsAConnectionAtTheNextOfTheSameEndpoints() {
    List<byte[]> packets = new ArrayList<>(new Talk(1000, 7).upgrade().packets);
    packets.addAll(new Talk(1000, 5000).upgrade().end(true).end(false).packets);
    CaptureLog log = new CaptureLog();
    assertEquals(0, log.read(packets).abandoned());
    assertEquals(
        List.of(
            "#1 closed by nobody, TCP read until next-connection, not judgeable"
                + " [FRAME_HEADER, FRAME_ORDER, MESSAGE, COMPRESSION, CLOSE_BODY]",
            "#2 closed by nobody, TCP client-fin after 1" + ALL_JUDGED),
        log.lines.stream().filter(line -> line.contains(" closed by ")).toList());
  }

  /** A client repeats a rejected handshake on the same connection. */
  @Test
  void endsAHandshakeAtTheNextRequest() {
    Talk talk = new Talk(1000, 7).open().client(Talk.REQUEST);
    talk.server("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
    CaptureLog log =
        CaptureLog.of(talk.client(Talk.REQUEST).server(Talk.RESPONSE).end(true).packets);
    assertEquals(
        List.of(
            "#1 closed by nobody, TCP read until next-request" + ALL_JUDGED,
            "#2 closed by nobody, TCP client-fin after 1" + ALL_JUDGED),
        log.lines.stream().filter(line -> line.contains(" closed by ")).toList());
  }

  /** Segments may end anywhere. */
  @Test
  void readsTheSameForAnySegments() {
    CaptureLog whole = CaptureLog.of(conversation().packets);
    String frames =
        "\u0081\u00857\u00fa!=\u007f\u009fMQX\u008a\u0080\0\0\0\0\u0088\u0082\0\0\0\0\3\u00e8";
    for (int size : new int[] {1, 2, 3, 7, 200}) {
      Talk talk = new Talk().open();
      for (int at = 0; at < Talk.REQUEST.length(); at += size) {
        talk.client(Talk.REQUEST.substring(at, Math.min(at + size, Talk.REQUEST.length())));
      }
      talk.server(Talk.RESPONSE);
      for (int at = 0; at < frames.length(); at += size) {
        talk.client(frames.substring(at, Math.min(at + size, frames.length())));
      }
      assertEquals(
          whole.of(Endpoint.CLIENT), CaptureLog.of(talk.packets).of(Endpoint.CLIENT), "" + size);
    }
  }

  /** The bytes of the client that come too early wait for the response. */
  @Test
  void readsAResponseThatWasCapturedLate() {
    Talk talk = new Talk().upgrade().clientFrames("8181 00000000 61").serverFrames("8101 62");
    Collections.swap(talk.packets, 4, 5);
    assertEquals(
        List.of(
            "#1 1000>80",
            "#1 C GET /chat?a=1 HTTP/1.1",
            "#1 S HTTP/1.1 101 Switching Protocols",
            "#1 C text a",
            "#1 S text b",
            "#1 closed by nobody, TCP open" + ALL_JUDGED),
        CaptureLog.of(talk.packets).lines);
  }

  @ParameterizedTest
  @CsvSource({
    "true, true, client-fin",
    "true, false, server-fin",
    "false, true, client-reset",
    "false, false, server-reset",
  })
  void saysWhoEndedTcp(boolean fin, boolean byClient, String end) {
    Talk talk = new Talk().upgrade().serverFrames("8101 61");
    // Nothing comes for a while.
    talk.packets.addAll(Collections.nCopies(5, talk.packets.get(2)));
    if (fin) {
      talk.end(byClient).end(!byClient);
    } else {
      talk.reset(byClient);
    }
    List<String> lines = CaptureLog.of(talk.packets).lines;
    assertEquals(
        "#1 closed by nobody, TCP " + end + " after 6" + ALL_JUDGED, lines.get(lines.size() - 1));
  }

  /** A live capture shows the end when it comes, not when the capture ends. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void endsAConnectionSoonAfterItsEnd(boolean fin) {
    Talk first = new Talk().upgrade();
    Talk second = new Talk(1001, 5).upgrade();
    List<byte[]> packets = new ArrayList<>(first.packets);
    Talk end = fin ? first.end(true).end(false) : first.reset(true);
    packets.addAll(end.packets.subList(packets.size(), end.packets.size()));
    // The acknowledgments of a second and more.
    packets.addAll(second.packets.subList(0, 3));
    packets.addAll(Collections.nCopies(1100, second.packets.get(2)));
    packets.addAll(second.packets.subList(3, 5));
    List<String> lines = CaptureLog.of(packets).lines;
    assertEquals("#2 1001>80", lines.get(4));
    assertEquals(
        "#1 closed by nobody, TCP client-" + (fin ? "fin" : "reset") + " after 1" + ALL_JUDGED,
        lines.get(3));
  }

  /** One small frame is not enough to be sure. */
  @Test
  void namesAGapAndWhatIsNotReadAfterIt() {
    Talk talk =
        new Talk()
            .upgrade()
            .clientFrames("8181 00000000 61")
            .lostFromClient(7)
            .clientFrames("8181 00000000 62")
            .serverFrames("8802 03e8")
            .end(false);
    assertEquals(
        List.of(
            "#1 1000>80",
            "#1 C GET /chat?a=1 HTTP/1.1",
            "#1 S HTTP/1.1 101 Switching Protocols",
            "#1 C text a",
            "#1 S close \u0003\u00e8",
            "#1 S code 1000",
            "#1 C cut",
            "#1 C gap of 7 search",
            "#1 C unread 7",
            // The client may have sent a Close and a FIN before the server did.
            "#1 closed by nobody, TCP open, not judgeable"
                + " [FRAME_HEADER, FRAME_ORDER, MESSAGE, COMPRESSION, CLOSE_BODY]"),
        CaptureLog.of(talk.packets).lines);
  }

  /** The packet with the request was not captured: the response shows what it asked for. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void findsAWebSocketWithoutItsRequest(boolean frames) {
    Talk talk = new Talk().open().client(Talk.REQUEST).lost().server(Talk.RESPONSE);
    if (frames) {
      talk.clientFrames("8192 00000000 48656c6c6f2c20686f772061726520796f75");
    }
    talk.serverFrames("8101 62");
    for (int i = 0; i < 10; i++) {
      talk.server("");
    }
    talk.serverFrames("8101 63");
    List<String> expected =
        new ArrayList<>(
            List.of(
                "#1 1000>80",
                "#1 C gap of " + Talk.REQUEST.length() + " search",
                "#1 S HTTP/1.1 101 Switching Protocols",
                "#1 S text b"));
    if (frames) {
      // It waits behind the gap until this is certain to be one.
      expected.addAll(List.of("#1 C found after 0 by 1 headers", "#1 C text Hello, how are you"));
    }
    expected.addAll(
        List.of(
            "#1 S text c",
            "#1 closed by nobody, TCP open, not judgeable"
                + " [REQUEST, FRAME_HEADER, FRAME_ORDER, MESSAGE, COMPRESSION, CLOSE_BODY]"));
    assertEquals(expected, CaptureLog.of(talk.packets).lines);
  }

  @Test
  void namesHttpWithoutItsRequest() {
    Talk talk = new Talk().open().client("GET / HTTP/1.1\r\n\r\n").lost();
    talk.server("HTTP/1.1 204 No Content\r\n\r\n").end(false);
    CaptureLog log = new CaptureLog();
    assertEquals(Map.of(StreamKind.HTTP, 1L), log.read(talk.packets).kinds());
    assertEquals(List.of(), log.lines);
  }

  /** The end that seems to close first may have answered a Close that was not captured. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void blamesNobodyWhenTheLastBytesAreMissing(boolean close) {
    Talk talk = new Talk().upgrade().serverFrames("8101 61");
    talk = close ? talk.serverFrames("8802 03e8").lost().end(false).lost() : talk.end(false).lost();
    talk.clientFrames("8882 00000000 03e8").end(true);
    assertEquals(
        List.of(
            "#1 1000>80",
            "#1 C GET /chat?a=1 HTTP/1.1",
            "#1 S HTTP/1.1 101 Switching Protocols",
            "#1 S text a",
            "#1 C close \u0003\u00e8",
            "#1 C code 1000",
            // A FIN has a sequence number, too.
            "#1 S cut",
            "#1 S gap of " + (close ? 5 : 1) + " search",
            "#1 closed by nobody, TCP open, not judgeable"
                + " [FRAME_HEADER, FRAME_ORDER, MESSAGE, COMPRESSION, CLOSE_BODY]"),
        CaptureLog.of(talk.packets).lines);
  }

  /** The capture begins when the WebSocket is open. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void findsFramesInTheMiddle(boolean clientFirst) {
    Talk talk = new Talk();
    if (clientFirst) {
      talk.clientFrames("8181 00000000 61");
    }
    talk.serverFrames("8101 62 8101 63").clientFrames("8181 00000000 64").end(true);
    List<String> expected = new ArrayList<>(List.of("#1 1000>80 from its middle"));
    if (clientFirst) {
      expected.add("#1 C text a");
    }
    expected.addAll(List.of("#1 S text b", "#1 S text c", "#1 C text d"));
    expected.add("#1 closed by nobody, TCP client-fin after 1" + NO_HANDSHAKE);
    assertEquals(sorted(expected), sorted(CaptureLog.of(talk.packets).lines));
  }

  private static List<String> sorted(List<String> lines) {
    return lines.stream().sorted().toList();
  }

  /** A request that fails, and others before it, do not hide the WebSocket. */
  @Test
  void findsAWebSocketAfterOtherRequests() {
    Talk talk =
        new Talk()
            .open()
            .client("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            .server("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            .client(Talk.REQUEST.replace("/chat?a=1", "/denied"))
            .server("HTTP/1.1 401 Unauthorized\r\nContent-Length: 3\r\n\r\nno!")
            .client(Talk.REQUEST)
            .server(Talk.RESPONSE)
            .serverFrames("8101 61");
    assertEquals(
        List.of(
            "#1 1000>80",
            "#1 C GET /denied HTTP/1.1",
            "#1 S HTTP/1.1 401 Unauthorized",
            "#1 S body no!",
            "#1 closed by nobody, TCP read until next-request" + ALL_JUDGED,
            "#2 1000>80",
            "#2 C GET /chat?a=1 HTTP/1.1",
            "#2 S HTTP/1.1 101 Switching Protocols",
            "#2 S text a",
            "#2 closed by nobody, TCP open" + ALL_JUDGED),
        CaptureLog.of(talk.packets).lines);
  }

  @ParameterizedTest
  @CsvSource({
    "TLS, '\\26\\3\\1\\0\\5hello', '\\26\\3\\3\\0\\2ok'",
    "HTTP, 'GET / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n', 'HTTP/1.1 200 OK\\r\\n\\r\\n'",
    "HTTP2, 'PRI * HTTP/2.0\\r\\n\\r\\nSM\\r\\n\\r\\n', '\\0\\0\\0\\4'",
    "OTHER, 'hello', 'SSH-2.0-OpenSSH'",
    "EMPTY, '', ''",
  })
  void namesWhatIsNoWebSocket(StreamKind kind, String client, String server) {
    Talk talk = new Talk().open();
    talk.server(server.translateEscapes()).client(client.translateEscapes()).end(true).end(false);
    CaptureLog log = new CaptureLog();
    CaptureFindings findings = log.read(talk.packets);
    assertEquals(Map.of(kind, 1L), findings.kinds());
    assertEquals(List.of(), log.lines);
  }

  /** Random bytes in the middle of a connection are not taken for frames. */
  @Test
  void takesNoRandomBytesForFrames() {
    int taken = 0;
    for (int seed = 0; seed < 2000; seed++) {
      Random random = new Random(seed);
      byte[] bytes = new byte[200];
      random.nextBytes(bytes);
      taken +=
          CaptureLog.of(new Talk().client(bytes).server(bytes).packets).lines.isEmpty() ? 0 : 1;
    }
    assertEquals(0, taken);
  }

  @Test
  void countsWhatItDoesNotRead() {
    byte[] udp = new Talk().open().packets.get(0).clone();
    udp[9] = 17;
    CaptureFindings findings = new CaptureLog().read(List.of(udp, udp, new byte[3]));
    assertEquals(3, findings.packets());
    assertEquals(Map.of("UDP", 2L, "not IP", 1L), findings.skipped());
    assertEquals(0, findings.connections());
  }

  /** Many bytes of the client wait for a response that is missing: they are let go. */
  @Test
  void namesTheBytesThatWaitInVain() {
    Talk talk = new Talk().open().client(Talk.REQUEST);
    for (int i = 0; i * 16_000 <= WebSocketFlow.MOST_WAITING; i++) {
      talk.client(new byte[16_000]);
    }
    assertEquals(
        List.of(
            "#1 1000>80",
            "#1 C GET /chat?a=1 HTTP/1.1",
            "#1 C gap of 0 crowded",
            "#1 closed by nobody, TCP open, not judgeable"
                + " [RESPONSE, FRAME_HEADER, FRAME_ORDER, MESSAGE, COMPRESSION, CLOSE_BODY]"),
        CaptureLog.of(talk.packets).lines);
  }

  /** What has waited, and was lost or let go, leaves its room to others. */
  @Test
  void readsOnAfterManyBytesHaveWaitedInVain() {
    List<byte[]> packets = new ArrayList<>();
    for (int port = 1; port <= 40; port++) {
      Talk talk = new Talk(port, 0).open().client(Talk.REQUEST);
      for (int i = 0; i < 60; i++) {
        talk.client(new byte[16_000]);
      }
      talk.lostFromClient(1).client(new byte[1]);
      // Nothing follows, so that the capture takes the bytes for lost now.
      packets.addAll(talk.reset(true).packets);
      packets.addAll(new Talk(100, port * 100_000).open().packets);
      packets.addAll(Collections.nCopies(1100, new byte[3]));
    }
    packets.addAll(new Talk(1000, 5).open().client("GET").server("HTTP/1.1 ").packets);
    CaptureFindings findings = new CaptureLog().read(packets);
    assertEquals(
        Map.of(StreamKind.WEBSOCKET, 40L, StreamKind.EMPTY, 40L, StreamKind.OTHER, 1L),
        findings.kinds());
  }

  /** A connection for which there is no room is not called one of another protocol. */
  @Test
  void saysThatItDidNotReadForLackOfRoom() {
    List<byte[]> packets = new ArrayList<>();
    for (int port = 1; port <= 17; port++) {
      Talk talk = new Talk(port, 0).open().client(Talk.REQUEST);
      talk.clientFrames("82ff 0000000001000000 00000000");
      for (int i = 0; i < 60; i++) {
        talk.client(new byte[16_000]);
      }
      packets.addAll(talk.packets);
    }
    // 16 of them hold 64 times 16,000 bytes; the next one is let go. That leaves 393,216 bytes.
    for (int port = 1001; port <= 1008; port++) {
      packets.addAll(new Talk(port, 5).open().server(new byte[60_000]).packets);
    }
    assertEquals(
        Map.of(StreamKind.WEBSOCKET, 17L, StreamKind.OTHER, 6L, StreamKind.UNREAD, 2L),
        new CaptureLog().read(packets).kinds());
  }

  /** Connections that hold bytes without an end do not fill the memory. */
  @Test
  void holdsABoundedNumberOfBytes() {
    List<byte[]> packets = new ArrayList<>();
    for (int port = 1; port < 400; port++) {
      Talk talk = new Talk(port, 0).open();
      for (int i = 0; i < 70; i++) {
        talk.server(new byte[1400]);
      }
      packets.addAll(talk.packets);
    }
    CaptureFindings findings = new CaptureLog().read(packets);
    assertEquals(Map.of(StreamKind.OTHER, 399L), findings.kinds());
  }
}
