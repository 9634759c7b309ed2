package wscope.packet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes down what {@link TcpStreams} reports, such as {@code 1 first "abc"}, and holds it to the
 * order that {@link TcpListener} promises.
 */
final class StreamLog implements TcpListener {
  private final List<String> events = new ArrayList<>();
  private final Map<String, StringBuilder> streams = new HashMap<>();
  private final Map<Long, TcpConnection> open = new HashMap<>();
  private final Set<String> ended = new HashSet<>();
  private TcpConnection last;
  private int differing;

  /** All events, joined by semicolons. */
  String all() {
    return String.join("; ", events);
  }

  int size() {
    return events.size();
  }

  /** The event that came last. */
  String latest() {
    return events.get(events.size() - 1);
  }

  String withoutBytes() {
    return String.join("; ", events.stream().filter(event -> !event.endsWith("\"")).toList());
  }

  /** The bytes that came in a direction, gaps left out. */
  String stream(long connection, String sender) {
    return streams.getOrDefault(connection + " " + sender, new StringBuilder()).toString();
  }

  /** In how many bytes retransmissions differ. */
  int differing() {
    return differing;
  }

  /** The connection opened last. */
  TcpConnection last() {
    return last;
  }

  @Override
  public void opened(TcpConnection connection) {
    assertNull(open.put(connection.number(), connection));
    last = connection;
    events.add(connection.number() + " opened");
  }

  @Override
  public void bytes(TcpConnection connection, TcpEndpoint sender, ByteBuffer bytes) {
    String direction = direction(connection, sender);
    assertTrue(bytes.hasRemaining());
    String text = ISO_8859_1.decode(bytes).toString();
    streams.computeIfAbsent(direction, x -> new StringBuilder()).append(text);
    events.add(direction + " \"" + text + "\"");
  }

  @Override
  public void gap(TcpConnection connection, TcpEndpoint sender, long missingBytes) {
    assertTrue(missingBytes > 0);
    events.add(direction(connection, sender) + " gap " + missingBytes);
  }

  @Override
  public void differs(TcpConnection connection, TcpEndpoint sender, long offset, int count) {
    assertEquals(connection, open.get(connection.number()));
    differing += count;
    boolean isFirst = sender.equals(connection.first());
    String name = connection.number() + (isFirst ? " first" : " second");
    events.add(name + " differs in " + count + " from " + offset);
  }

  @Override
  public void ended(TcpConnection connection, TcpEndpoint sender, TcpEnd end) {
    String direction = direction(connection, sender);
    ended.add(direction);
    events.add(direction + " ended " + end);
  }

  @Override
  public void released(TcpConnection connection, TcpRelease why) {
    assertEquals(connection, open.remove(connection.number()));
    events.add(connection.number() + " released");
  }

  private String direction(TcpConnection connection, TcpEndpoint sender) {
    assertEquals(connection, open.get(connection.number()));
    boolean isFirst = sender.equals(connection.first());
    assertTrue(isFirst || sender.equals(connection.second()));
    String name = isFirst ? "first" : "second";
    String direction = connection.number() + " " + name;
    assertTrue(!ended.contains(direction), direction + " has ended");
    return direction;
  }
}
