package wscope.capture.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import wscope.packet.TcpConnection;
import wscope.packet.TcpEnd;
import wscope.packet.TcpEndpoint;
import wscope.packet.TcpRelease;
import wscope.protocol.event.TlsSession;

/** Writes down what comes out of {@link TlsStreams}. */
final class TlsLog implements TlsListener {
  static final TcpEndpoint CLIENT = TcpEndpoint.of(new byte[] {10, 0, 0, 1}, 1000);
  static final TcpEndpoint SERVER = TcpEndpoint.of(new byte[] {10, 0, 0, 2}, 443);

  /** What is not bytes. */
  final List<String> lines = new ArrayList<>();

  final ByteArrayOutputStream client = new ByteArrayOutputStream();
  final ByteArrayOutputStream server = new ByteArrayOutputStream();
  @Nullable TlsSession session;
  private final KeyLog keyLog = new KeyLog();
  final TlsStreams streams;
  private long connections;

  TlsLog(List<String> keyLog) {
    this.keyLog.addFromCapture(ByteBuffer.wrap(String.join("\n", keyLog).getBytes(ISO_8859_1)));
    streams = new TlsStreams(this, this.keyLog);
  }

  TlsLog(KeyLog keyLog) {
    streams = new TlsStreams(this, keyLog);
  }

  /** Reads a connection in which each record is a segment. */
  TlsLog read(List<TlsTalk.Sent> sent) {
    TcpConnection connection = open();
    sent.forEach(each -> bytes(connection, each.byClient(), each.bytes()));
    streams.released(connection, TcpRelease.CAPTURE_ENDED);
    return this;
  }

  /** Reads a connection in random segments: of a part of a record up to several of them. */
  TlsLog readCut(List<TlsTalk.Sent> sent, Random random) {
    TcpConnection connection = open();
    ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    for (int i = 0; i < sent.size(); i++) {
      waiting.writeBytes(sent.get(i).bytes());
      boolean turns = i + 1 == sent.size() || sent.get(i + 1).byClient() != sent.get(i).byClient();
      if (turns || random.nextInt(3) == 0) {
        byte[] all = waiting.toByteArray();
        waiting.reset();
        int longest = 1 + random.nextInt(random.nextBoolean() ? 20 : 3000);
        for (int at = 0; at < all.length; ) {
          int end = Math.min(all.length, at + 1 + random.nextInt(longest));
          bytes(connection, sent.get(i).byClient(), Arrays.copyOfRange(all, at, end));
          at = end;
        }
      }
    }
    streams.released(connection, TcpRelease.CAPTURE_ENDED);
    return this;
  }

  TcpConnection open() {
    TcpConnection connection = new TcpConnection(++connections, CLIENT, SERVER, true);
    streams.opened(connection);
    return connection;
  }

  void bytes(TcpConnection connection, boolean byClient, byte[] bytes) {
    streams.bytes(connection, byClient ? CLIENT : SERVER, ByteBuffer.wrap(bytes));
  }

  String text() {
    return client.toString(ISO_8859_1) + " | " + server.toString(ISO_8859_1);
  }

  private static String name(TcpEndpoint sender) {
    return sender.equals(CLIENT) ? "client" : "server";
  }

  @Override
  public void secured(TcpConnection connection, TlsSession session) {
    this.session = session;
  }

  @Override
  public void alert(TcpConnection connection, TcpEndpoint sender, boolean fatal, String name) {
    lines.add("alert by the " + name(sender) + ": " + name + (fatal ? ", fatal" : ""));
  }

  @Override
  public void undecrypted(TcpConnection connection, TcpEndpoint sender, String reason) {
    lines.add("the " + name(sender) + ": " + reason);
  }

  @Override
  public void unread(TcpConnection connection, String why, @Nullable String serverName) {
    lines.add((serverName == null ? "" : serverName + ": ") + why);
  }

  @Override
  public void missing(
      TcpConnection connection, TcpEndpoint sender, long bytes, long records, long content) {
    String what = records + " records missing, " + bytes + " bytes with " + content;
    lines.add("the " + name(sender) + ": " + what);
  }

  @Override
  public void tunnelled(TcpConnection connection, String target) {
    lines.add("tunnel to " + target);
  }

  @Override
  public void opened(TcpConnection connection) {
    // The lines tell only what TLS adds.
  }

  @Override
  public void bytes(TcpConnection connection, TcpEndpoint sender, ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    (sender.equals(CLIENT) ? client : server).writeBytes(copy);
  }

  @Override
  public void gap(TcpConnection connection, TcpEndpoint sender, long missingBytes) {
    lines.add("the " + name(sender) + ": gap of " + missingBytes);
  }

  @Override
  public void differs(TcpConnection connection, TcpEndpoint sender, long offset, int count) {
    lines.add("the " + name(sender) + ": differs in " + count + " from " + offset);
  }

  @Override
  public void ended(TcpConnection connection, TcpEndpoint sender, TcpEnd end) {
    lines.add("the " + name(sender) + ": " + end);
  }

  @Override
  public void released(TcpConnection connection, TcpRelease why) {
    lines.add("released");
  }
}
