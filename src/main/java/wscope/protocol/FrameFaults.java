package wscope.protocol;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import wscope.protocol.frame.FrameRules;
import wscope.protocol.frame.LengthForm;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.Framing;
import wscope.protocol.message.OutgoingMessage;
import wscope.protocol.rule.Endpoint;

/**
 * Faults in frames: the messages that an endpoint sends instead of a correct one, to break one rule
 * or to leave the peer waiting. {@link Faults} has the table.
 *
 * <p>Every fault works with every message. If a message has no part that can break the rule (for
 * example, a text has no close code), a frame that breaks it is sent before or after the message.
 */
final class FrameFaults {
  /** An empty payload. */
  static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private static final ByteBuffer NORMAL_CLOSURE = CloseBody.of(1000, "").bytes();

  /** UTF-8 never contains this byte (RFC 3629 §3). */
  private static final byte NEVER_IN_UTF8 = (byte) 0xff;

  private FrameFaults() {}

  // The header of a frame.

  /** Masks every frame of the message, or none. */
  static List<OutgoingMessage> mask(OutgoingMessage message, boolean masked) {
    return List.of(message.framing(message.framing().masked(masked)));
  }

  /** Masks every frame of the message with the same key. */
  static List<OutgoingMessage> maskWith(OutgoingMessage message, int key) {
    return List.of(message.framing(message.framing().maskingKey(key)));
  }

  /** Masks every frame with the same key, and sends an empty ping with this key before them. */
  static List<OutgoingMessage> repeatKey(OutgoingMessage message) {
    OutgoingMessage ping = companion(message, Opcode.PING, NOTHING);
    Framing sameKey = ping.framing().maskingKey(FrameFault.MASKING_KEY);
    return List.of(
        ping.framing(sameKey),
        message.framing(message.framing().maskingKey(FrameFault.MASKING_KEY)));
  }

  /**
   * Sets an RSV bit.
   *
   * @param bit 4 for RSV1, 2 for RSV2, 1 for RSV3
   */
  static List<OutgoingMessage> setRsv(OutgoingMessage message, int bit) {
    return List.of(withRsv(message, bit));
  }

  static OutgoingMessage withRsv(OutgoingMessage message, int bit) {
    return message.framing(message.framing().rsv(message.framing().rsv() | bit));
  }

  /**
   * Sends one frame with a reserved opcode. It is not fragmented, because a continuation would have
   * no message to continue.
   */
  static List<OutgoingMessage> reserveOpcode(OutgoingMessage message) {
    Opcode reserved = message.opcode().isControl() ? Opcode.RESERVED_B : Opcode.RESERVED_3;
    return List.of(message.opcode(reserved).framing(message.framing().unfragmented()));
  }

  /** Clears FIN on a control frame. If the message is data, sends a ping without FIN before it. */
  static List<OutgoingMessage> fragmentControlFrame(OutgoingMessage message) {
    if (message.opcode().isControl()) {
      return List.of(unfinished(message));
    }
    return List.of(unfinished(companion(message, Opcode.PING, NOTHING)), message);
  }

  /**
   * Pads a control frame to 126 bytes. If the message is data, sends a ping of 126 bytes before it.
   */
  static List<OutgoingMessage> lengthenControlFrame(OutgoingMessage message) {
    boolean control = message.opcode().isControl();
    boolean close = message.opcode() == Opcode.CLOSE && !message.payload().hasRemaining();
    ByteBuffer start = close ? NORMAL_CLOSURE : control ? message.payload() : NOTHING;
    byte[] payload = new byte[FrameRules.LONGEST_CONTROL_PAYLOAD + 1];
    Arrays.fill(payload, (byte) 'x');
    start.get(start.position(), payload, 0, start.remaining());
    ByteBuffer tooLong = ByteBuffer.wrap(payload);
    return control
        ? List.of(message.payload(tooLong).framing(message.framing().lengthForm(null)))
        : List.of(companion(message, Opcode.PING, tooLong), message);
  }

  /**
   * Writes the length in the next longer form. A payload of 64 KiB or more has no longer form, so
   * it is fragmented.
   */
  static List<OutgoingMessage> lengthenForm(OutgoingMessage message) {
    int longest = (int) LengthForm.BITS_16.longest();
    Framing framing = message.framing();
    OutgoingMessage cut =
        message.framing(framing.maxPayload(Math.min(longest, framing.maxPayload())));
    boolean small = cut.maxFrame() <= LengthForm.BITS_7.longest();
    LengthForm longer = small ? LengthForm.BITS_16 : LengthForm.BITS_64;
    return List.of(cut.framing(cut.framing().lengthForm(longer)));
  }

  /** Sets the top bit of the length in one frame. Nothing after that frame can be located. */
  static List<OutgoingMessage> setTopBit(OutgoingMessage message) {
    return List.of(announceMore(message, Long.MIN_VALUE));
  }

  /**
   * Makes one frame announce one byte more than it has. A control frame of 125 bytes omits its last
   * byte instead.
   */
  static List<OutgoingMessage> leaveFrameUnfinished(OutgoingMessage message) {
    ByteBuffer payload = message.payload();
    int most = FrameRules.LONGEST_CONTROL_PAYLOAD - 1;
    boolean full = message.opcode().isControl() && payload.remaining() > most;
    ByteBuffer sent = full ? payload.slice(payload.position(), most) : payload;
    return List.of(announceMore(message.payload(sent), 1));
  }

  private static OutgoingMessage announceMore(OutgoingMessage message, long surplus) {
    Framing framing = message.framing().unfragmented().lengthForm(null);
    return message.framing(framing.surplus(surplus));
  }

  // The order of frames.

  /**
   * Sends the message as continuations only. If the message is a control frame, sends an empty
   * continuation before it.
   */
  static List<OutgoingMessage> continueWithoutMessage(OutgoingMessage message) {
    return message.opcode().isControl()
        ? List.of(companion(message, Opcode.CONTINUATION, NOTHING), message)
        : List.of(message.opcode(Opcode.CONTINUATION));
  }

  /**
   * Starts an unfinished message before this one. If this one is a control frame, also sends a
   * message that interrupts the unfinished one.
   */
  static List<OutgoingMessage> interrupt(OutgoingMessage message) {
    boolean starts = message.opcode() == Opcode.TEXT || message.opcode() == Opcode.BINARY;
    OutgoingMessage empty = companion(message, starts ? message.opcode() : Opcode.TEXT, NOTHING);
    return starts
        ? List.of(unfinished(empty), message)
        : List.of(unfinished(empty), empty, message);
  }

  /**
   * Clears FIN on the last frame. If the message is a control frame, sends an unfinished text
   * message before it.
   */
  static List<OutgoingMessage> leaveMessageUnfinished(OutgoingMessage message) {
    return message.opcode().isControl()
        ? List.of(unfinished(companion(message, Opcode.TEXT, NOTHING)), message)
        : List.of(unfinished(message));
  }

  private static OutgoingMessage unfinished(OutgoingMessage message) {
    return message.framing(message.framing().fin(false));
  }

  /**
   * Sends a Close before a data message, a ping or a pong, and an empty text message after a Close.
   */
  static List<OutgoingMessage> sendAfterClose(OutgoingMessage message) {
    OutgoingMessage close = companion(message, Opcode.CLOSE, NORMAL_CLOSURE);
    if (!message.opcode().isControl()) {
      return List.of(close, message);
    }
    OutgoingMessage text = companion(message, Opcode.TEXT, NOTHING);
    return message.opcode() == Opcode.CLOSE
        ? List.of(message, text)
        : List.of(message, close, text);
  }

  // The payload of a message.

  /**
   * Sends the data as text with an invalid byte at its end. If the message is a control frame,
   * sends a text message of that byte before it.
   */
  static List<OutgoingMessage> invalidateText(OutgoingMessage message) {
    if (message.opcode().isControl()) {
      return List.of(companion(message, Opcode.TEXT, withInvalidByte(NOTHING)), message);
    }
    return List.of(message.opcode(Opcode.TEXT).payload(withInvalidByte(message.payload())));
  }

  private static ByteBuffer withInvalidByte(ByteBuffer text) {
    ByteBuffer longer = ByteBuffer.allocate(Math.addExact(text.remaining(), 1));
    return longer.put(text.duplicate()).put(NEVER_IN_UTF8).flip();
  }

  // The body of a Close frame.

  /** Sends a Close whose body is half a code. */
  static List<OutgoingMessage> closeWithOneByte(OutgoingMessage message) {
    return closeWith(message, ByteBuffer.wrap(new byte[] {3}));
  }

  /** Sends a Close with another code. */
  static List<OutgoingMessage> closeWithCode(OutgoingMessage message, int code) {
    return closeWith(message, withCode(message, code));
  }

  /** Sends a Close with an invalid byte in its reason. */
  static List<OutgoingMessage> invalidateReason(OutgoingMessage message) {
    return closeWith(message, withInvalidReason(message));
  }

  /**
   * Sends the Close with another body. If the message is not a Close, sends a Close with that body
   * after it.
   */
  private static List<OutgoingMessage> closeWith(OutgoingMessage message, ByteBuffer body) {
    return message.opcode() == Opcode.CLOSE
        ? List.of(message.payload(body))
        : List.of(message, companion(message, Opcode.CLOSE, body));
  }

  /**
   * The body with another code and the same reason. If the message is not a Close, the body has
   * only the code.
   */
  private static ByteBuffer withCode(OutgoingMessage message, int code) {
    ByteBuffer reason = reason(message);
    return ByteBuffer.allocate(2 + reason.remaining()).putShort((short) code).put(reason).flip();
  }

  /** The body with an invalid byte at the end of its reason, cut to fit. */
  private static ByteBuffer withInvalidReason(OutgoingMessage message) {
    boolean close = message.opcode() == Opcode.CLOSE && message.payload().hasRemaining();
    ByteBuffer body = close ? message.payload() : NORMAL_CLOSURE;
    int kept = Math.min(body.remaining(), FrameRules.LONGEST_CONTROL_PAYLOAD - 1);
    return withInvalidByte(body.slice(body.position(), kept));
  }

  private static ByteBuffer reason(OutgoingMessage message) {
    ByteBuffer body = message.payload();
    boolean none = message.opcode() != Opcode.CLOSE || body.remaining() < 2;
    return none ? NOTHING.duplicate() : body.slice(body.position() + 2, body.remaining() - 2);
  }

  /** Creates a correct frame of the same sender, to send together with a message. */
  static OutgoingMessage companion(OutgoingMessage message, Opcode opcode, ByteBuffer payload) {
    Endpoint sender = message.framing().masked() ? Endpoint.CLIENT : Endpoint.SERVER;
    return new OutgoingMessage(opcode, payload, Framing.of(sender));
  }
}
