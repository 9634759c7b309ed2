package wscope.protocol.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import wscope.protocol.frame.FrameDecoder;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.FrameSerializer;
import wscope.protocol.frame.LengthForm;
import wscope.protocol.frame.Mask;
import wscope.protocol.frame.Opcode;
import wscope.protocol.rule.Endpoint;

/**
 * A FrameDecoder reads back what an {@link OutgoingMessage} and a FrameSerializer write (RFC 6455
 * §5.2, §5.4).
 */
class OutgoingMessageTest {
  private static final int[] LENGTHS = {0, 1, 125, 126, 127, 65535, 65536, 200_000};
  private static final int KEY = 0x37fa213d;

  /** FIN × RSV × mask × every form that holds the length, or the shortest. */
  @ParameterizedTest
  @EnumSource
  void writesEveryField(Opcode opcode) {
    List<LengthForm> forms = new ArrayList<>(List.of(LengthForm.values()));
    forms.add(null);
    for (int length : LENGTHS) {
      byte[] payload = payload(length).array();
      for (LengthForm form : forms) {
        for (int flags = 0; flags < 16 && (form == null || length <= form.longest()); flags++) {
          for (Endpoint sender : Endpoint.values()) {
            Framing framing = Framing.of(sender).fin((flags & 8) != 0).rsv(flags & 7);
            assertReadBack(opcode, payload, framing.lengthForm(form));
          }
        }
      }
    }
  }

  private static void assertReadBack(Opcode opcode, byte[] payload, Framing framing) {
    int length = payload.length;
    OutgoingMessage message = new OutgoingMessage(opcode, ByteBuffer.wrap(payload), framing);
    assertTrue(message.fits());
    List<Frame> frames = read(message);
    assertEquals(1, frames.size());
    FrameHeader header = frames.get(0).header;
    LengthForm form = framing.lengthForm();
    assertEquals(opcode, header.opcode());
    assertEquals((framing.fin() ? 0x80 : 0) | framing.rsv() << 4 | opcode.code(), header.byte0());
    assertEquals(framing.masked(), header.masked());
    assertEquals(framing.masked() ? KEY : 0, header.maskingKey());
    assertEquals(length, header.payloadLength());
    assertEquals(form == null ? LengthForm.minimal(length) : form, header.lengthForm());
    assertArrayEquals(payload, frames.get(0).payload.toByteArray());
  }

  /** Payload length, bytes in a frame, frames; fragments join to the payload. */
  @ParameterizedTest(name = "{0} bytes in frames of {1}")
  @CsvSource({
    "0, 1, 1",
    "1, 1, 1",
    "2, 1, 2",
    "9, 3, 3",
    "10, 3, 4",
    "200, 125, 2",
    "65536, 65535, 2",
    "300000, 70000, 5",
    "5, 2147483647, 1"
  })
  void writesFragments(int length, int longest, int count) {
    for (Endpoint sender : Endpoint.values()) {
      Framing framing = Framing.of(sender).maxPayload(longest).rsv(4);
      List<Frame> frames = read(new OutgoingMessage(Opcode.TEXT, payload(length), framing));
      assertEquals(count, frames.size());
      ByteArrayOutputStream joined = new ByteArrayOutputStream();
      for (int i = 0; i < count; i++) {
        FrameHeader header = frames.get(i).header;
        assertEquals(i == 0 ? Opcode.TEXT : Opcode.CONTINUATION, header.opcode());
        assertEquals(i == 0, header.rsv1());
        assertEquals(i == count - 1, header.fin());
        assertTrue(header.payloadLength() <= longest);
        joined.writeBytes(frames.get(i).payload.toByteArray());
      }
      assertArrayEquals(payload(length).array(), joined.toByteArray());
    }
  }

  @Test
  void takesAKeyForEachMaskedFrame() {
    AtomicInteger next = new AtomicInteger();
    Framing framing = Framing.of(Endpoint.CLIENT).maxPayload(1);
    List<Integer> keys = new ArrayList<>();
    new OutgoingMessage(Opcode.TEXT, payload(3), framing)
        .writeTo((header, payload) -> keys.add(header.maskingKey()), next::incrementAndGet);
    assertEquals(List.of(1, 2, 3), keys);
    new OutgoingMessage(Opcode.TEXT, payload(3), framing.masked(false))
        .writeTo((header, payload) -> keys.add(header.maskingKey()), next::incrementAndGet);
    assertEquals(3, next.get(), "a key was taken that no frame needs");
  }

  @Test
  void writesAWrongLength() {
    Framing framing = Framing.of(Endpoint.SERVER);
    assertEquals(
        "8106" + "0001", hex(new OutgoingMessage(Opcode.TEXT, payload(2), framing.surplus(4))));
    assertEquals(
        "817f8000000000000002" + "0001",
        hex(new OutgoingMessage(Opcode.TEXT, payload(2), framing.surplus(Long.MIN_VALUE))));
  }

  @Test
  void throwsIfALengthDoesNotFitItsForm() {
    Framing framing = Framing.of(Endpoint.SERVER).lengthForm(LengthForm.BITS_7);
    OutgoingMessage tooLong = new OutgoingMessage(Opcode.TEXT, payload(126), framing);
    assertFalse(tooLong.fits());
    assertThrows(IllegalArgumentException.class, () -> hex(tooLong));
    assertTrue(tooLong.framing(framing.maxPayload(125)).fits());
    assertTrue(tooLong.framing(framing.lengthForm(LengthForm.BITS_64)).fits());
    assertFalse(new OutgoingMessage(Opcode.TEXT, payload(125), framing.surplus(1)).fits());
    assertFalse(
        new OutgoingMessage(Opcode.TEXT, payload(1), framing.surplus(Long.MIN_VALUE)).fits());
  }

  @Test
  void doesNotChangeThePayload() {
    byte[] bytes = payload(100).array();
    ByteBuffer payload = ByteBuffer.wrap(bytes, 10, 10);
    OutgoingMessage message =
        new OutgoingMessage(Opcode.TEXT, payload, Framing.of(Endpoint.CLIENT));
    String first = hex(message);
    assertEquals(first, hex(message));
    assertEquals(10, payload.position());
    assertEquals(20, payload.limit());
    assertArrayEquals(payload(100).array(), bytes);
  }

  private static ByteBuffer payload(int length) {
    byte[] payload = new byte[length];
    for (int at = 0; at < length; at++) {
      payload[at] = (byte) (at + (at >> 8));
    }
    return ByteBuffer.wrap(payload);
  }

  private static byte[] bytes(OutgoingMessage message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    FrameSerializer serializer =
        new FrameSerializer(
            piece -> {
              byte[] copy = new byte[piece.remaining()];
              piece.get(copy);
              bytes.writeBytes(copy);
            });
    message.writeTo(serializer, () -> KEY);
    return bytes.toByteArray();
  }

  private static String hex(OutgoingMessage message) {
    return HexFormat.of().formatHex(bytes(message));
  }

  private static List<Frame> read(OutgoingMessage message) {
    List<Frame> frames = new ArrayList<>();
    FrameDecoder decoder =
        new FrameDecoder(
            0,
            new FrameDecoder.Listener() {
              @Override
              public void frameStarted(FrameHeader header) {
                frames.add(new Frame(header.copy()));
              }

              @Override
              public void framePayload(FrameHeader header, ByteBuffer wire, long index) {
                byte[] slice = new byte[wire.remaining()];
                wire.get(slice);
                if (header.masked()) {
                  Mask.apply(ByteBuffer.wrap(slice), header.maskingKey(), index);
                }
                frames.get(frames.size() - 1).payload.writeBytes(slice);
              }

              @Override
              public void frameEnded(FrameHeader header) {}
            });
    decoder.feed(ByteBuffer.wrap(bytes(message)));
    assertNull(decoder.incomplete());
    return frames;
  }

  private static final class Frame {
    private final FrameHeader header;
    private final ByteArrayOutputStream payload = new ByteArrayOutputStream();

    Frame(FrameHeader header) {
      this.header = header;
    }
  }
}
