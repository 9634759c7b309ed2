package wscope.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.connection.Behaviour;
import wscope.connection.Disconnected;
import wscope.connection.Timeouts;
import wscope.protocol.event.Event;
import wscope.protocol.event.TransportEnd;
import wscope.protocol.event.Withholding;
import wscope.support.RawClient;
import wscope.support.SampleHandshake;

/** What the server withholds on purpose, over real sockets. */
@Timeout(20)
class WithholdingTest {
  private static final long MILLI = 1_000_000;
  private static final long TEN_MINUTES = 600_000 * MILLI;

  @Test
  void delaysTheResponse() throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = server.connect()) {
      long start = System.nanoTime();
      // A frame right after the request waits for the response too.
      client.send(RawClient.request("handshake-delay=150ms"), RawClient.text("early"));
      Event.Withheld event = server.nextWithheld();
      assertEquals(new Event.Withheld(Withholding.RESPONSE_FOR_NOW, 150 * MILLI), event);
      client.expectUpgrade();
      assertTrue(System.nanoTime() - start >= 150 * MILLI);
      client.expect(RawClient.echo("early"));
      client.send(RawClient.text("late"));
      client.expect(RawClient.echo("late"));
    }
  }

  @Test
  void delaysARejection() throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = server.connect()) {
      long start = System.nanoTime();
      client.send(RawClient.request("handshake-delay=100ms&status=503"));
      assertTrue(client.head().startsWith("HTTP/1.1 503 "));
      assertTrue(System.nanoTime() - start >= 100 * MILLI);
    }
  }

  /** The handshake timeout ends while the request has not arrived, not while we delay. */
  @Test
  void theDelayMayBeLongerThanTheHandshakeTimeout() throws Exception {
    Timeouts shortTimeout = new Timeouts(Duration.ofMillis(100), Duration.ofSeconds(5));
    try (RunningServer server = new RunningServer(shortTimeout, 8, false);
        RawClient client = server.connect()) {
      client.send(RawClient.request("handshake-delay=300ms"));
      client.expectUpgrade();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"never", "handshake-delay=10m"})
  void noticesThatAClientGivesUp(String query) throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = server.connect()) {
      client.send(RawClient.request(query));
      assertEquals(TEN_MINUTES, server.nextWithheld().nanos());
      assertEquals(0, client.available());
      client.shutdownOutput();
      client.expectEnd();
      Disconnected event = server.nextDisconnected();
      assertFalse(event.opened());
      assertEquals(TransportEnd.Manner.FIN, event.end().manner());
      assertEquals("client", event.end().by().id());
    }
  }

  /** A query with a problem gets its response at once. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "never&never=off",
        "half&rate=x",
        "handshake-delay=10m&fualt=",
        "trickle=1m&silent=x"
      })
  void rejectsAnInvalidQueryAtOnce(String query) throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = server.connect()) {
      client.send(RawClient.request(query));
      assertTrue(client.head().startsWith("HTTP/1.1 400 "));
      assertTrue(client.rest().contains("The query of the URL is invalid"));
    }
  }

  /** What a client sends without waiting for the response does not hide its end. */
  @ParameterizedTest
  @ValueSource(strings = {"never", "half"})
  void noticesThatAnImpatientClientGivesUp(String query) throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = server.connect()) {
      client.send(RawClient.request(query), RawClient.text("early"));
      server.nextWithheld();
      client.send(RawClient.text("later"));
      client.shutdownOutput();
      assertEquals(TransportEnd.Manner.FIN, server.nextDisconnected().end().manner());
    }
  }

  @Test
  void neverConcernsEachConnectionOfAServer() throws Exception {
    try (RunningServer server = new RunningServer(Behaviour.DEFAULT.never(true));
        RawClient one = server.connect();
        RawClient other = server.connect()) {
      one.send(RawClient.request(""));
      assertEquals(Withholding.RESPONSE, server.nextWithheld().what());
      other.send(RawClient.request("never=off"));
      other.expectUpgrade();
      assertEquals(0, one.available());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"half", "half&handshake-delay=50ms"})
  void stopsInsideTheResponse(String query) throws Exception {
    String half = SampleHandshake.RESPONSE.substring(0, SampleHandshake.RESPONSE.length() / 2);
    try (RunningServer server = new RunningServer();
        RawClient client = server.connect()) {
      client.send(RawClient.request(query));
      client.expect(half.getBytes(ISO_8859_1));
      Event.Withheld event = server.nextWithheld();
      if (event.what() == Withholding.RESPONSE_FOR_NOW) {
        event = server.nextWithheld();
      }
      assertEquals(new Event.Withheld(Withholding.REST_OF_RESPONSE, TEN_MINUTES), event);
      client.shutdownOutput();
      client.expectEnd();
      assertEquals(half, server.nextIncompleteHead());
      assertFalse(server.nextDisconnected().opened());
    }
  }

  @Test
  void readsNothingOnRequest() throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = server.connect()) {
      client.send(RawClient.request("stop-reading&every=20ms&message=tick"));
      client.expectUpgrade();
      assertEquals(new Event.Withheld(Withholding.READING, TEN_MINUTES), server.nextWithheld());
      client.send(RawClient.text("a"), RawClient.close(1000));
      for (int i = 0; i < 5; i++) {
        client.expect(RawClient.echo("tick"));
      }
    }
  }

  @Test
  void sendsEachByteAlone() throws Exception {
    int milli = 2;
    try (RunningServer server = new RunningServer();
        RawClient client = server.connect()) {
      long start = System.nanoTime();
      client.send(RawClient.request("trickle=" + milli + "ms&rate=1&greet=hi"));
      client.expectUpgrade();
      client.expect(RawClient.echo("hi"));
      int bytes = SampleHandshake.RESPONSE.length() + 4;
      assertTrue(System.nanoTime() - start >= (bytes - 1L) * milli * MILLI);
      client.send(RawClient.text("abc"), RawClient.close(1000));
      client.expect(RawClient.echo("abc"));
      client.expectCloseAndEnd(1000);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"never", "half", "stop-reading"})
  void endsInBoundedTime(String query) throws Exception {
    Timeouts timeouts =
        new Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofMillis(100));
    try (RunningServer server = new RunningServer(timeouts, 8, false);
        RawClient client = server.connect()) {
      client.send(RawClient.request(query));
      Disconnected event = server.nextDisconnected();
      assertEquals(Disconnected.Timeout.WITHHELD, event.timeout());
      assertNull(event.cause());
    }
  }

  /** A link held mute counts towards the limit of connections. */
  @Test
  void countsTowardsTheLimit() throws Exception {
    try (RunningServer server = new RunningServer(RunningServer.LONG_TIMEOUTS, 1, false);
        RawClient mute = server.connect()) {
      mute.send(RawClient.request("never"));
      server.nextWithheld();
      try (RawClient next = server.connect()) {
        next.send(RawClient.REQUEST);
        assertTrue(next.head().startsWith("HTTP/1.1 503 "));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"never", "half", "handshake-delay=10m", "stop-reading", "trickle=1m"})
  void doesNotKeepTheServerFromStopping(String query) throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = server.connect()) {
      client.send(RawClient.request(query));
      if (!query.startsWith("trickle")) {
        server.nextWithheld();
      }
      server.stop();
      assertTrue(server.hasEnded());
    }
  }
}
