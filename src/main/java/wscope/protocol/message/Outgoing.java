package wscope.protocol.message;

import java.nio.ByteBuffer;
import java.util.function.IntSupplier;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.FrameSink;
import wscope.protocol.frame.LengthForm;
import wscope.protocol.frame.Opcode;

/**
 * One message or control frame that an endpoint is about to send (RFC 6455 §6.1), and how it is put
 * into frames. Illegal ones too.
 *
 * @param opcode of the first frame; those that follow are continuations
 * @param payload from position to limit; neither moves, and its bytes stay as they are
 * @param framing how it is put into frames
 */
public record Outgoing(Opcode opcode, ByteBuffer payload, Framing framing) {
  /** The same with another opcode. */
  public Outgoing opcode(Opcode value) {
    return new Outgoing(value, payload, framing);
  }

  /** The same with another payload. */
  public Outgoing payload(ByteBuffer value) {
    return new Outgoing(opcode, value, framing);
  }

  /** The same in another framing. */
  public Outgoing framing(Framing value) {
    return new Outgoing(opcode, payload, value);
  }

  /** How many bytes of payload the longest frame has, which is the first one. */
  public int maxFrame() {
    return Math.min(payload.remaining(), framing.maxPayload());
  }

  /** Whether nothing behind it can be located: it announces more payload than it has. */
  public boolean endsStream() {
    return framing.surplus() != 0;
  }

  /** Whether its message is not at its end: only continuations and control frames may follow. */
  public boolean goesOn() {
    return !opcode.isControl() && !framing.fin();
  }

  /** Whether the form that was chosen for the lengths has room for them. */
  public boolean fits() {
    LengthForm form = framing.lengthForm();
    long announced = maxFrame() + framing.surplus();
    return form == null
        || form == LengthForm.BITS_64
        || (announced >= 0 && announced <= form.longest());
  }

  /**
   * Makes the frames, one at a time.
   *
   * @param maskingKeys gives a key for each frame that is masked; to be unpredictable, as a
   *     client's must be (§5.3), it takes them from a strong source
   * @throws IllegalArgumentException unless it {@link #fits}
   */
  public void writeTo(FrameSink sink, IntSupplier maskingKeys) {
    int at = payload.position();
    boolean first = true;
    do {
      int length = Math.min(payload.limit() - at, framing.maxPayload());
      boolean last = at + length == payload.limit();
      FrameHeader header = header(first, last, length);
      if (framing.masked()) {
        Integer fixed = framing.maskingKey();
        header.mask(fixed == null ? maskingKeys.getAsInt() : fixed);
      }
      sink.frame(header, payload.duplicate().limit(at + length).position(at));
      at += length;
      first = false;
    } while (at < payload.limit());
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
