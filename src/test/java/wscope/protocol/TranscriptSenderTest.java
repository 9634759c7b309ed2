package wscope.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;
import wscope.support.SampleHandshake;

/** Whose frames a {@link MixedStreamReader} reads: as it is told, by the only head, or by MASK. */
class TranscriptSenderTest {
  private static final String MASKED = "\u0081\u0083=T#\u0006p\u0010m";
  private static final String UNMASKED = "\u0081\u0003MDN";

  /** The one stream of both ends has no sender of its own: each frame tells its own. */
  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource(
      nullValues = "-",
      value = {
        "-, '', -, ''",
        "-, REQUEST, CLIENT, client-frame-unmasked",
        "-, RESPONSE, SERVER, server-frame-masked",
        "-, REQUEST RESPONSE, -, ''",
        "CLIENT, '', CLIENT, client-frame-unmasked",
        "CLIENT, REQUEST, CLIENT, client-frame-unmasked",
        "CLIENT, RESPONSE, CLIENT, client-frame-unmasked",
        "CLIENT, REQUEST RESPONSE, CLIENT, client-frame-unmasked",
        "SERVER, '', SERVER, server-frame-masked",
        "SERVER, REQUEST, SERVER, server-frame-masked",
        "SERVER, RESPONSE, SERVER, server-frame-masked",
        "SERVER, REQUEST RESPONSE, SERVER, server-frame-masked",
      })
  void senderOfTheFrames(
      @Nullable Endpoint named, String heads, @Nullable Endpoint sender, String broken) {
    String stream =
        heads
                .replace(" ", "")
                .replace("REQUEST", SampleHandshake.REQUEST)
                .replace("RESPONSE", SampleHandshake.RESPONSE)
            + MASKED
            + UNMASKED;
    int offset = stream.length() - MASKED.length() - UNMASKED.length();
    List<@Nullable Endpoint> asked = new ArrayList<>();
    List<String> violations = new ArrayList<>();
    for (boolean single : new boolean[] {false, true}) {
      MixedStreamReader transcript =
          new MixedStreamReader(named, Limits.NONE, null, listener(asked, violations));
      for (String piece : single ? stream.split("(?<=.)", -1) : new String[] {stream}) {
        transcript.feed(ByteBuffer.wrap(piece.getBytes(ISO_8859_1)));
      }
      transcript.end();
    }
    List<@Nullable Endpoint> once = new ArrayList<>();
    once.add(sender);
    once.add(sender);
    assertEquals(once, asked);
    int frame = broken.startsWith("client") ? offset + MASKED.length() : offset;
    String violation = broken + " @" + (frame + 1);
    assertEquals(broken.isEmpty() ? List.of() : List.of(violation, violation), violations);
  }

  private static ExchangeListener listener(
      List<@Nullable Endpoint> asked, List<String> violations) {
    return new ExchangeListener() {
      @Override
      public FrameListener frames(@Nullable Endpoint sender) {
        asked.add(sender);
        return new FrameListener() {
          @Override
          public void frameStarted(FrameHeader header, Endpoint from, List<Violation> found) {
            found.forEach(
                violation -> violations.add(violation.rule().id() + " @" + violation.offset()));
          }
        };
      }
    };
  }
}
