package wscope.report.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import wscope.protocol.FrameReader;
import wscope.protocol.Limits;
import wscope.protocol.rule.Endpoint;
import wscope.report.Advice;
import wscope.report.Reported;

/** Which events a follower receives, and which it misses. */
class EventFeedTest {
  private static final InetSocketAddress REMOTE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 5);
  private static final byte[] HI = HexFormat.of().parseHex("8182000000006869");
  private static final String CONNECTED =
      "{\"type\":\"connected\",\"time\":\"1970-01-01T00:00:00.000000Z\",\"connection\":3,"
          + "\"address\":\"127.0.0.1\",\"port\":5}\n";
  private static final String MISSED =
      "{\"type\":\"missed\",\"time\":\"1970-01-01T00:00:00.000000Z\",\"events\":";

  private final List<String> taken = new ArrayList<>();
  private final EventFeed feed =
      new EventFeed(new TestFollower(), Advice.NONE, () -> Instant.EPOCH);
  private boolean ready = true;

  @Test
  void passesEventsSinceTheLastFlush() {
    Reported connection = Reported.to(feed.connection(3), REMOTE);
    assertEquals(List.of(), taken);
    feed.flush();
    assertEquals(List.of(CONNECTED), taken);
    feed.flush();
    assertEquals(1, taken.size());
    receive(connection, 2);
    feed.flush();
    assertEquals(
        List.of("frame", "message", "frame", "message"),
        EventSchema.parse(taken.get(1)).stream().map(line -> line.get("type").asText()).toList());
  }

  @Test
  void countsEventsMissedByAFollowerThatWasNotReady() {
    Reported connection = Reported.to(feed.connection(3), REMOTE);
    ready = false;
    feed.flush();
    receive(connection, 1);
    feed.flush();
    assertEquals(List.of(), taken);
    receive(connection, 2);
    ready = true;
    feed.flush();
    assertEquals(List.of(EventSchema.check(MISSED + "7}\n")), taken);
    Reported.to(feed.connection(3), REMOTE);
    feed.flush();
    assertEquals(List.of(MISSED + "7}\n", CONNECTED), taken);
  }

  /** S7: a watcher that does not read misses events, and learns how many. */
  @Test
  void gathersABoundedNumberOfEvents() {
    Reported connection = Reported.to(feed.connection(3), REMOTE);
    receive(connection, 10_000);
    feed.flush();
    assertEquals(2, taken.size());
    String lines = taken.get(0);
    EventSchema.parse(lines);
    // The frames and messages are all alike.
    EventSchema.check(lines.substring(0, lines.indexOf('\n', 2000) + 1));
    assertTrue(lines.length() < 1_200_000, () -> "characters: " + lines.length());
    assertEquals(MISSED + (20_001 - lines.lines().count()) + "}\n", taken.get(1));
  }

  @Test
  void passesNothingAfterAStop() {
    Reported connection = Reported.to(feed.connection(3), REMOTE);
    feed.stop();
    receive(connection, 1);
    feed.flush();
    assertEquals(List.of(MISSED + "1}\n"), taken, "later events are not even counted");
  }

  private static void receive(Reported connection, int count) {
    FrameReader reader =
        new FrameReader(Endpoint.CLIENT, Limits.NONE, null, 0, connection.received());
    for (int i = 0; i < count; i++) {
      reader.feed(ByteBuffer.wrap(HI.clone()));
    }
  }

  private final class TestFollower implements EventFeed.Follower {
    @Override
    public boolean isReady() {
      return ready;
    }

    @Override
    public void take(String lines) {
      taken.add(lines);
    }
  }
}
