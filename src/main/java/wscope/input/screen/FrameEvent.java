package wscope.input.screen;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import wscope.protocol.frame.FrameEncoder;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.LengthForm;
import wscope.protocol.frame.Opcode;
import wscope.protocol.frame.RsvBits;

/** A {@code frame} event, as {@code events.schema.json} describes it. */
final class FrameEvent {
  private static final String[] FLAGS = {"fin", "rsv1", "rsv2", "rsv3", "masked", "complete"};
  private static final int KEY_BYTES = 4;

  private final FrameHeader header;
  private final byte[] payload;

  private FrameEvent(FrameHeader header, byte[] payload) {
    this.header = header;
    this.payload = payload;
  }

  /** The frame of an event; null if its bytes do not follow from the event. */
  static @Nullable FrameEvent of(JsonEvent event) {
    FrameHeader header = header(event);
    byte[] payload = payload(event);
    if (header == null || payload == null || event.number("offset") < 0) {
      return null;
    }
    long length = header.payloadLength();
    boolean fits =
        event.isTrue("complete")
            ? payload.length == length
            : length < 0 || payload.length <= length;
    byte[] recorded = event.hex("header");
    boolean same = !event.has("header") || Arrays.equals(recorded, bytes(header));
    return fits && same ? new FrameEvent(header, payload) : null;
  }

  private static @Nullable FrameHeader header(JsonEvent event) {
    for (String flag : FLAGS) {
      if (!event.isFlag(flag)) {
        return null;
      }
    }
    long opcode = event.number("opcode");
    LengthForm form = form(event.number("lengthForm"));
    long length = event.number("payloadLength");
    if (opcode < 0 || opcode > 0xf || form == null || !event.has("payloadLength")) {
      return null;
    }
    if (form != LengthForm.BITS_64 && (length < 0 || length > form.longest())) {
      return null;
    }
    FrameHeader header = FrameHeader.of(Opcode.of((int) opcode), 0).fin(event.isTrue("fin"));
    int rsv = event.isTrue("rsv1") ? RsvBits.RSV1 : 0;
    rsv |= event.isTrue("rsv2") ? RsvBits.RSV2 : 0;
    rsv |= event.isTrue("rsv3") ? RsvBits.RSV3 : 0;
    header.rsv(rsv).payloadLength(length, form);
    if (event.isTrue("masked")) {
      byte[] key = event.hex("maskingKey");
      if (key == null || key.length != KEY_BYTES) {
        return null;
      }
      header.mask(ByteBuffer.wrap(key).getInt());
    }
    return header.size() == event.number("headerLength") ? header : null;
  }

  private static @Nullable LengthForm form(long bits) {
    for (LengthForm form : LengthForm.values()) {
      if (form.bits() == bits) {
        return form;
      }
    }
    return null;
  }

  /** The payload, unmasked; null if a part of it was not written. */
  private static byte @Nullable [] payload(JsonEvent event) {
    if (event.number("omitted") != 0) {
      return null;
    }
    if (event.has("base64")) {
      return event.base64("base64");
    }
    String text = event.text("text");
    byte[] bytes = text.getBytes(UTF_8);
    // An unpaired surrogate has no bytes.
    return event.has("text") && new String(bytes, UTF_8).equals(text) ? bytes : null;
  }

  private static byte[] bytes(FrameHeader header) {
    ByteBuffer bytes = ByteBuffer.allocate(header.size());
    FrameEncoder.header(header, bytes);
    return bytes.array();
  }

  FrameHeader header() {
    return header;
  }

  /** The bytes on the wire. */
  byte[] bytes() {
    return Wire.frame(header, payload);
  }
}
