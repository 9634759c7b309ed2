package wscope.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static wscope.LinearTime.assertLinear;
import static wscope.packet.Segments.ACK;
import static wscope.packet.Segments.CLIENT;
import static wscope.packet.Segments.FIN;
import static wscope.packet.Segments.RST;
import static wscope.packet.Segments.SERVER;
import static wscope.packet.Segments.SYN;
import static wscope.packet.Segments.cut;
import static wscope.packet.Segments.fromClient;
import static wscope.packet.Segments.segment;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.LinearTime;

/** What is held is bounded, and time is linear, whatever the segments are. */
class TcpLimitsTest {
  private static final int OVERHEAD = TcpStreams.SEGMENT_OVERHEAD;
  private static final String LARGE = "l".repeat((1 << 16) - OVERHEAD);

  /** How many segments of 64 KiB with overhead a direction holds. */
  private static final int FULL = TcpStreams.HELD_PER_DIRECTION >> 16;

  private final StreamLog log = new StreamLog();
  private final TcpStreams streams = new TcpStreams(log);

  @Test
  void aDirectionHoldsItsLimit() {
    streams.add(fromClient(99, SYN, ""));
    for (int i = 0; i < FULL; i++) {
      streams.add(fromClient(101 + (long) i * LARGE.length(), LARGE));
    }
    assertEquals(TcpStreams.HELD_PER_DIRECTION, streams.held());
    assertEquals("1 opened", log.all());
    streams.add(fromClient(100, "a"));
    assertEquals(0, streams.held());
    assertEquals(1 + FULL * LARGE.length(), log.stream(1, "first").length());
    assertEquals("1 opened", log.withoutBytes());
  }

  @Test
  void aDirectionGivesUpOneAboveItsLimit() {
    streams.add(fromClient(99, SYN, ""));
    for (int i = 0; i < FULL; i++) {
      streams.add(fromClient(101 + (long) i * LARGE.length(), LARGE));
    }
    streams.add(fromClient(101 + (long) (FULL + 1) * LARGE.length(), ""));
    assertEquals("1 opened", log.all(), "an acknowledgment is not held");
    streams.add(fromClient(101 + (long) (FULL + 1) * LARGE.length(), "b"));
    assertEquals(OVERHEAD + 1, streams.held(), "until the next gap");
    assertEquals("1 opened; 1 first gap 1", log.withoutBytes());
    streams.add(fromClient(100, "late"));
    assertEquals(FULL * LARGE.length(), log.stream(1, "first").length());
    streams.finish();
    assertEquals(
        "1 opened; 1 first gap 1; 1 first gap " + LARGE.length() + "; 1 released",
        log.withoutBytes());
  }

  /** The segment that is too much may be the first of all. */
  @Test
  void theFirstOfAllIsReadWhenADirectionGivesUp() {
    streams.add(fromClient(99, SYN, ""));
    for (int i = 1; i <= FULL; i++) {
      streams.add(fromClient(102 + (long) i * LARGE.length(), LARGE));
    }
    streams.add(fromClient(102, LARGE));
    assertEquals((FULL + 1) * LARGE.length(), log.stream(1, "first").length());
    assertEquals("1 opened; 1 first gap 2", log.withoutBytes());
  }

  @Test
  void aSegmentLargerThanTheLimit() {
    streams.add(fromClient(99, SYN, ""));
    streams.add(fromClient(101, "x".repeat(TcpStreams.HELD_PER_DIRECTION)));
    assertEquals(0, streams.held());
    assertEquals("1 opened; 1 first gap 1", log.withoutBytes());
  }

  /** Segments of one byte cost more than their payload. */
  @Test
  void smallSegmentsCount() {
    streams.add(fromClient(99, SYN, ""));
    int most = TcpStreams.HELD_PER_DIRECTION / (OVERHEAD + 1);
    for (int i = 1; i <= most; i++) {
      streams.add(fromClient(100 + 2L * i, "s"));
    }
    assertEquals("1 opened", log.all());
    streams.add(fromClient(100 + 2L * most + 2, "s"));
    assertEquals("1 opened; 1 first gap 2; 1 first \"s\"", log.all());
  }

  /** Retransmissions of held bytes, and segments without payload, are held as well. */
  @Test
  void whateverIsHeldCounts() {
    streams.add(fromClient(99, SYN, ""));
    for (int i = 0; i < 40_000; i++) {
      streams.add(fromClient(102, "same"));
      streams.add(cut(102, ACK, "", 1));
      streams.add(fromClient(110, FIN, ""));
      assertTrue(streams.held() <= TcpStreams.HELD_PER_DIRECTION);
    }
    streams.finish();
    assertEquals("same", log.stream(1, "first"));
  }

  @Test
  void theOneThatWaitedLongestGivesUpInTotal() {
    int directions = TcpStreams.HELD_IN_TOTAL / TcpStreams.HELD_PER_DIRECTION;
    for (int port = 1; port <= directions + 1; port++) {
      streams.add(segment(client(port), SERVER, 99, SYN, "", 0));
      for (int i = 0; port <= directions && i < FULL; i++) {
        long sequence = 101 + (long) i * LARGE.length();
        streams.add(segment(client(port), SERVER, sequence, ACK, LARGE, 0));
      }
    }
    assertEquals(TcpStreams.HELD_IN_TOTAL, streams.held());
    assertEquals(-1, log.withoutBytes().indexOf("gap"));
    streams.add(segment(client(directions + 1), SERVER, 101, ACK, "b", 0));
    int left = TcpStreams.HELD_IN_TOTAL - TcpStreams.HELD_PER_DIRECTION;
    assertEquals(left + OVERHEAD + 1, streams.held());
    assertTrue(log.withoutBytes().endsWith(" opened; 1 first gap 1"), log.withoutBytes());
  }

  @Test
  void connectionsAreCounted() {
    assertEquals(16_384, TcpStreams.CONNECTIONS);
    for (int i = 0; i < TcpStreams.CONNECTIONS; i++) {
      streams.add(segment(client(i), SERVER, 1, ACK, "x", 0));
    }
    streams.add(segment(client(0), SERVER, 2, ACK, "y", 0));
    assertEquals(-1, log.all().indexOf("released"));
    streams.add(segment(client(TcpStreams.CONNECTIONS), SERVER, 1, ACK, "x", 0));
    assertTrue(log.all().contains("; 2 released; "), "the one without segments for longest");
    streams.add(segment(client(0), SERVER, 3, ACK, "z", 0));
    assertEquals("xyz", log.stream(1, "first"));
  }

  /** Connections that are over make no place scarce for others. */
  @Test
  void connectionsThatAreOver() {
    streams.add(segment(client(0), SERVER, 1, ACK, "a", 0));
    for (int i = 1; i <= 3 * TcpStreams.CONNECTIONS; i++) {
      streams.add(segment(client(i), SERVER, 1, RST, "", 0));
    }
    streams.add(segment(client(0), SERVER, 2, ACK, "b", 0));
    assertEquals("ab", log.stream(1, "first"));
    int released = log.all().split(" released", -1).length - 1;
    assertEquals(3 * TcpStreams.CONNECTIONS - TcpStreams.CONNECTIONS_OVER, released);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 40_000})
  void linearWhateverIsMissing(int step) {
    assertLinear(
        2_000,
        count -> {
          TcpStreams streams = new TcpStreams(new StreamTotals());
          streams.add(fromClient(99, SYN, ""));
          for (int i = count; i > 0; i--) {
            streams.add(fromClient(101 + (long) i * step, "s"));
          }
          streams.finish();
        });
  }

  @Test
  void linearWithLargeRetransmissions() {
    String large = "r".repeat(1000);
    assertLinear(
        500,
        count -> {
          TcpStreams streams = new TcpStreams(new StreamTotals());
          streams.add(fromClient(99, SYN, ""));
          for (int i = 0; i < count; i++) {
            streams.add(fromClient(101 + 2L * (i % 500), "s"));
            streams.add(fromClient(101, large));
          }
          streams.finish();
        });
  }

  /** Addresses and ports whose hashes are equal. */
  @Test
  void linearWithEqualHashes() {
    assertLinear(
        TcpStreams.CONNECTIONS / LinearTime.FACTOR,
        count -> {
          TcpStreams streams = new TcpStreams(new StreamTotals());
          for (int i = 0; i < count; i++) {
            streams.add(segment(sameHash(i), SERVER, 1, ACK, "x", 0));
          }
          streams.finish();
        });
  }

  @Test
  void theHashesAreEqual() {
    assertEquals(sameHash(1).hashCode(), sameHash(2).hashCode());
    assertEquals(sameHash(0).hashCode(), sameHash(40_000).hashCode());
  }

  /** A record adds 31 times the hash of its address, which is that address, to its port. */
  private static TcpEndpoint sameHash(int i) {
    int address = 0x0a000000 + i;
    byte[] bytes = ByteBuffer.allocate(4).putInt(address).array();
    return TcpEndpoint.of(bytes, 0x7fffff - 31 * i);
  }

  private static TcpEndpoint client(int number) {
    byte[] address = ByteBuffer.allocate(4).putInt(0x0a010000 + number).array();
    return TcpEndpoint.of(address, CLIENT.port());
  }
}
