package wscope.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/** What follows a handshake of draft-hixie-thewebsocketprotocol-75 and -76. */
class HixieReaderTest {
  /** The request and response of the draft, version 76, §1.2. */
  private static final String REQUEST_76 =
      """
      GET /demo HTTP/1.1\r
      Host: example.com\r
      Connection: Upgrade\r
      Sec-WebSocket-Key2: 12998 5 Y3 1  .P00\r
      Upgrade: WebSocket\r
      Sec-WebSocket-Key1: 4 @1  46546xW%0l 1 5\r
      \r
      ^n:ds[4U""";

  private static final String RESPONSE_76 =
      """
      HTTP/1.1 101 WebSocket Protocol Handshake\r
      Upgrade: WebSocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Origin: http://example.com\r
      Sec-WebSocket-Location: ws://example.com/demo\r
      \r
      """;

  private static final String ANSWER = "8jKS'y:G*Co,Wxa-";

  private static final String RESPONSE_75 =
      """
      HTTP/1.1 101 Web Socket Protocol Handshake\r
      Upgrade: WebSocket\r
      Connection: Upgrade\r
      WebSocket-Origin: http://example.com\r
      WebSocket-Location: ws://example.com/demo\r
      \r
      """;

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "00 68 69 ff, 'text 2 0-4 6869'",
    "00 ff, 'text 0 0-2 '",
    "00 68 ff 00 69 ff, 'text 1 0-3 68, text 1 3-6 69'",
    "00 ff 00 ff, 'text 0 0-2 , text 0 2-4 '",
    "ff 00, 'close 0 0-2 '",
    "ff 01 61, 'discarded 1 0-3 61'",
    "80 00, 'discarded 0 0-2 '",
    "80 02 61 ff 00 ff, 'discarded 2 0-4 61ff, text 0 4-6 '",
    // A length of several bytes has seven bits in each, the first of them at the top.
    "80 81 00 (61*128), 'discarded 128 0-131 (61*128)'",
    "80 80 80 01 61, 'discarded 1 0-5 61'",
    // Types below 80 end with ff, and receivers discard their data.
    "01 61 ff, 'discarded 1 0-3 61'",
    "7f ff, 'discarded 0 0-2 '",
    // Ends early.
    "00 68, 'text 1 0-2 68 incomplete'",
    "80, 'discarded 0 0-1  incomplete'",
    "80 05 61, 'discarded 5 0-3 61 incomplete'",
    "80 ff ff ff ff ff ff ff ff ff ff 7f, 'discarded 9223372036854775807 0-12  incomplete'",
    "ff, 'discarded 0 0-1  incomplete'",
  })
  void readsFrames(String hex, String expected) {
    List<String> frames = List.of(Vectors.expand(expected).split(", ", -1));
    byte[] bytes = Vectors.bytes(hex);
    assertEquals(frames, read(RESPONSE_76 + ANSWER, bytes).subList(1, frames.size() + 1));
    assertEquals(
        frames.stream().map(frame -> frame.replace("close", "discarded")).toList(),
        read(RESPONSE_75, bytes));
  }

  @Test
  void keepsTheBeginningOfALongText() {
    byte[] bytes = new byte[10_002];
    bytes[10_001] = (byte) 0xff;
    assertEquals(List.of("text 10000 0-10002 " + "00".repeat(4096)), read(RESPONSE_75, bytes));
  }

  @ParameterizedTest
  @CsvSource({
    "'8jKS''y:G*Co,Wxa-', fits",
    "'8jKS''y:G*Co,Wxa+', does not fit",
    "'8jKS''y:G*Co', does not fit",
    "'', does not fit",
  })
  void comparesTheAnswer(String answer, String verdict) {
    assertEquals(
        List.of("answer " + HexFormat.of().formatHex(answer.getBytes(ISO_8859_1)) + " " + verdict),
        read(REQUEST_76 + RESPONSE_76 + answer, new byte[0]));
  }

  /** Frames may follow one head alone; a response of RFC 6455 decides against hixie. */
  @Test
  void theHeadsDecide() {
    byte[] frame = {0, 'a', (byte) 0xff};
    assertEquals(List.of("text 1 0-3 61"), read(REQUEST_76, frame));
    assertEquals(
        List.of("text 1 0-3 61"),
        read(
            "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n\r\n",
            frame));
    String rfc = "HTTP/1.1 101 x\r\nSec-WebSocket-Accept: x\r\n\r\n";
    assertEquals(List.of("frames"), read(rfc, frame));
    assertEquals(List.of("frames"), read(REQUEST_76 + rfc, frame));
  }

  /** wscope cannot read the frames of versions 1 to 6. */
  @ParameterizedTest
  @CsvSource({"1, body", "3, body", "4, body", "6, body", "7, frames", "8, frames", "13, frames"})
  void readsFramesOfKnownVersionsOnly(int version, String expected) {
    String request =
        "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nSec-WebSocket-Version: "
            + version
            + "\r\n\r\n"
            + (version < 4 ? "12345678" : "");
    assertEquals(
        List.of(expected), read(request, new byte[] {4, 1, 'a'}).stream().distinct().toList());
  }

  /** The events after the heads: the same for any two pieces and byte by byte. */
  private static List<String> read(String heads, byte[] after) {
    byte[] head = heads.getBytes(ISO_8859_1);
    byte[] all = new byte[head.length + after.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(after, 0, all, head.length, after.length);
    List<String> whole = events(all, all.length, head.length);
    assertEquals(whole, events(all, 1, head.length), "byte by byte");
    for (int cut = Math.max(1, head.length - 20); cut < Math.min(all.length, 1000); cut++) {
      assertEquals(whole, events(all, cut, head.length), "cut at " + cut);
    }
    return whole;
  }

  private static List<String> events(byte[] all, int piece, int base) {
    Listener listener = new Listener(base);
    MixedStreamReader reader = new MixedStreamReader(null, Limits.NONE, null, listener);
    for (int at = 0; at < all.length; at += piece) {
      reader.feed(ByteBuffer.wrap(all.clone(), at, Math.min(piece, all.length - at)));
    }
    reader.end();
    return listener.seen;
  }

  private static final class Listener implements ExchangeListener {
    private final List<String> seen = new ArrayList<>();
    private final int base;

    Listener(int base) {
      this.base = base;
    }

    @Override
    public void event(Event event) {
      if (event instanceof Event.ChallengeAnswer answer) {
        String verdict = answer.challenge() == null ? "unknown" : "does not fit";
        seen.add("answer " + hex(answer.bytes()) + " " + (answer.fits() ? "fits" : verdict));
      } else if (event instanceof Event.HixieFrame frame) {
        assertEquals(
            seen.stream().filter(line -> !line.startsWith("answer")).count() + 1, frame.number());
        seen.add(
            frame.kind().name().toLowerCase(Locale.ROOT)
                + " "
                + frame.length()
                + " "
                + (frame.offset() - base)
                + "-"
                + (frame.end() - base)
                + " "
                + hex(frame.data())
                + (frame.complete() ? "" : " incomplete"));
      } else if (event instanceof Event.Body) {
        if (!seen.contains("body")) {
          seen.add("body");
        }
      }
    }

    @Override
    public @Nullable FrameListener frames(@Nullable Endpoint sender) {
      return new FrameListener() {
        @Override
        public void frameStarted(FrameHeader header, Endpoint from, List<Violation> violations) {
          if (!seen.contains("frames")) {
            seen.add("frames");
          }
        }
      };
    }

    private static String hex(ByteBuffer bytes) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      return HexFormat.of().formatHex(copy);
    }
  }
}
