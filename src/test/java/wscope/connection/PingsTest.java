package wscope.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.protocol.event.PingRoundTrips;

/** The payloads of the pings are 1, 2 and 3. */
class PingsTest {
  /**
   * The columns: what arrives after three pings, the number of pongs that answer one, of other
   * pongs, of messages with a payload of a ping, and whether a ping is still without a pong.
   */
  @ParameterizedTest
  @CsvSource({
    "'', 0, 0, 0, true",
    "pong 1 pong 2 pong 3, 3, 0, 0, false",
    // RFC 6455 §5.5.3: a pong may answer only the most recent ping.
    "pong 3, 1, 0, 0, false",
    "pong 2, 1, 0, 0, true",
    "pong , 0, 1, 0, true",
    "pong 4 pong 0 pong x, 0, 3, 0, true",
    // A second pong, after which it is unsolicited.
    "pong 2 pong 1, 1, 1, 0, true",
    "pong 3 pong 1 pong x, 1, 0, 0, false",
    "text 1 text 3 text 4, 0, 0, 2, true",
    "pong 3 text 3, 1, 0, 0, false",
  })
  void countsWhatArrives(String arrives, long count, long others, long messages, boolean pending) {
    Pings pings = new Pings();
    for (int i = 1; i <= 3; i++) {
      assertEquals(ByteBuffer.wrap(Integer.toString(i).getBytes(UTF_8)), pings.next());
    }
    for (String what : arrives.split("(?<=[\\w ]) ?(?=pong|text)", -1)) {
      ByteBuffer payload = ByteBuffer.wrap(what.replaceFirst("^\\w* ?", "").getBytes(UTF_8));
      if (what.startsWith("pong")) {
        pings.pong(payload);
      } else {
        pings.message(payload);
      }
    }
    PingRoundTrips trips = pings.roundTrips();
    assertEquals(3, trips.sent());
    assertEquals(count, trips.count());
    assertEquals(others, trips.otherPongs());
    assertEquals(messages, trips.messages());
    if (pending) {
      assertNotEquals(0, pings.pending());
    } else {
      assertEquals(0, pings.pending());
    }
  }
}
