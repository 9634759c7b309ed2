package wscope.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static wscope.packet.Segments.ACK;
import static wscope.packet.Segments.FIN;
import static wscope.packet.Segments.SYN;
import static wscope.packet.Segments.acknowledging;
import static wscope.packet.Segments.cut;
import static wscope.packet.Segments.fromClient;
import static wscope.packet.Segments.fromServer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Segments in any order, more than once, and with any overlap give the same streams. */
class TcpReorderingTest {
  private static final int ROUNDS = 400;

  /** All 720 orders of six segments after both SYN. */
  @Test
  void everyOrder() {
    List<TcpSegment> segments =
        List.of(
            fromClient(0, "abc"),
            fromClient(3, "def"),
            fromClient(5, "fg"),
            fromClient(7, FIN | ACK, ""),
            fromServer(900, "12"),
            fromServer(902, FIN | ACK, "3"));
    List<List<TcpSegment>> orders = orders(segments);
    assertEquals(720, orders.size());
    for (List<TcpSegment> order : orders) {
      StreamLog log = read(0xffffffffL, order);
      assertEquals("abcdefg", log.stream(1, "first"));
      assertEquals("123", log.stream(1, "second"));
      assertEquals(-1, log.all().indexOf("gap"));
      assertEquals(2, log.all().split("ended FIN", -1).length - 1);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void randomSegments(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      String stream = random(random, 1 + random.nextInt(3000));
      long syn = random.nextInt(3) == 0 ? 0xffffffffL - random.nextInt(3000) : random.nextInt();
      List<TcpSegment> segments = overlapping(random, syn + 1, stream);
      int copies = segments.size() / 3;
      for (int i = 0; i < copies; i++) {
        segments.add(segments.get(random.nextInt(segments.size())));
      }
      shuffleWithin(random, segments, 1 + random.nextInt(20));
      StreamLog log = read(syn, segments);
      assertEquals(stream, log.stream(1, "first"));
      assertEquals("1 opened; 1 first ended FIN; 1 released", log.withoutBytes());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5, 6})
  void oneMissingSegmentIsOneGap(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      String stream = random(random, 100 + random.nextInt(1000));
      int from = random.nextInt(stream.length() - 1);
      int to = from + 1 + random.nextInt(stream.length() - from - 1);
      long syn = random.nextInt();
      List<TcpSegment> segments = new ArrayList<>(pieces(random, syn + 1, stream, 0, from));
      segments.addAll(pieces(random, syn + 1, stream, to, stream.length()));
      segments.add(fromClient(syn + 1 + stream.length(), FIN, ""));
      shuffleWithin(random, segments, 1 + random.nextInt(20));
      StreamLog log = read(syn, segments);
      assertEquals(stream.substring(0, from) + stream.substring(to), log.stream(1, "first"));
      String gap = "1 opened; 1 first gap " + (to - from) + "; 1 first ended FIN; 1 released";
      assertEquals(gap, log.withoutBytes());
    }
  }

  /** Of segments that differ, the one that was captured first counts for each byte. */
  @ParameterizedTest
  @ValueSource(longs = {10, 11})
  void differingSegments(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      int length = 10 + random.nextInt(100);
      long syn = random.nextInt(3) == 0 ? 0xffffffffL - random.nextInt(100) : random.nextInt();
      char[] expected = new char[length];
      int differing = 0;
      List<TcpSegment> segments = new ArrayList<>();
      for (int left = random.nextInt(30); left >= 0; left--) {
        // Not one byte, which may be a keep-alive probe. The last one has all bytes.
        int from = left == 0 ? 0 : random.nextInt(length - 1);
        int to = left == 0 ? length : Math.min(length, from + 2 + random.nextInt(30));
        String payload = random(random, to - from);
        segments.add(fromClient(syn + 1 + from, payload));
        for (int i = from; i < to; i++) {
          expected[i] = expected[i] == 0 ? payload.charAt(i - from) : expected[i];
          differing += expected[i] == payload.charAt(i - from) ? 0 : 1;
        }
      }
      StreamLog log = read(syn, segments);
      assertEquals(new String(expected), log.stream(1, "first"));
      assertEquals(differing, log.differing());
    }
  }

  /** Each segment begins a byte before the one before it, so that it overlaps all of them. */
  @Test
  void segmentsThatOverlapEachOtherTakeLittleTime() {
    int count = 2500;
    List<TcpSegment> segments = new ArrayList<>();
    for (int i = count; i > 0; i--) {
      segments.add(fromClient(i, "x".repeat(1400)));
    }
    segments.add(fromClient(0, "yy"));
    StreamLog log = assertTimeout(Duration.ofSeconds(10), () -> read(0xffffffffL, segments));
    assertEquals("y" + "x".repeat(count - 1 + 1400), log.stream(1, "first"));
  }

  /** Segments of any fields: no exception, and what a listener was promised (StreamLog checks). */
  @ParameterizedTest
  @ValueSource(longs = {7, 8, 9})
  void anySegments(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      StreamLog log = new StreamLog();
      TcpStreams streams = new TcpStreams(log);
      for (int i = random.nextInt(60); i > 0; i--) {
        streams.add(any(random));
      }
      streams.finish();
      assertEquals(0, streams.held());
      String all = log.all();
      assertEquals(all.split(" opened", -1).length, all.split(" released", -1).length);
    }
  }

  private static TcpSegment any(Random random) {
    long sequence = random.nextInt(8) == 0 ? random.nextInt() : random.nextInt(50) - 20;
    int[] likely = {ACK, ACK, ACK, ACK, SYN, FIN, TcpSegment.RST, random.nextInt(64)};
    int flags = likely[random.nextInt(likely.length)];
    String payload = "p".repeat(random.nextInt(4) == 0 ? 0 : random.nextInt(20));
    int missing = random.nextInt(6) == 0 ? random.nextInt(100) : 0;
    TcpSegment segment =
        random.nextInt(3) == 0
            ? fromServer(sequence, flags, payload)
            : cut(sequence, flags, payload, missing);
    return random.nextBoolean() ? segment : acknowledging(segment, random.nextInt(100) - 20);
  }

  private static StreamLog read(long syn, List<TcpSegment> segments) {
    StreamLog log = new StreamLog();
    TcpStreams streams = new TcpStreams(log);
    streams.add(fromClient(syn, SYN, ""));
    if (segments.stream().anyMatch(segment -> segment.source().equals(Segments.SERVER))) {
      streams.add(fromServer(899, SYN | ACK, ""));
    }
    segments.forEach(streams::add);
    streams.finish();
    return log;
  }

  /** Pieces that cover a stream, each of which may begin before the one before ends. */
  private static List<TcpSegment> overlapping(Random random, long first, String stream) {
    List<TcpSegment> segments = new ArrayList<>();
    int covered = 0;
    while (covered < stream.length()) {
      int from = Math.max(0, covered - random.nextInt(30));
      int to = Math.min(stream.length(), covered + 1 + random.nextInt(60));
      segments.add(fromClient(first + from, stream.substring(from, to)));
      covered = to;
    }
    int last = random.nextInt(20);
    String tail = stream.substring(Math.max(0, stream.length() - last));
    segments.add(fromClient(first + stream.length() - tail.length(), FIN | ACK, tail));
    return segments;
  }

  private static List<TcpSegment> pieces(
      Random random, long first, String stream, int from, int to) {
    List<TcpSegment> segments = new ArrayList<>();
    int at = from;
    while (at < to) {
      int end = Math.min(to, at + 1 + random.nextInt(60));
      segments.add(fromClient(first + at, stream.substring(at, end)));
      at = end;
    }
    return segments;
  }

  private static void shuffleWithin(Random random, List<TcpSegment> segments, int window) {
    for (int at = 0; at < segments.size(); at += window) {
      int end = Math.min(segments.size(), at + window);
      Collections.shuffle(segments.subList(at, end), random);
    }
  }

  private static <T> List<List<T>> orders(List<T> things) {
    if (things.isEmpty()) {
      return List.of(List.of());
    }
    List<List<T>> orders = new ArrayList<>();
    for (int i = 0; i < things.size(); i++) {
      List<T> rest = new ArrayList<>(things);
      T first = rest.remove(i);
      for (List<T> order : orders(rest)) {
        List<T> whole = new ArrayList<>(List.of(first));
        whole.addAll(order);
        orders.add(whole);
      }
    }
    return orders;
  }

  private static String random(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      // No quotation mark, by which StreamLog knows bytes.
      text.append((char) ('#' + random.nextInt(200)));
    }
    return text.toString();
  }
}
