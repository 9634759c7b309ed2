package wscope.protocol.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A decoder reads back what the encoder writes (RFC 6455 §5.2), valid or not. */
class FrameEncoderTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final int[] LENGTHS = {0, 1, 125, 126, 127, 65535, 65536};
  private static final Integer[] KEYS = {null, 0, -1, 0x37fa213d};

  /** 16 sets of flags × 7 lengths × 4 masks × every form that holds the length. */
  @ParameterizedTest
  @EnumSource
  void decodesToTheSameFrame(Opcode opcode) {
    for (int flags = 0; flags < 16; flags++) {
      for (int length : LENGTHS) {
        for (Integer key : KEYS) {
          for (LengthForm form : LengthForm.values()) {
            if (length <= form.longest()) {
              assertRoundTrip(opcode, flags, length, key, form);
            }
          }
        }
      }
    }
  }

  private static void assertRoundTrip(
      Opcode opcode, int flags, int length, Integer key, LengthForm form) {
    FrameHeader header = FrameHeader.of(opcode, 0);
    header.fin((flags & 8) != 0).rsv(flags & 7).payloadLength(length, form);
    if (key != null) {
      header.mask(key);
    }
    byte[] payload = payload(length);
    ByteBuffer out = ByteBuffer.allocate(header.size() + length);
    FrameEncoder.frame(header, ByteBuffer.wrap(payload), out);
    assertEquals(0, out.remaining());

    FrameHeader read = new OneFrame(out.flip()).header;
    out.position(0);
    assertArrayEquals(payload, new OneFrame(out).payload.toByteArray());
    assertEquals(opcode, read.opcode());
    assertEquals((flags & 8) != 0, read.fin());
    assertEquals((flags & 4) != 0, read.rsv1());
    assertEquals((flags & 2) != 0, read.rsv2());
    assertEquals((flags & 1) != 0, read.rsv3());
    assertEquals((flags & 7) != 0, read.anyRsv());
    assertEquals(key != null, read.masked());
    assertEquals(key == null ? 0 : key, read.maskingKey());
    assertEquals(length, read.payloadLength());
    assertEquals(form, read.lengthForm());
    assertEquals(flags << 4 | opcode.code(), read.byte0());
    assertEquals(header.byte1(), read.byte1());
    assertEquals(1, read.number());
    assertEquals(0, read.offset());
    assertEquals(header.size(), read.size());
    assertEquals(header.size(), read.payloadOffset());
  }

  /** The exact bytes (§5.2, §5.7). */
  @ParameterizedTest(name = "{0} of {1} bytes")
  @CsvSource({
    "TEXT, 0, 8100",
    "TEXT, 5, 8105",
    "BINARY, 125, 827d",
    "BINARY, 126, 827e007e",
    "BINARY, 256, 827e0100",
    "BINARY, 65535, 827effff",
    "BINARY, 65536, 827f0000000000010000",
    "BINARY, 2147483648, 827f0000000080000000",
    "BINARY, 9223372036854775807, 827f7fffffffffffffff",
    "CONTINUATION, 0, 8000",
    "CLOSE, 2, 8802",
    "PING, 5, 8905",
    "PONG, 0, 8a00"
  })
  void writesValidHeadersByDefault(Opcode opcode, long length, String hex) {
    assertEquals(hex, encode(FrameHeader.of(opcode, length)));
  }

  @Test
  void writesInvalidHeadersOnRequest() {
    assertEquals(
        "7fff800000000000000037fa213d",
        encode(
            FrameHeader.of(Opcode.RESERVED_F, 0)
                .fin(false)
                .rsv(7)
                .mask(0x37fa213d)
                .payloadLength(Long.MIN_VALUE, LengthForm.BITS_64)));
    assertEquals(
        "897e0005", encode(FrameHeader.of(Opcode.PING, 0).payloadLength(5, LengthForm.BITS_16)));
    assertEquals(
        "81ffffffffffffffffffffffffff",
        encode(FrameHeader.of(Opcode.TEXT, 0).mask(-1).payloadLength(-1, LengthForm.BITS_64)));
  }

  @Test
  void throwsIfALengthDoesNotFitItsForm() {
    FrameHeader header = FrameHeader.of(Opcode.TEXT, 7);
    assertThrows(
        IllegalArgumentException.class, () -> header.payloadLength(126, LengthForm.BITS_7));
    assertThrows(
        IllegalArgumentException.class, () -> header.payloadLength(65536, LengthForm.BITS_16));
    assertThrows(
        IllegalArgumentException.class, () -> header.payloadLength(-1, LengthForm.BITS_16));
    assertEquals("8107", encode(header));
  }

  @Test
  void doesNotChangeThePayload() {
    byte[] payload = {9, 1, 2, 3, 9};
    ByteBuffer in = ByteBuffer.wrap(payload).position(1).limit(4);
    ByteBuffer out = ByteBuffer.allocate(20).put((byte) 0x55);
    FrameEncoder.frame(FrameHeader.of(Opcode.BINARY, 3).mask(0x01010101), in, out);
    assertEquals(4, in.position());
    assertArrayEquals(new byte[] {9, 1, 2, 3, 9}, payload);
    assertEquals("55" + "8283" + "01010101" + "000302", hex(out.flip()));
  }

  /** Multi-byte fields are in network byte order (§5.2), whatever order the buffer has. */
  @Test
  void writesNetworkByteOrder() {
    for (LengthForm form : List.of(LengthForm.BITS_16, LengthForm.BITS_64)) {
      FrameHeader header =
          FrameHeader.of(Opcode.BINARY, 300).payloadLength(300, form).mask(0x37fa213d);
      ByteBuffer big = ByteBuffer.allocate(400);
      FrameEncoder.frame(header, ByteBuffer.wrap(payload(300)), big);
      ByteBuffer little = ByteBuffer.allocate(400).order(ByteOrder.LITTLE_ENDIAN);
      FrameEncoder.frame(header, ByteBuffer.wrap(payload(300)), little);
      assertEquals(hex(big.flip()), hex(little.flip()));
    }
  }

  /** Frames one after another: numbers and offsets add up. */
  @Test
  void writesFramesOneAfterAnother() {
    Random random = new Random(3);
    ByteBuffer out = ByteBuffer.allocate(1 << 20);
    List<String> expected = new ArrayList<>();
    for (int number = 1; number <= 1000; number++) {
      FrameHeader header = FrameHeader.of(Opcode.of(random.nextInt()), random.nextInt(300));
      header.fin(random.nextBoolean()).rsv(random.nextInt(8));
      if (random.nextBoolean()) {
        header.mask(random.nextInt());
      }
      expected.add(number + " @" + out.position() + " " + encode(header));
      FrameEncoder.frame(header, ByteBuffer.wrap(payload((int) header.payloadLength())), out);
    }
    List<String> read = new ArrayList<>();
    FrameDecoder decoder =
        new FrameDecoder(
            0,
            new FrameDecoder.Listener() {
              @Override
              public void frameStarted(FrameHeader header) {
                FrameHeader copy = header.copy();
                read.add(copy.number() + " @" + copy.offset() + " " + encode(copy));
              }

              @Override
              public void framePayload(FrameHeader header, ByteBuffer wire, long index) {}

              @Override
              public void frameEnded(FrameHeader header) {}
            });
    decoder.feed(out.flip());
    assertEquals(expected, read);
    assertNull(decoder.incomplete());
  }

  private static byte[] payload(int length) {
    byte[] payload = new byte[length];
    for (int at = 0; at < length; at++) {
      payload[at] = (byte) (at * 31 + (at >> 8));
    }
    return payload;
  }

  private static String encode(FrameHeader header) {
    ByteBuffer out = ByteBuffer.allocate(FrameHeader.LONGEST);
    FrameEncoder.header(header, out);
    assertEquals(header.size(), out.position());
    return hex(out.flip());
  }

  private static String hex(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return HEX.formatHex(copy);
  }

  /** Reads a buffer that holds one frame; the buffer stays as it is. */
  private static final class OneFrame implements FrameDecoder.Listener {
    private final ByteArrayOutputStream payload = new ByteArrayOutputStream();
    private FrameHeader header;
    private int ended;

    OneFrame(ByteBuffer frame) {
      FrameDecoder decoder = new FrameDecoder(0, this);
      decoder.feed(frame.asReadOnlyBuffer());
      assertNull(decoder.incomplete());
      assertEquals(1, ended);
    }

    @Override
    public void frameStarted(FrameHeader started) {
      header = started.copy();
    }

    @Override
    public void framePayload(FrameHeader started, ByteBuffer wire, long index) {
      byte[] slice = new byte[wire.remaining()];
      wire.get(slice);
      if (started.masked()) {
        Mask.apply(ByteBuffer.wrap(slice), started.maskingKey(), index);
      }
      payload.writeBytes(slice);
    }

    @Override
    public void frameEnded(FrameHeader started) {
      ended++;
    }
  }
}
