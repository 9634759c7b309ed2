package wscope.packet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static wscope.packet.Segments.ACK;
import static wscope.packet.Segments.CLIENT;
import static wscope.packet.Segments.FIN;
import static wscope.packet.Segments.RST;
import static wscope.packet.Segments.SERVER;
import static wscope.packet.Segments.SYN;
import static wscope.packet.Segments.acknowledging;
import static wscope.packet.Segments.cut;
import static wscope.packet.Segments.fromClient;
import static wscope.packet.Segments.fromServer;
import static wscope.packet.Segments.segment;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TcpStreamsTest {
  private final StreamLog log = new StreamLog();
  private final TcpStreams streams = new TcpStreams(log);

  @Test
  void aWholeConnection() {
    addWholeConnection();
    assertEquals(
        "1 opened; 1 first \"GET\"; 1 second \"101\"; 1 first \" /\"; 1 second \"!\";"
            + " 1 second ended FIN; 1 first ended FIN; 1 released",
        log.all());
    assertEquals(CLIENT, log.last().client());
    assertEquals(CLIENT, log.last().first());
    assertEquals(SERVER, log.last().peerOf(CLIENT));
    assertEquals(CLIENT, log.last().peerOf(SERVER));
    streams.finish();
    assertTrue(log.all().endsWith("; 1 first ended FIN; 1 released"), "once");
  }

  @Test
  void theReceiverOfSynAndAckIsTheClient() {
    add(fromServer(499, SYN | ACK, ""), fromClient(100, "a"), fromServer(500, "b"));
    assertEquals("1 opened; 1 first \"a\"; 1 second \"b\"", log.all());
    assertEquals(CLIENT, log.last().client());
  }

  @Test
  void aMissedStart() {
    add(fromServer(500, ""), fromServer(500, "b"), fromClient(100, "a"), fromServer(501, "c"));
    assertEquals("1 opened; 1 first \"b\"; 1 second \"a\"; 1 first \"c\"", log.all());
    assertNull(log.last().client());
    assertEquals(SERVER, log.last().first());
  }

  /** The last segment of the server was not captured, but the client has it. */
  @ParameterizedTest
  @ValueSource(ints = {FIN | ACK, RST | ACK})
  void aMissedEndThatIsAcknowledged(int end) {
    add(fromServer(0xfffffffeL, "ab"), fromClient(100, "a"));
    add(acknowledging(fromClient(101, end, ""), 7));
    streams.finish();
    assertEquals(
        "1 opened; 1 first \"ab\"; 1 second \"a\"; 1 second ended "
            + (end == (FIN | ACK) ? "FIN" : "RST")
            + "; 1 first gap 7; 1 released",
        log.all());
  }

  /** The RST tells nothing of the bytes before it. */
  @Test
  void aMissedEndBeforeAReset() {
    add(fromServer(500, "ab"), acknowledging(fromClient(100, "a"), 505));
    add(fromServer(502, RST, ""));
    assertEquals(
        "1 opened; 1 first \"ab\"; 1 second \"a\"; 1 first gap 3; 1 first ended RST", log.all());
  }

  @Test
  void whatHasEndedLacksNothing() {
    add(fromServer(500, FIN | ACK, "ab"), acknowledging(fromClient(100, ""), 503));
    add(acknowledging(fromClient(100, "a"), 700));
    streams.finish();
    assertEquals(
        "1 opened; 1 first \"ab\"; 1 first ended FIN; 1 second \"a\"; 1 released", log.all());
  }

  /** Acknowledgments show that the capture missed a segment, not the network. */
  @Test
  void whatIsAcknowledgedDoesNotWait() {
    add(fromServer(500, "ab"), fromServer(505, "c"), fromServer(508, "d"));
    for (int i = 0; i < 10; i++) {
      add(acknowledging(fromClient(100, ""), 502));
    }
    for (int i = 0; i < 8; i++) {
      add(acknowledging(fromClient(100, ""), 509));
    }
    assertEquals("1 opened; 1 first \"ab\"", log.all());
    add(acknowledging(fromClient(100, ""), 509), fromServer(509, "e"));
    assertEquals(
        "1 opened; 1 first \"ab\"; 1 first gap 3; 1 first \"c\"; 1 first gap 2; 1 first \"d\";"
            + " 1 first \"e\"",
        log.all());
  }

  /** Also without anything later that waits. */
  @Test
  void whatIsAcknowledgedIsMissedSoon() {
    add(fromServer(500, "ab"));
    for (int i = 0; i < 9; i++) {
      assertEquals("1 opened; 1 first \"ab\"", log.all());
      add(acknowledging(fromClient(100, ""), 505 + i));
    }
    add(fromServer(502, "01234"));
    assertEquals("1 opened; 1 first \"ab\"; 1 first gap 3; 1 first \"34\"", log.all());
  }

  /** A capture may have an acknowledgment before its segment. */
  @Test
  void whatIsAcknowledgedMayComeALittleLater() {
    add(fromServer(500, "ab"), fromServer(505, "c"));
    for (int i = 0; i < 8; i++) {
      add(acknowledging(fromClient(100, ""), 506));
    }
    add(fromServer(502, "012"));
    streams.finish();
    assertEquals("1 opened; 1 first \"ab\"; 1 first \"012\"; 1 first \"c\"; 1 released", log.all());
  }

  /** Acknowledgments and probes have the number of a byte before, and begin nothing. */
  @Test
  void aMissedStartBeforeProbes() {
    add(fromClient(99, ""), fromClient(99, "\0"), fromClient(100, "a"), fromClient(101, "b"));
    assertEquals("1 opened; 1 first \"a\"; 1 first \"b\"", log.all());
  }

  @Test
  void aRetransmissionMayDiffer() {
    add(fromClient(100, "abcd"), fromServer(500, "0"), fromClient(104, "efgh"));
    add(fromClient(100, "abcd"), fromClient(103, "dXfYh"), fromClient(106, "gHi"));
    assertEquals(
        "1 opened; 1 first \"abcd\"; 1 second \"0\"; 1 first \"efgh\"; 1 first differs in 2 from 4;"
            + " 1 first differs in 1 from 7; 1 first \"i\"",
        log.all());
  }

  /** The numbers of TCP wrap around. */
  @Test
  void aSegmentThatWaitsMayDiffer() {
    add(fromClient(0xfffffffdL, SYN, ""), fromClient(1, "cd"), fromClient(0, "Xy"));
    add(fromClient(0xfffffffeL, "ab"));
    assertEquals(
        "1 opened; 1 first \"ab\"; 1 first \"X\"; 1 first \"cd\"; 1 first differs in 1 from 3",
        log.all());
  }

  @Test
  void aRetransmissionMayDifferAfterTheEnd() {
    add(fromClient(100, FIN | ACK, "abc"), fromClient(100, FIN | ACK, "abX"));
    add(fromServer(500, FIN | ACK, "d"), fromClient(100, "Xbc"));
    assertEquals(
        "1 opened; 1 first \"abc\"; 1 first ended FIN; 1 first differs in 1 from 2;"
            + " 1 second \"d\"; 1 second ended FIN; 1 released",
        log.all());
  }

  @Test
  void whatWasCapturedFirstCountsWhateverComesBeforeIt() {
    add(fromClient(99, SYN, ""), fromClient(106, "gh"), fromClient(102, "cd"));
    add(fromClient(104, "EF!?IJ"), fromClient(100, "ab..efGHi"));
    assertEquals(
        "1 opened; 1 first \"ab\"; 1 first \"cd\"; 1 first differs in 2 from 2; 1 first \"EF\";"
            + " 1 first differs in 2 from 4; 1 first \"gh\"; 1 first differs in 2 from 6;"
            + " 1 first \"IJ\"; 1 first differs in 3 from 6",
        log.all());
    assertEquals(0, streams.held());
  }

  /** A later segment has what an earlier one lacks, and the end may come with either. */
  @Test
  void aSegmentThatIsCutDoesNotHideALaterOne() {
    add(fromClient(99, SYN, ""), cut(102, ACK, "c", 2), fromClient(101, FIN | ACK, "bcdefg"));
    add(fromClient(100, "a"));
    assertEquals("1 opened; 1 first \"a\"; 1 first \"bcdefg\"; 1 first ended FIN", log.all());
  }

  /** What is missing cannot differ, nor can the byte of a keep-alive probe. */
  @Test
  void whatWasNotReadDoesNotDiffer() {
    add(fromClient(100, "ab"), fromClient(105, "f"), fromServer(500, "0"));
    for (int i = 0; i < 9; i++) {
      add(acknowledging(fromServer(501, ""), 106));
    }
    add(fromClient(102, "cdeX"), fromClient(105, "\0"), fromClient(100, "Zb"));
    assertEquals(
        "1 opened; 1 first \"ab\"; 1 second \"0\"; 1 first gap 3; 1 first \"f\";"
            + " 1 first differs in 1 from 5",
        log.all());
  }

  /** The last 64 KiB are kept, in whatever segments they come. */
  @Test
  void comparesWithTheLastBytes() {
    byte[] bytes = new byte[300_000];
    new Random(1).nextBytes(bytes);
    String all = new String(bytes, ISO_8859_1);
    Random random = new Random(2);
    int end = 0;
    while (end < all.length()) {
      int next = Math.min(all.length(), end + 1 + random.nextInt(random.nextBoolean() ? 9 : 3000));
      add(fromClient(100 + end, all.substring(end, next)));
      end = next;
      int kept = Math.max(0, end - (64 << 10));
      int from = kept + random.nextInt(end - kept);
      int to = Math.min(end, from + 2 + random.nextInt(2000));
      int before = log.size();
      add(fromClient(100 + from, all.substring(from, to)));
      assertEquals(before, log.size(), "the same again");
      if (to - from > 1) {
        String other = (char) (all.charAt(from) ^ 1) + all.substring(from + 1, to);
        add(fromClient(100 + from, other));
        assertEquals("1 first differs in 1 from " + from, log.latest());
      }
    }
  }

  @Test
  void synWithPayload() {
    add(fromClient(99, SYN, "ab"), fromClient(100, "abc"));
    assertEquals("1 opened; 1 first \"ab\"; 1 first \"c\"", log.all());
  }

  @Test
  void retransmissions() {
    add(
        fromClient(99, SYN, ""),
        fromClient(100, "abcd"),
        fromClient(100, "abcd"),
        fromClient(100, "ab"),
        fromClient(102, "cdef"),
        fromClient(99, SYN, ""),
        fromClient(100, "XXXXXXg"));
    assertEquals(
        "1 opened; 1 first \"abcd\"; 1 first \"ef\"; 1 first differs in 6 from 0; 1 first \"g\"",
        log.all());
  }

  @Test
  void segmentsThatComeEarly() {
    add(
        fromClient(99, SYN, ""),
        fromClient(104, "ef"),
        fromClient(102, "cd"),
        fromClient(103, "XXXX"),
        fromClient(100, "ab"));
    assertEquals(
        "1 opened; 1 first \"ab\"; 1 first \"cd\"; 1 first differs in 1 from 3; 1 first \"ef\";"
            + " 1 first differs in 2 from 4; 1 first \"X\"",
        log.all(),
        "first number");
    assertEquals(0, streams.held());
  }

  @ParameterizedTest
  @ValueSource(longs = {0xfffffffcL, 0xfffffffdL, 0xffffffffL, 0, 0x7ffffffeL, 0x80000000L})
  void numbersWrapAround(long syn) {
    add(
        fromClient(syn, SYN, ""),
        fromClient(syn + 3, "cd"),
        fromClient(syn + 1, "ab"),
        fromClient(syn + 2, "bcde"),
        fromClient(syn + 6, FIN, ""));
    assertEquals("abcde", log.stream(1, "first"));
    assertEquals("1 opened; 1 first ended FIN", log.withoutBytes());
  }

  @Test
  void streamsLongerThanTheirNumbers() {
    String mebibyte = "m".repeat(1 << 20);
    StreamTotals totals = new StreamTotals();
    TcpStreams counted = new TcpStreams(totals);
    counted.add(fromClient(99, SYN, ""));
    counted.add(fromClient(100, mebibyte));
    long length = 5L << 30;
    for (long at = mebibyte.length(); at < length; at += mebibyte.length()) {
      counted.add(cut(100 + at, ACK, "", mebibyte.length()));
    }
    counted.add(fromClient(100 + length, "end"));
    assertEquals(mebibyte.length() + 3, totals.bytes());
    assertEquals(length - mebibyte.length(), totals.missing());
  }

  @Test
  void aGapAtTheEnd() {
    add(
        fromClient(99, SYN, ""),
        fromClient(100, "ab"),
        fromClient(105, "f"),
        fromClient(108, FIN, "ij"));
    assertEquals("1 opened; 1 first \"ab\"", log.all());
    streams.finish();
    assertEquals(
        "1 opened; 1 first \"ab\"; 1 first gap 3; 1 first \"f\"; 1 first gap 2;"
            + " 1 first \"ij\"; 1 first ended FIN; 1 released",
        log.all());
    assertEquals(0, streams.held());
  }

  @Test
  void aMissingStartAfterSyn() {
    add(fromClient(99, SYN, ""), fromClient(107, "h"));
    streams.finish();
    assertEquals("1 opened; 1 first gap 7; 1 first \"h\"; 1 released", log.all());
  }

  @Test
  void keepAliveProbes() {
    add(
        fromClient(99, SYN, ""),
        fromClient(100, "ab"),
        fromClient(101, ""),
        fromClient(101, "\0"),
        fromClient(104, "ef"),
        fromClient(105, "\0"),
        fromClient(102, "cd"),
        fromClient(107, "?"),
        fromClient(106, "gh"));
    assertEquals("abcdefgh", log.stream(1, "first"));
    assertEquals("1 opened", log.withoutBytes());
  }

  @Test
  void cutPayloadIsAGap() {
    add(
        fromClient(99, SYN, ""),
        cut(100, ACK, "ab", 8),
        cut(110, ACK, "cd", 8),
        cut(110, ACK, "cd", 8),
        cut(120, ACK, "", 5),
        cut(125, FIN | ACK, "e", 1));
    assertEquals(
        "1 opened; 1 first \"ab\"; 1 first gap 8; 1 first \"cd\"; 1 first gap 8; 1 first gap 5;"
            + " 1 first \"e\"; 1 first gap 1; 1 first ended FIN",
        log.all());
  }

  @Test
  void cutPayloadThatComesEarly() {
    add(
        fromClient(99, SYN, ""),
        cut(120, ACK, "", 10),
        cut(110, ACK, "cd", 8),
        cut(100, ACK, "ab", 8));
    assertEquals(
        "1 opened; 1 first \"ab\"; 1 first gap 8; 1 first \"cd\"; 1 first gap 8;"
            + " 1 first gap 10",
        log.all());
  }

  @Test
  void finWaitsForWhatIsBeforeIt() {
    add(fromClient(99, SYN, ""), fromClient(103, FIN, ""), fromClient(100, "abc"));
    assertEquals("1 opened; 1 first \"abc\"; 1 first ended FIN", log.all());
  }

  @Test
  void nothingFollowsFin() {
    add(
        fromClient(99, SYN, ""),
        fromClient(106, "xyz"),
        fromClient(103, "xyz"),
        fromClient(100, FIN, "abc"),
        fromClient(104, "xyz"),
        fromClient(103, FIN, ""),
        fromClient(104, RST, ""));
    streams.finish();
    assertEquals("1 opened; 1 first \"abc\"; 1 first ended FIN; 1 released", log.all());
    assertEquals(0, streams.held());
  }

  /** It is one that a receiver drops. */
  @Test
  void finBeforeTheNextByte() {
    add(fromClient(99, SYN, ""), fromClient(100, "abc"), fromClient(100, FIN, "a"));
    add(fromClient(103, "d"));
    assertEquals("1 opened; 1 first \"abc\"; 1 first \"d\"", log.all());
  }

  @Test
  void resetOfOneEndLeavesTheOther() {
    add(
        fromClient(99, SYN, ""),
        fromServer(499, SYN | ACK, ""),
        fromClient(100, RST | ACK, "Go away"),
        fromServer(500, "in flight"),
        fromClient(100, "x"));
    assertEquals(
        "1 opened; 1 first ended RST; 1 second \"in flight\"", log.all(), "its text is not data");
    streams.finish();
    assertEquals("1 opened; 1 first ended RST; 1 released", log.withoutBytes());
  }

  @Test
  void resetInsteadOfSyn() {
    add(fromClient(99, SYN, ""), fromServer(0, RST | ACK, ""), fromClient(99, SYN, ""));
    assertEquals("1 opened; 1 second ended RST", log.all());
    add(fromServer(0, RST | ACK, ""), fromServer(700, SYN | ACK, ""), fromServer(701, "hi"));
    assertEquals("1 opened; 1 second ended RST; 1 released; 2 opened; 2 second \"hi\"", log.all());
    assertEquals(CLIENT, log.last().client());
  }

  @Test
  void resetWaitsForWhatIsBeforeIt() {
    add(fromClient(99, SYN, ""), fromClient(103, RST, ""), fromClient(100, "abc"));
    assertEquals("1 opened; 1 first \"abc\"; 1 first ended RST", log.all());
  }

  @Test
  void aNewSynIsANewConnection() {
    add(
        fromClient(99, SYN, ""),
        fromServer(499, SYN | ACK, ""),
        fromClient(100, "old"),
        fromClient(105, "held"),
        fromClient(7000, SYN, ""),
        fromServer(8000, SYN | ACK, ""),
        fromClient(7001, "new"),
        fromServer(8001, "new"));
    assertEquals(
        "1 opened; 1 first \"old\"; 1 first gap 2; 1 first \"held\"; 1 released; 2 opened;"
            + " 2 first \"new\"; 2 second \"new\"",
        log.all());
    assertEquals(2, log.last().number());
  }

  @Test
  void aNewSynAfterTheEnd() {
    addWholeConnection();
    add(fromServer(503, FIN | ACK, "!"), fromClient(106, ""), fromClient(7000, SYN, ""));
    add(fromClient(7001, "new"));
    assertEquals(
        "1 opened; 1 second ended FIN; 1 first ended FIN; 1 released; 2 opened",
        log.withoutBytes());
    assertEquals("new", log.stream(2, "first"));
  }

  @Test
  void aSynAfterAMissedStartIsANewConnection() {
    add(fromServer(500, "old"), fromClient(7000, SYN, ""), fromServer(8000, SYN | ACK, ""));
    assertEquals("1 opened; 1 first \"old\"; 1 released; 2 opened", log.all());
  }

  /** Captures of several processors may have packets in a wrong order. */
  @Test
  void aLateSyn() {
    add(fromServer(499, SYN | ACK, ""), fromClient(99, SYN, ""), fromClient(100, "a"));
    assertEquals("1 opened; 1 first \"a\"", log.all());
    assertEquals(CLIENT, log.last().client());
  }

  @Test
  void aSynAfterItsFirstByte() {
    add(fromClient(100, "a"), fromClient(99, SYN, ""), fromClient(101, "b"));
    assertEquals("1 opened; 1 first \"a\"; 1 first \"b\"", log.all());
  }

  @Test
  void connectionsAreApart() {
    TcpEndpoint other = TcpEndpoint.of(new byte[] {10, 0, 0, 1}, 5001);
    add(fromClient(1, "a"), segment(other, SERVER, 1, ACK, "b", 0), fromClient(2, "c"));
    assertEquals("1 opened; 1 first \"a\"; 2 opened; 2 first \"b\"; 1 first \"c\"", log.all());
    streams.finish();
    assertEquals("1 opened; 2 opened; 1 released; 2 released", log.withoutBytes());
  }

  /** TCP allows a socket that is connected to itself. */
  @Test
  void bothEndsMayBeTheSame() {
    add(
        segment(CLIENT, CLIENT, 99, SYN, "", 0),
        segment(CLIENT, CLIENT, 99, SYN | ACK, "", 0),
        segment(CLIENT, CLIENT, 100, ACK, "a", 0));
    streams.finish();
    assertEquals("1 opened; 1 first \"a\"; 1 released", log.all());
  }

  @Test
  void numbersOutOfAnyWindow() {
    add(fromClient(99, SYN, ""), fromClient(100, "a"), fromClient(101 + (1L << 30) + 1, "x"));
    add(fromClient(101 + (1L << 31), "x"), fromClient(101 - (1L << 30) - 1, RST, ""));
    add(fromClient(101, "b"));
    streams.finish();
    assertEquals("1 opened; 1 first \"a\"; 1 first \"b\"; 1 released", log.all());
    add(fromClient(99, SYN, ""), fromClient(100 + (1L << 30), "y"));
    streams.finish();
    assertTrue(log.all().contains("; 2 first gap 1073741824; "), log.all());
  }

  /** The owner of a packet may use its buffer for the next one. */
  @Test
  void heldPayloadIsACopy() {
    byte[] buffer = {'c', 'd'};
    add(fromClient(99, SYN, ""));
    ByteBuffer payload = ByteBuffer.wrap(buffer);
    streams.add(new TcpSegment(CLIENT, SERVER, 102, -1, ACK, payload, 0));
    assertEquals(2, payload.remaining());
    buffer[0] = 'X';
    add(fromClient(100, "ab"));
    assertEquals("abcd", log.stream(1, "first"));
  }

  private void addWholeConnection() {
    add(
        fromClient(99, SYN, ""),
        fromServer(499, SYN | ACK, ""),
        fromClient(100, ""),
        fromClient(100, "GET"),
        fromServer(500, "101"),
        fromClient(103, " /"),
        fromServer(503, FIN | ACK, "!"),
        fromClient(105, FIN | ACK, ""));
  }

  private void add(TcpSegment... segments) {
    List.of(segments).forEach(streams::add);
  }
}
