package wscope.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.message.Cause;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/**
 * What a client gets back tells what the server did wrong with its frame. The client masks with the
 * key 37 fa 21 3d of RFC 6455 §5.7, so that "Hello" is 7f 9f 4d 51 58 on the wire.
 */
class EchoFinderTest {
  private static final String HELLO = "818537fa213d7f9f4d5158";

  /** The columns: what the client sends, what the server sends, the cause and its frame. */
  @ParameterizedTest(name = "{1}")
  @CsvSource({
    // As it must be: an echo, another text, an echo of text that is not UTF-8.
    HELLO + ", 81 05 48656c6c6f,",
    HELLO + ", 81 05 576f726c64,",
    "818437fa213d c805dec2, 81 04 ffffffff,",
    // The frame as it was; the payload still masked.
    HELLO + ", " + HELLO + ", echoed-bytes 1",
    HELLO + ", 81 85 37fa213e 7f9f4d5158,",
    HELLO + ", 81 05 7f9f4d5158, payload-not-unmasked 1",
    HELLO + ", 82 05 7f9f4d5158, payload-not-unmasked 1",
    HELLO + ", 8100 82 05 7f9f4d5158, payload-not-unmasked 2",
    HELLO + ", 81 05 7f9f4d5159,",
    HELLO + ", 82 04 7f9f4d51,",
    // 7f9f4d5158 with the key fa213d37, 3d21fa37 and 37373737.
    HELLO + ", 82 05 85be7066a2, masking-key-misapplied 1",
    HELLO + ", 82 05 42beb76665, masking-key-misapplied 1",
    HELLO + ", 82 05 48a87a666f, masking-key-misapplied 1",
    // 126 bytes "aaaa": bytes 2 to 5 are 00 7e 37 fa, then come 21 3d and 56 9b 40 5c.
    "81fe007e37fa213d (569b405c*31) 569b, 82 06 2143 61 61 407a, ",
    "81fe007e37fa213d (569b405c*31) 569b, 82 06 2143 6161 4022, length-misread 1",
    // What the server should have inflated: "Hello" with RSV1.
    "c18737fa213d c5b2ecf4fefd21, 82 07 f248cdc9c90700, not-inflated 1",
    "818737fa213d c5b2ecf4fefd21, 82 07 f248cdc9c90700,",
    // The body of the Close, 03 e8.
    "888237fa213d 3412, 81 02 03e8, close-as-message 1",
    "888237fa213d 3412, 82 02 03e8,",
    "888237fa213d 3412, 88 02 03e8,",
    // "Hello" in UTF-16, and "ü" in ISO 8859-1.
    HELLO + ", 81 0a 480065006c006c006f00, text-in-other-charset 1",
    HELLO + ", 81 0a 00480065006c006c006f, text-in-other-charset 1",
    HELLO + ", 81 0c fffe480065006c006c006f00, text-in-other-charset 1",
    HELLO + ", 81 0a 480065006c006c007000,",
    // A text that does not begin in ASCII: "üb", and the sign of the euro with a smiley.
    "818337fa213d f44643, 82 04 00fc0062, text-in-other-charset 1",
    "818337fa213d f44643, 82 04 fc006200, text-in-other-charset 1",
    "818737fa213d d5788dcda862a1, 82 06 20acd83dde00, text-in-other-charset 1",
    "818737fa213d d5788dcda862a1, 82 06 20acd83dde01,",
    "818437fa213d 56399d5f, 81 03 61fc62, text-in-other-charset 1",
    "818437fa213d 56399d5f, 82 03 61fc62,",
    // The frame before the last ones is forgotten, or not the last but still known.
    HELLO + " 818137fa213d56, 81 05 7f9f4d5158, payload-not-unmasked 1",
    HELLO + " 8980 37fa213d 8980 37fa213d 8980 37fa213d 8980 37fa213d, 81 05 7f9f4d5158,",
  })
  void namesTheCause(String sent, String received, @Nullable String expected) {
    List<String> causes = expected == null ? List.of() : List.of(expected);
    assertEquals(causes, ofSession(bytes(sent), bytes(received)));
    assertEquals(causes, ofExchange(bytes(sent), bytes(received)));
  }

  private static byte[] bytes(String hex) {
    return Vectors.bytes(hex.replace(" ", ""));
  }

  /** As a client sees it, which stops at the first error. */
  private static List<String> ofSession(byte[] sent, byte[] received) {
    Causes causes = new Causes();
    Exchange exchange =
        Exchange.ofEndpoint(
            Endpoint.CLIENT, Limits.SERVER, new BufferPool(), causes, UnaryOperator.identity());
    causes.stops = exchange;
    exchange.findCauses(Endpoint.SERVER);
    exchange.open();
    exchange.feed(Endpoint.CLIENT, ByteBuffer.wrap(sent.clone()));
    exchange.feed(Endpoint.SERVER, ByteBuffer.wrap(received.clone()));
    exchange.end(Endpoint.SERVER);
    return causes.found;
  }

  /** As an observer sees it, who reads on. */
  private static List<String> ofExchange(byte[] sent, byte[] received) {
    Causes causes = new Causes();
    Exchange exchange = new Exchange(Limits.SERVER, null, new BufferPool(), causes);
    exchange.open();
    exchange.feed(Endpoint.CLIENT, ByteBuffer.wrap(sent.clone()));
    exchange.feed(Endpoint.SERVER, ByteBuffer.wrap(received.clone()));
    exchange.end(Endpoint.SERVER);
    return causes.found;
  }

  private static final class Causes implements ExchangeListener {
    private final List<String> found = new ArrayList<>();
    private @Nullable Exchange stops;

    @Override
    public FrameListener frames(@Nullable Endpoint sender) {
      return new FrameListener() {
        @Override
        public void frameStarted(FrameHeader header, Endpoint from, List<Violation> violations) {
          violations.forEach(this::violation);
        }

        @Override
        public void violation(Violation violation) {
          if (stops != null && sender == Endpoint.SERVER) {
            stops.stop(Endpoint.SERVER);
          }
        }

        @Override
        public void cause(Endpoint from, Cause cause) {
          found.add(cause.kind().id() + " " + cause.frame());
        }
      };
    }
  }
}
