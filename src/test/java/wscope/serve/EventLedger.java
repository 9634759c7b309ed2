package wscope.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts the events of each connection, and holds them against what its last one says. */
final class EventLedger {
  private static final Pattern EVENT =
      Pattern.compile("\\{\"type\":\"([a-z-]+)\".*?\"connection\":(\\d+).*");
  private static final Pattern RECEIVED = Pattern.compile("\"messagesReceived\":(\\d+)");
  private static final Pattern SENT = Pattern.compile("\"messagesSent\":(\\d+)");

  /** The whole messages of the connections that are there. */
  private final Map<Long, Long> open = new HashMap<>();

  private long connected;
  private long events;
  private long clean;
  private long cleanMessages;
  private String firstWrong = "";

  /** One line of the report. */
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
      case "disconnected" -> gone(connection, line);
      default -> expect(open.containsKey(connection), line);
    }
  }

  /** Waits until so many connections have begun, and every one of them has ended. */
  synchronized void awaitAllGone(long connections) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while ((connected < connections || !open.isEmpty()) && System.nanoTime() < end) {
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, end - System.nanoTime()));
    }
    assertEquals(connections, connected, "connections of which the report tells");
    assertTrue(open.isEmpty(), () -> "still there: " + open.keySet());
  }

  /** No connection has more or fewer events than it says at its end. */
  synchronized void assertWhole() {
    assertEquals("", firstWrong);
  }

  /** How many ended with 1000, asked by the client and answered. */
  synchronized long cleanConnections() {
    return clean;
  }

  /** How many messages these have sent. */
  synchronized long messagesOfCleanConnections() {
    return cleanMessages;
  }

  @Override
  public synchronized String toString() {
    return connected + " connections, " + events + " events";
  }

  private void gone(long connection, String line) {
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

  private void expect(boolean right, String line) {
    if (!right && firstWrong.isEmpty()) {
      firstWrong = line;
    }
  }

  private static long number(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    assertTrue(matcher.find(), line);
    return Long.parseLong(matcher.group(1));
  }
}
