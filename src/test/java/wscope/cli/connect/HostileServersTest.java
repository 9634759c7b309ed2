package wscope.cli.connect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wscope.cli.Run;
import wscope.support.CannedServer;

/** Servers that send too much, too little or without end: the client ends and says why. */
@Timeout(30)
class HostileServersTest {
  private static final int FLOOD = 20_000;

  @Test
  void limitsTheHeaderFields() throws Exception {
    Run run = against(peer -> endless(peer, "HTTP/1.1 101 Yes\r\n", "A: b\r\n"));
    assertTrue(run.out().contains("  ✗ too-many-header-fields "), run.out());
    assertEquals(4, run.exitCode());
  }

  @Test
  void limitsTheHead() throws Exception {
    Run run = against(peer -> endless(peer, "HTTP/1.1 101 ", "aaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
    assertTrue(run.out().contains("  ✗ head-too-large "), run.out().substring(0, 200));
    assertEquals(4, run.exitCode());
  }

  @Test
  void limitsTheTimeOfInterimResponses() throws Exception {
    Run run =
        against(
            peer -> endless(peer, "", "HTTP/1.1 100 Continue\r\n\r\n"),
            "--handshake-timeout",
            "200ms",
            "--detail",
            "none");
    assertTrue(run.out().contains("no complete response within 200ms"), run.out());
    assertEquals(4, run.exitCode());
  }

  @Test
  void limitsTheBodyOfARejection() throws Exception {
    Run run = against(peer -> endless(peer, "HTTP/1.1 403 No\r\n\r\n", "x".repeat(10_000)));
    assertTrue(run.out().length() < 4000, run.out());
    assertTrue(run.out().contains(" bytes more\n"), run.out());
    assertEquals(4, run.exitCode());
  }

  @Test
  void limitsADeclaredLength() throws Exception {
    Run run =
        against(
            peer -> {
              peer.open();
              peer.send("\u0082\u007f?\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff");
              peer.rest();
            });
    assertTrue(run.out().contains("  ✗ message-too-big "), run.out());
    assertTrue(run.out().contains("\n> close     1009 message too big "), run.out());
    assertEquals(1, run.exitCode());
  }

  @Test
  void limitsAMessageThatInflates() throws Exception {
    byte[] bomb = deflated(new byte[1 << 20]);
    Run run =
        against(
            peer -> {
              peer.open("Sec-WebSocket-Extensions: permessage-deflate");
              peer.send("\u00c2~" + (char) (bomb.length >> 8) + (char) (bomb.length & 0xff));
              peer.send(new String(bomb, ISO_8859_1));
              peer.rest();
            },
            "--max-message",
            "64KiB");
    assertTrue(run.out().contains("  ✗ message-too-big "), run.out());
    assertEquals(1, run.exitCode());
  }

  @Test
  void survivesAFloodOfPings() throws Exception {
    Run run =
        against(
            peer -> {
              peer.open();
              peer.send("\u0089\u0000".repeat(FLOOD) + "\u0088\u0002\u0003\u00e8");
              peer.rest();
            },
            "--detail",
            "none",
            "--for",
            "20s");
    assertEquals(0, run.exitCode(), run.out());
  }

  /** The server does not read the message, so the end of its socket is a reset. */
  @Test
  void showsTheCloseBeforeAReset() throws Exception {
    Run run =
        against(
            peer -> {
              peer.open();
              peer.socket().getInputStream().read();
              peer.send("\u0088\u0002\u0003\u00f1");
            },
            "-x",
            "x".repeat(6 << 20));
    assertTrue(run.out().contains("1009 message too big"), run.out());
    assertTrue(run.out().contains("reset"), run.out());
    assertEquals(5, run.exitCode());
  }

  @Test
  void endsAfterALineOfHostileText() throws Exception {
    Run run =
        against(
            peer -> {
              peer.open();
              peer.send("\u0081\u0008\u001b]0;x\u0007\u001b[\u0088\u0000");
              peer.rest();
            });
    assertTrue(run.out().contains("\"\\x1b]0;x\\x07\\x1b[\""), run.out());
    assertEquals(0, run.exitCode());
  }

  @Test
  void reportsAServerThatNeverClosesTcp() throws Exception {
    Run run =
        against(
            peer -> {
              peer.open();
              peer.send("\u0088\u0002\u0003\u00e8");
              peer.rest();
              // The client has ended; a server that keeps its side open is cut off.
            });
    assertTrue(run.out().contains("the server did not disconnect within 200ms"), run.out());
  }

  /** Connects with a short close timeout: none of these servers disconnects. */
  private static Run against(CannedServer.Treatment treatment, String... options)
      throws IOException {
    List<String> all = new ArrayList<>(List.of("--close-timeout", "200ms"));
    all.addAll(Arrays.asList(options));
    try (CannedServer server = new CannedServer(treatment)) {
      return ConnectRun.of(server.port(), "/", all.toArray(String[]::new));
    }
  }

  /** Sends a text again and again until the client disconnects. */
  private static void endless(CannedServer.Peer peer, String first, String next)
      throws IOException {
    peer.request();
    peer.send(first);
    String many = next.repeat(100);
    while (true) {
      peer.send(many);
    }
  }

  /** A message for permessage-deflate: without the four bytes 00 00 ff ff at its end. */
  private static byte[] deflated(byte[] message) {
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(message);
    byte[] buffer = new byte[1 << 16];
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int count = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
    out.write(buffer, 0, count - 4);
    deflater.end();
    return out.toByteArray();
  }
}
