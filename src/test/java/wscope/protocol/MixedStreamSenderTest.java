package wscope.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;
import wscope.support.SampleHandshake;

/**
 * How a {@link MixedStreamReader} finds the sender of the frames: its argument, the only head, or
 * MASK.
 */
class MixedStreamSenderTest {
  private static final String MASKED = "\u0081\u0083=T#\u0006p\u0010m";
  private static final String UNMASKED = "\u0081\u0003MDN";

  /** A stream of both ends has no sender of its own: the MASK bit of each frame identifies it. */
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
  void findsTheSenderOfTheFrames(
      @Nullable Endpoint given, String heads, @Nullable Endpoint sender, String broken) {
    String stream =
        heads
                .replace(" ", "")
                .replace("REQUEST", SampleHandshake.REQUEST)
                .replace("RESPONSE", SampleHandshake.RESPONSE)
            + MASKED
            + UNMASKED;
    int offset = stream.length() - MASKED.length() - UNMASKED.length();
    List<@Nullable Endpoint> senders = new ArrayList<>();
    List<String> violations = new ArrayList<>();
    for (boolean byteByByte : new boolean[] {false, true}) {
      MixedStreamReader reader =
          new MixedStreamReader(given, Limits.NONE, null, listener(senders, violations));
      for (String piece : byteByByte ? stream.split("(?<=.)", -1) : new String[] {stream}) {
        reader.feed(ByteBuffer.wrap(piece.getBytes(ISO_8859_1)));
      }
      reader.end();
    }
    List<@Nullable Endpoint> expected = new ArrayList<>();
    expected.add(sender);
    expected.add(sender);
    assertEquals(expected, senders);
    int frame = broken.startsWith("client") ? offset + MASKED.length() : offset;
    String violation = broken + " @" + (frame + 1);
    assertEquals(broken.isEmpty() ? List.of() : List.of(violation, violation), violations);
  }

  /** The response is missing: the text names the sender of each frame. */
  @Test
  void namedSenderIsNotThatOfTheOnlyHead() {
    List<String> violations = new ArrayList<>();
    MixedStreamReader reader =
        new MixedStreamReader(null, Limits.NONE, null, listener(new ArrayList<>(), violations));
    reader.feed(wrap(SampleHandshake.REQUEST), Endpoint.CLIENT);
    reader.feed(wrap(UNMASKED), Endpoint.SERVER);
    reader.feed(wrap(MASKED), Endpoint.CLIENT);
    assertEquals(List.of(), violations);
    reader.feed(wrap(UNMASKED), Endpoint.CLIENT);
    int length = SampleHandshake.REQUEST.length() + UNMASKED.length() + MASKED.length();
    assertEquals(List.of("client-frame-unmasked @" + (length + 1)), violations);
  }

  private static ByteBuffer wrap(String bytes) {
    return ByteBuffer.wrap(bytes.getBytes(ISO_8859_1));
  }

  private static ExchangeListener listener(
      List<@Nullable Endpoint> senders, List<String> violations) {
    return new ExchangeListener() {
      @Override
      public FrameListener frames(@Nullable Endpoint sender) {
        senders.add(sender);
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
