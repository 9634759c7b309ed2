package wscope.capture.tunnel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.packet.TcpConnection;
import wscope.packet.TcpEnd;
import wscope.packet.TcpEndpoint;
import wscope.packet.TcpRelease;

class ConnectTunnelsTest {
  private static final TcpEndpoint CLIENT = TcpEndpoint.of(new byte[] {10, 0, 0, 1}, 1000);
  private static final TcpEndpoint PROXY = TcpEndpoint.of(new byte[] {10, 0, 0, 2}, 3128);
  private static final String CONNECT = "CONNECT a.test:443 HTTP/1.1\r\nHost: a.test:443\r\n\r\n";
  private static final String OPEN = "HTTP/1.1 200 Connection established\r\n\r\n";

  private final List<String> lines = new ArrayList<>();
  private final ConnectTunnels tunnels = new ConnectTunnels(new Lines());
  private final TcpConnection connection = new TcpConnection(1, CLIENT, PROXY, true);

  /** Writes down what comes out; bytes that follow each other are one line. */
  private final class Lines implements TunnelListener {
    @Override
    public void opened(TcpConnection opened) {
      lines.add("opened");
    }

    @Override
    public void tunnelled(TcpConnection tunnelled, String target) {
      lines.add("tunnel to " + target);
    }

    @Override
    public void bytes(TcpConnection of, TcpEndpoint sender, ByteBuffer bytes) {
      String start = sender.equals(CLIENT) ? "C " : "P ";
      String text = ISO_8859_1.decode(bytes).toString();
      int last = lines.size() - 1;
      if (lines.get(last).startsWith(start)) {
        lines.set(last, lines.get(last) + text);
      } else {
        lines.add(start + text);
      }
    }

    @Override
    public void gap(TcpConnection of, TcpEndpoint sender, long missingBytes) {
      lines.add("gap of " + missingBytes);
    }

    @Override
    public void differs(TcpConnection of, TcpEndpoint sender, long offset, int count) {
      lines.add("differs in " + count + " from " + offset);
    }

    @Override
    public void ended(TcpConnection of, TcpEndpoint sender, TcpEnd end) {
      lines.add((sender.equals(CLIENT) ? "C " : "P ") + end);
    }

    @Override
    public void released(TcpConnection released, TcpRelease why) {
      lines.add("released " + why);
    }
  }

  private void send(TcpEndpoint sender, String text) {
    tunnels.bytes(connection, sender, ByteBuffer.wrap(text.getBytes(ISO_8859_1)));
  }

  private void sendInPieces(TcpEndpoint sender, String text, Random random) {
    for (int at = 0; at < text.length(); ) {
      int end = Math.min(text.length(), at + 1 + random.nextInt(text.length()));
      send(sender, text.substring(at, end));
      at = end;
    }
  }

  /** What is inside comes out, however the segments are cut. */
  @Test
  void opensATunnel() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      lines.clear();
      tunnels.opened(connection);
      sendInPieces(CLIENT, CONNECT, random);
      sendInPieces(PROXY, OPEN, random);
      sendInPieces(CLIENT, "CONNECT inside", random);
      sendInPieces(PROXY, "HTTP/1.1 inside", random);
      tunnels.ended(connection, PROXY, TcpEnd.FIN);
      tunnels.released(connection, TcpRelease.ENDED);
      assertEquals(
          List.of(
              "opened",
              "tunnel to a.test:443",
              "C CONNECT inside",
              "P HTTP/1.1 inside",
              "P FIN",
              "released ENDED"),
          lines);
    }
  }

  /** Bytes may follow a head in its segment; an interim response may precede the final one. */
  @Test
  void passesOnWhatFollowsTheHeads() {
    tunnels.opened(connection);
    send(CLIENT, CONNECT + "early");
    send(PROXY, "HTTP/1.1 100 Continue\r\n\r\n" + OPEN + "first");
    send(CLIENT, " late");
    assertEquals(List.of("opened", "tunnel to a.test:443", "C early", "P first", "C  late"), lines);
  }

  /** The content of the response that asks for credentials is of no tunnel. */
  @Test
  void readsARepeatedRequest() {
    tunnels.opened(connection);
    send(CLIENT, CONNECT);
    send(PROXY, "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 2\r\n\r\nno");
    send(PROXY, "!");
    send(CLIENT, CONNECT.replace("\r\n\r\n", "\r\nProxy-Authorization: Basic YTpi\r\n\r\n"));
    send(PROXY, OPEN);
    send(CLIENT, "inside");
    assertEquals(List.of("opened", "tunnel to a.test:443", "C inside"), lines);
  }

  @Test
  void passesOnARejectedRequest() {
    tunnels.opened(connection);
    send(CLIENT, CONNECT);
    String response = "HTTP/1.1 403 Forbidden\r\n\r\n";
    send(PROXY, response);
    tunnels.ended(connection, PROXY, TcpEnd.FIN);
    assertEquals(List.of("opened", "C " + CONNECT, "P " + response, "P FIN"), lines);
  }

  /** What is no tunnel passes unchanged, and at once when that is clear. */
  @ParameterizedTest
  @CsvSource({"GET / HTTP/1.1, G", "CONNECTED, CONNECTE", "\u0081\u0085, \u0081"})
  void passesOnWhatIsNoTunnel(String bytes, String clear) {
    tunnels.opened(connection);
    for (int i = 0; i < clear.length(); i++) {
      assertEquals(List.of("opened"), lines);
      send(CLIENT, bytes.substring(i, i + 1));
    }
    assertEquals(List.of("opened", "C " + clear), lines);
    send(CLIENT, bytes.substring(clear.length()));
    assertEquals(List.of("opened", "C " + bytes), lines);
  }

  @Test
  void passesOnAServerThatSpeaksFirst() {
    tunnels.opened(connection);
    send(PROXY, "220 ready");
    send(CLIENT, CONNECT);
    assertEquals(List.of("opened", "P 220 ready", "C " + CONNECT), lines);
  }

  /** Without all bytes, nothing tells where the inside begins. */
  @Test
  void doesNotBridgeAGap() {
    tunnels.opened(connection);
    send(CLIENT, CONNECT);
    tunnels.gap(connection, PROXY, 5);
    send(PROXY, OPEN);
    assertEquals(List.of("opened", "C " + CONNECT, "gap of 5", "P " + OPEN), lines);
  }

  @Test
  void holdsHeadsUpToALimit() {
    String start = "CONNECT a:1 HTTP/1.1\r\nA: ";
    String longest = start + "a".repeat(TunnelStart.MOST - start.length());
    tunnels.opened(connection);
    send(CLIENT, longest);
    assertEquals(List.of("opened"), lines);
    send(CLIENT, "a");
    assertEquals(List.of("opened", "C " + longest + "a"), lines);
  }

  @Test
  void holdsTheHeadsOfAllConnectionsUpToALimit() {
    int connections = ConnectTunnels.MOST_HELD / TunnelStart.MOST + 1;
    byte[] head = ("CONNECT a" + "a".repeat(TunnelStart.MOST - 9)).getBytes(ISO_8859_1);
    for (int i = 0; i < connections; i++) {
      TcpConnection next = new TcpConnection(i, CLIENT, PROXY, true);
      tunnels.opened(next);
      tunnels.bytes(next, CLIENT, ByteBuffer.wrap(head));
    }
    assertEquals(connections + 1, lines.size());
  }
}
