package wscope.protocol.message;

import java.nio.ByteBuffer;
import java.util.function.IntSupplier;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.FrameSink;
import wscope.protocol.frame.LengthForm;
import wscope.protocol.frame.Opcode;

/**
 * A message or control frame to send (RFC 6455 §6.1), legal or not, and its framing.
 *
 * @param opcode the opcode of the first frame; the other frames are continuations
 * @param payload the payload, from position to limit; neither these nor the bytes change
 * @param framing the way the message is split into frames
 */
public record OutgoingMessage(Opcode opcode, ByteBuffer payload, Framing framing) {
  /** The same message with another opcode. */
  public OutgoingMessage opcode(Opcode value) {
    return new OutgoingMessage(value, payload, framing);
  }

  /** The same message with another payload. */
  public OutgoingMessage payload(ByteBuffer value) {
    return new OutgoingMessage(opcode, value, framing);
  }

  /** The same message in another framing. */
  public OutgoingMessage framing(Framing value) {
    return new OutgoingMessage(opcode, payload, value);
  }

  /** The payload length of the longest frame, which is the first. */
  public int maxFrame() {
    return Math.min(payload.remaining(), framing.maxPayload());
  }

  /**
   * Whether nothing after this message can be located, because it announces more payload than it
   * has.
   */
  public boolean endsStream() {
    return framing.surplus() != 0;
  }

  /**
   * Whether this message is unfinished, so that only continuations and control frames may follow.
   */
  public boolean isUnfinished() {
    return !opcode.isControl() && !framing.fin();
  }

  /** Whether the chosen length form can hold the lengths of all frames. */
  public boolean fits() {
    LengthForm form = framing.lengthForm();
    long announced = maxFrame() + framing.surplus();
    return form == null
        || form == LengthForm.BITS_64
        || (announced >= 0 && announced <= form.longest());
  }

  /**
   * Creates the frames, one at a time.
   *
   * @param maskingKeys supplies a key for each masked frame; for a client it must use a strong
   *     source to be unpredictable (§5.3)
   * @throws IllegalArgumentException unless the message {@link #fits}
   */
  public void writeTo(FrameSink sink, IntSupplier maskingKeys) {
    writeTo(sink, maskingKeys, payload.position(), Integer.MAX_VALUE);
  }

  /**
   * Creates some of the frames, one at a time. The message must have a payload.
   *
   * @param from the index in the payload at which the first of these frames starts
   * @param most the maximum number of frames
   * @return the index at which the next frame starts; the limit of the payload after the last one
   */
  public int writeTo(FrameSink sink, IntSupplier maskingKeys, int from, int most) {
    int at = from;
    int count = 0;
    do {
      int length = Math.min(payload.limit() - at, framing.maxPayload());
      boolean last = at + length == payload.limit();
      FrameHeader header = header(at == payload.position(), last, length);
      if (framing.masked()) {
        Integer fixed = framing.maskingKey();
        header.mask(fixed == null ? maskingKeys.getAsInt() : fixed);
      }
      sink.frame(header, payload.duplicate().limit(at + length).position(at));
      at += length;
      count++;
    } while (at < payload.limit() && count < most);
    return at;
  }

  private FrameHeader header(boolean first, boolean last, int length) {
    long announced = length + framing.surplus();
    FrameHeader header = FrameHeader.of(first ? opcode : Opcode.CONTINUATION, announced);
    LengthForm form = framing.lengthForm();
    if (form != null) {
      header.payloadLength(announced, form);
    }
    return header.fin(last && framing.fin()).rsv(first ? framing.rsv() : 0);
  }
}
