package wscope.protocol.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

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

  /** A header that arrives whole gives the same fields as one that arrives byte by byte. */
  @ParameterizedTest
  @EnumSource(LengthForm.class)
  void readsTheSameFieldsWholeAndInPieces(LengthForm form) {
    for (int byte0 = 0; byte0 < 256; byte0++) {
      FrameHeader header = FrameHeader.of(Opcode.of(byte0), 0).fin(byte0 > 127).rsv(byte0 >> 4);
      header.payloadLength(Math.min(form.longest(), 0x0102030405060708L), form);
      if (byte0 % 3 > 0) {
        header.mask(0x89abcdef + byte0);
      }
      ByteBuffer bytes = ByteBuffer.allocate(2 * FrameHeader.LONGEST);
      FrameEncoder.header(header, bytes);
      String expected = fields(header) + " at " + header.size();
      for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
        assertEquals(expected, fieldsFed(bytes.duplicate().order(order).clear(), bytes.capacity()));
        assertEquals(expected, fieldsFed(bytes.duplicate().order(order).clear(), 1));
      }
    }
  }

  /** The fields of the first frame, and the place of its payload. */
  private static String fieldsFed(ByteBuffer bytes, int atATime) {
    List<String> seen = new ArrayList<>();
    FrameDecoder fed =
        new FrameDecoder(
            0,
            new FrameDecoder.Listener() {
              @Override
              public void frameStarted(FrameHeader header) {
                seen.add(fields(header));
              }

              @Override
              public void framePayload(FrameHeader header, ByteBuffer wire, long index) {
                seen.add(" at " + wire.position());
              }

              @Override
              public void frameEnded(FrameHeader header) {}
            });
    for (int at = 0; at < bytes.capacity(); at += atATime) {
      fed.feed(bytes.limit(at + atATime).position(at));
    }
    return seen.get(0) + seen.get(1);
  }

  private static String fields(FrameHeader header) {
    return String.join(
        " ",
        Integer.toHexString(header.byte0()),
        Integer.toHexString(header.byte1()),
        Long.toHexString(header.payloadLength()),
        Integer.toHexString(header.maskingKey()));
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
