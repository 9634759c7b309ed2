package wscope.protocol.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The decoder finds the fields (RFC 6455 §5.2) without checking them, and stops on request. */
class FrameDecoderTest {
  private final List<String> events = new ArrayList<>();
  private final FrameDecoder decoder = new FrameDecoder(0, new Events());
  private String stopAt = "";

  /** S2: a length with its top bit set is unsigned, and its payload is reported like any other. */
  @Test
  void lengthsAreUnsigned() {
    feed("827fffffffffffffffff 616263");
    assertEquals(List.of("started 18446744073709551615", "payload 0 616263"), events);
    assertEquals(
        new IncompleteFrame(1, 13, FrameField.PAYLOAD_DATA, -4, bytes("")), decoder.incomplete());
    feed("64");
    assertEquals("payload 3 64", events.get(2));
    assertEquals(
        new IncompleteFrame(1, 14, FrameField.PAYLOAD_DATA, -5, bytes("")), decoder.incomplete());
  }

  /** A payload is reported in the slices in which it was fed, none of them empty. */
  @Test
  void reportsPayloadsInTheSlicesFed() {
    feed("8105");
    feed("");
    feed("6162");
    feed("63");
    feed("6465 8100");
    assertEquals(
        List.of(
            "started 5",
            "payload 0 6162",
            "payload 2 63",
            "payload 3 6465",
            "ended 5",
            "started 0",
            "ended 0"),
        events);
    assertNull(decoder.incomplete());
  }

  /** The decoder reads to the limit of the buffer, not to its capacity. */
  @Test
  void readsToTheLimitOfTheBuffer() {
    ByteBuffer in = ByteBuffer.wrap(HexFormat.of().parseHex("8101618101628101")).limit(4);
    decoder.feed(in);
    assertEquals(4, in.position());
    assertEquals(4, in.limit());
    assertEquals(List.of("started 1", "payload 0 61", "ended 1"), events);
    assertEquals(
        new IncompleteFrame(2, 4, FrameField.PAYLOAD_LENGTH, 1, bytes("81")), decoder.incomplete());
  }

  /** After a stop nothing more is reported, not even of the current frame. */
  @ParameterizedTest
  @CsvSource({
    "started 0, started 0",
    "started 2, started 0|ended 0|started 2",
    "payload 0 6162, started 0|ended 0|started 2|payload 0 6162",
    "ended 2, started 0|ended 0|started 2|payload 0 6162|ended 2"
  })
  void reportsNothingAfterAStop(String at, String expected) {
    stopAt = at;
    feed("8100 81026162 8203636465");
    assertEquals(List.of(expected.split("\\|")), events);
    assertTrue(decoder.isStopped());
    feed("8100");
    assertEquals(List.of(expected.split("\\|")), events);
  }

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
  }

  private void feed(String hex) {
    decoder.feed(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))));
  }

  private final class Events implements FrameDecoder.Listener {
    @Override
    public void frameStarted(FrameHeader header) {
      add("started " + Long.toUnsignedString(header.payloadLength()));
    }

    @Override
    public void framePayload(FrameHeader header, ByteBuffer wire, long index) {
      byte[] slice = new byte[wire.remaining()];
      wire.get(slice);
      add("payload " + index + " " + HexFormat.of().formatHex(slice));
    }

    @Override
    public void frameEnded(FrameHeader header) {
      add("ended " + header.payloadLength());
    }

    private void add(String event) {
      events.add(event);
      if (event.equals(stopAt)) {
        decoder.stop();
      }
    }
  }
}
