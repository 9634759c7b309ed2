package wscope.protocol;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import wscope.protocol.frame.FrameRules;
import wscope.protocol.frame.LengthForm;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.Framing;
import wscope.protocol.message.Outgoing;
import wscope.protocol.rule.Endpoint;

/**
 * How frames break rules: what an endpoint sends instead of a correct message so that one rule is
 * broken, or so that the peer waits for what never comes. {@link Faults} has the table.
 *
 * <p>Every fault works with every message. Where a message has no part that could break the rule,
 * as a text has no close code, a frame that does is sent ahead of it or behind it.
 */
final class FrameFaults {
  /** An empty payload. */
  static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private static final ByteBuffer NORMAL_CLOSURE = CloseBody.of(1000, "").bytes();

  /** No character of UTF-8 has this byte (RFC 3629 §3). */
  private static final byte NEVER_IN_UTF8 = (byte) 0xff;

  private FrameFaults() {}

  // The header of a frame.

  /** Each frame masked, or none. */
  static List<Outgoing> mask(Outgoing message, boolean masked) {
    return List.of(message.framing(message.framing().masked(masked)));
  }

  /** Each frame masked with the same key. */
  static List<Outgoing> maskWith(Outgoing message, int key) {
    return List.of(message.framing(message.framing().maskingKey(key)));
  }

  /**
   * @param bit 4 for RSV1, 2 for RSV2, 1 for RSV3
   */
  static List<Outgoing> setRsv(Outgoing message, int bit) {
    return List.of(withRsv(message, bit));
  }

  static Outgoing withRsv(Outgoing message, int bit) {
    return message.framing(message.framing().rsv(message.framing().rsv() | bit));
  }

  /** One frame only: a continuation of it would have no message to continue. */
  static List<Outgoing> reserveOpcode(Outgoing message) {
    Opcode reserved = message.opcode().isControl() ? Opcode.RESERVED_B : Opcode.RESERVED_3;
    return List.of(message.opcode(reserved).framing(message.framing().unfragmented()));
  }

  /** A control frame without FIN; ahead of data, a ping. */
  static List<Outgoing> fragmentControlFrame(Outgoing message) {
    if (message.opcode().isControl()) {
      return List.of(unfinished(message));
    }
    return List.of(unfinished(beside(message, Opcode.PING, NOTHING)), message);
  }

  /** A control frame with 126 bytes, of which the last are filled up; ahead of data, a ping. */
  static List<Outgoing> lengthenControlFrame(Outgoing message) {
    boolean control = message.opcode().isControl();
    boolean close = message.opcode() == Opcode.CLOSE && !message.payload().hasRemaining();
    ByteBuffer start = close ? NORMAL_CLOSURE : control ? message.payload() : NOTHING;
    byte[] payload = new byte[FrameRules.LONGEST_CONTROL_PAYLOAD + 1];
    Arrays.fill(payload, (byte) 'x');
    start.get(start.position(), payload, 0, start.remaining());
    ByteBuffer tooLong = ByteBuffer.wrap(payload);
    return control
        ? List.of(message.payload(tooLong).framing(message.framing().lengthForm(null)))
        : List.of(beside(message, Opcode.PING, tooLong), message);
  }

  /** The next longer form; what has none, from 64 KiB on, goes in frames of less. */
  static List<Outgoing> lengthenForm(Outgoing message) {
    int longest = (int) LengthForm.BITS_16.longest();
    Framing framing = message.framing();
    Outgoing cut = message.framing(framing.maxPayload(Math.min(longest, framing.maxPayload())));
    boolean small = cut.maxFrame() <= LengthForm.BITS_7.longest();
    LengthForm longer = small ? LengthForm.BITS_16 : LengthForm.BITS_64;
    return List.of(cut.framing(cut.framing().lengthForm(longer)));
  }

  /** One frame only: nothing behind it can be located. */
  static List<Outgoing> setTopBit(Outgoing message) {
    return List.of(announceMore(message, Long.MIN_VALUE));
  }

  /** One frame that announces one byte more; a control frame of 125 bytes leaves its last out. */
  static List<Outgoing> leaveFrameUnfinished(Outgoing message) {
    ByteBuffer payload = message.payload();
    int most = FrameRules.LONGEST_CONTROL_PAYLOAD - 1;
    boolean full = message.opcode().isControl() && payload.remaining() > most;
    ByteBuffer sent = full ? payload.slice(payload.position(), most) : payload;
    return List.of(announceMore(message.payload(sent), 1));
  }

  private static Outgoing announceMore(Outgoing message, long surplus) {
    Framing framing = message.framing().unfragmented().lengthForm(null);
    return message.framing(framing.surplus(surplus));
  }

  // The order of frames.

  /** The message without its first opcode; ahead of a control frame, an empty continuation. */
  static List<Outgoing> continueNothing(Outgoing message) {
    return message.opcode().isControl()
        ? List.of(beside(message, Opcode.CONTINUATION, NOTHING), message)
        : List.of(message.opcode(Opcode.CONTINUATION));
  }

  /** A message that never ends ahead of it; ahead of a control frame, also one that interrupts. */
  static List<Outgoing> interrupt(Outgoing message) {
    boolean starts = message.opcode() == Opcode.TEXT || message.opcode() == Opcode.BINARY;
    Outgoing empty = beside(message, starts ? message.opcode() : Opcode.TEXT, NOTHING);
    return starts
        ? List.of(unfinished(empty), message)
        : List.of(unfinished(empty), empty, message);
  }

  /** The message without its last FIN; ahead of a control frame, a text that does not go on. */
  static List<Outgoing> leaveMessageUnfinished(Outgoing message) {
    return message.opcode().isControl()
        ? List.of(unfinished(beside(message, Opcode.TEXT, NOTHING)), message)
        : List.of(unfinished(message));
  }

  private static Outgoing unfinished(Outgoing message) {
    return message.framing(message.framing().fin(false));
  }

  /** A Close ahead of data; an empty text behind a Close, which other control frames get first. */
  static List<Outgoing> goOnAfterClose(Outgoing message) {
    Outgoing close = beside(message, Opcode.CLOSE, NORMAL_CLOSURE);
    if (!message.opcode().isControl()) {
      return List.of(close, message);
    }
    Outgoing text = beside(message, Opcode.TEXT, NOTHING);
    return message.opcode() == Opcode.CLOSE
        ? List.of(message, text)
        : List.of(message, close, text);
  }

  // What a message carries.

  /** The data as text with an impossible byte at its end; ahead of a control frame, that byte. */
  static List<Outgoing> spoilText(Outgoing message) {
    if (message.opcode().isControl()) {
      return List.of(beside(message, Opcode.TEXT, spoilt(NOTHING)), message);
    }
    return List.of(message.opcode(Opcode.TEXT).payload(spoilt(message.payload())));
  }

  private static ByteBuffer spoilt(ByteBuffer text) {
    ByteBuffer longer = ByteBuffer.allocate(Math.addExact(text.remaining(), 1));
    return longer.put(text.duplicate()).put(NEVER_IN_UTF8).flip();
  }

  // The body of a Close frame.

  /** A Close with half a code. */
  static List<Outgoing> closeWithOneByte(Outgoing message) {
    return closeWith(message, ByteBuffer.wrap(new byte[] {3}));
  }

  /** A Close with another code. */
  static List<Outgoing> closeWithCode(Outgoing message, int code) {
    return closeWith(message, withCode(message, code));
  }

  /** A Close with an impossible byte in its reason. */
  static List<Outgoing> spoilReason(Outgoing message) {
    return closeWith(message, withSpoiltReason(message));
  }

  /** The Close with another body; behind any other message, a Close with that body. */
  private static List<Outgoing> closeWith(Outgoing message, ByteBuffer body) {
    return message.opcode() == Opcode.CLOSE
        ? List.of(message.payload(body))
        : List.of(message, beside(message, Opcode.CLOSE, body));
  }

  /** The body with another code and the same reason; of what is no Close, a code alone. */
  private static ByteBuffer withCode(Outgoing message, int code) {
    ByteBuffer reason = reason(message);
    return ByteBuffer.allocate(2 + reason.remaining()).putShort((short) code).put(reason).flip();
  }

  /** The body with an impossible byte at the end of its reason, in place of the 124th. */
  private static ByteBuffer withSpoiltReason(Outgoing message) {
    boolean close = message.opcode() == Opcode.CLOSE && message.payload().hasRemaining();
    ByteBuffer body = close ? message.payload() : NORMAL_CLOSURE;
    int kept = Math.min(body.remaining(), FrameRules.LONGEST_CONTROL_PAYLOAD - 1);
    return spoilt(body.slice(body.position(), kept));
  }

  private static ByteBuffer reason(Outgoing message) {
    ByteBuffer body = message.payload();
    boolean none = message.opcode() != Opcode.CLOSE || body.remaining() < 2;
    return none ? NOTHING.duplicate() : body.slice(body.position() + 2, body.remaining() - 2);
  }

  /** A correct frame of the same sender, to stand beside its message. */
  static Outgoing beside(Outgoing message, Opcode opcode, ByteBuffer payload) {
    Endpoint sender = message.framing().masked() ? Endpoint.CLIENT : Endpoint.SERVER;
    return new Outgoing(opcode, payload, Framing.of(sender));
  }
}
