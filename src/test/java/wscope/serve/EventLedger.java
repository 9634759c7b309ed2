package wscope.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts the events of each connection and compares the counts with its last event. */
final class EventLedger {
  private static final Pattern EVENT =
      Pattern.compile("\\{\"type\":\"([a-z-]+)\".*?\"connection\":(\\d+).*");
  private static final Pattern RECEIVED = Pattern.compile("\"messagesReceived\":(\\d+)");
  private static final Pattern SENT = Pattern.compile("\"messagesSent\":(\\d+)");

  /** The number of complete messages of each open connection. */
  private final Map<Long, Long> open = new HashMap<>();

  private long connected;
  private long events;
  private long clean;
  private long cleanMessages;
  private String firstInconsistent = "";

  /** Adds one line of the report. */
  synchronized void add(String line) {
    Matcher event = EVENT.matcher(line);
    if (!event.matches()) {
      return;
    }
    events++;
    long connection = Long.parseLong(event.group(2));
    switch (event.group(1)) {
      case "connected" -> {
        connected++;
        expect(open.put(connection, 0L) == null && connection == connected, line);
      }
      case "message" -> {
        if (line.contains("\"complete\":true")) {
          open.merge(connection, 1L, Long::sum);
        }
      }
      case "disconnected" -> disconnected(connection, line);
      default -> expect(open.containsKey(connection), line);
    }
  }

  /** Waits until this many connections have been opened and all of them have ended. */
  synchronized void awaitAllDisconnected(long connections) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while ((connected < connections || !open.isEmpty()) && System.nanoTime() < end) {
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, end - System.nanoTime()));
    }
    assertEquals(connections, connected, "connections in the report");
    assertTrue(open.isEmpty(), () -> "still open: " + open.keySet());
  }

  /** Fails if the events of a connection do not match the totals in its last event. */
  synchronized void assertConsistent() {
    assertEquals("", firstInconsistent);
  }

  /** The number of connections that ended cleanly with 1000. */
  synchronized long cleanConnections() {
    return clean;
  }

  /** The number of messages that the clients sent on these. */
  synchronized long messagesOfCleanConnections() {
    return cleanMessages;
  }

  @Override
  public synchronized String toString() {
    return connected + " connections, " + events + " events";
  }

  private void disconnected(long connection, String line) {
    Long messages = open.remove(connection);
    long received = number(RECEIVED, line);
    expect(messages != null && messages == received + number(SENT, line), line);
    if (line.contains("\"clean\":true") && line.contains("\"sent\":{\"code\":1000")) {
      clean++;
      cleanMessages += received;
    }
    if (open.isEmpty()) {
      notifyAll();
    }
  }

  private void expect(boolean consistent, String line) {
    if (!consistent && firstInconsistent.isEmpty()) {
      firstInconsistent = line;
    }
  }

  private static long number(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    assertTrue(matcher.find(), line);
    return Long.parseLong(matcher.group(1));
  }
}
