package wscope.protocol;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import wscope.protocol.frame.FrameRules;
import wscope.protocol.frame.LengthForm;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.Framing;
import wscope.protocol.message.Outgoing;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/**
 * Breaks rules on purpose: for each rule that frames can break, what an endpoint sends instead of a
 * correct message so that this rule is broken. What {@link Inspector} finds, this commits.
 *
 * <p>Every rule can be broken with every message. Where a message has no part that could break it,
 * as a text has no close code, a frame that does is sent ahead of it or behind it. No other rule is
 * broken than the one asked for, but for those of {@link #alongside}.
 */
public final class Faults {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final ByteBuffer NORMAL_CLOSURE = CloseBody.of(1000, "").bytes();

  /** No character of UTF-8 has this byte (RFC 3629 §3). */
  private static final byte NEVER_IN_UTF8 = (byte) 0xff;

  private static final Map<Rule, Function<Outgoing, List<Outgoing>>> TABLE =
      new EnumMap<>(Rule.class);

  static {
    TABLE.put(Rule.CLIENT_FRAME_UNMASKED, m -> List.of(m.framing(m.framing().masked(false))));
    TABLE.put(Rule.SERVER_FRAME_MASKED, m -> List.of(m.framing(m.framing().masked(true))));
    TABLE.put(Rule.RSV1_WITHOUT_EXTENSION, m -> List.of(withRsv(m, 4)));
    TABLE.put(Rule.RSV2_WITHOUT_EXTENSION, m -> List.of(withRsv(m, 2)));
    TABLE.put(Rule.RSV3_WITHOUT_EXTENSION, m -> List.of(withRsv(m, 1)));
    TABLE.put(Rule.RESERVED_OPCODE, m -> List.of(withReservedOpcode(m)));
    TABLE.put(Rule.CONTROL_FRAME_FRAGMENTED, Faults::fragmentControlFrame);
    TABLE.put(Rule.CONTROL_FRAME_TOO_LONG, Faults::lengthenControlFrame);
    TABLE.put(Rule.LENGTH_NOT_MINIMAL, m -> List.of(withLongerForm(m)));
    TABLE.put(Rule.LENGTH_TOP_BIT_SET, m -> List.of(withTopBit(m)));
    TABLE.put(Rule.CONTINUATION_WITHOUT_MESSAGE, Faults::continueNothing);
    TABLE.put(Rule.MESSAGE_INTERRUPTED, Faults::interrupt);
    TABLE.put(Rule.DATA_AFTER_CLOSE, Faults::goOnAfterClose);
    TABLE.put(Rule.TEXT_NOT_UTF8, Faults::spoilText);
    TABLE.put(Rule.CLOSE_BODY_OF_ONE_BYTE, m -> closeWith(m, ByteBuffer.wrap(new byte[] {3})));
    TABLE.put(Rule.CLOSE_CODE_OUT_OF_RANGE, m -> closeWith(m, withCode(m, 999)));
    TABLE.put(Rule.CLOSE_CODE_NEVER_SENT, m -> closeWith(m, withCode(m, 1006)));
    TABLE.put(Rule.CLOSE_CODE_UNASSIGNED, m -> closeWith(m, withCode(m, 1016)));
    TABLE.put(Rule.CLOSE_REASON_NOT_UTF8, m -> closeWith(m, withSpoiltReason(m)));
  }

  private Faults() {}

  /** The rules that frames can break, in the order of the table of rules. */
  public static Set<Rule> rules() {
    return Collections.unmodifiableSet(TABLE.keySet());
  }

  /** Whether an endpoint can break a rule with the frames that it sends. */
  public static boolean canCommit(Rule rule, Endpoint sender) {
    // Either masking rule (§5.1) binds one endpoint only.
    Rule ofTheOther =
        sender == Endpoint.CLIENT ? Rule.SERVER_FRAME_MASKED : Rule.CLIENT_FRAME_UNMASKED;
    return TABLE.containsKey(rule) && rule != ofTheOther;
  }

  /** Why no frame breaks a rule, in words; null if one can. */
  public static @Nullable String obstacle(Rule rule) {
    if (TABLE.containsKey(rule)) {
      return null;
    }
    return switch (rule) {
      case MESSAGE_TOO_BIG, TOO_MANY_FRAGMENTS -> "it depends on what the receiver accepts";
      default ->
          rule.answer() < 1000
              ? "it is a rule of the opening handshake"
              : "no fault is made of it yet";
    };
  }

  /**
   * What to send instead of a message so that a rule is broken.
   *
   * @param correct a message or control frame that breaks no rule; masked if a client sends it
   * @return one or more, in the order in which they are sent; where a Close is among them, the
   *     sender has closed
   * @throws IllegalArgumentException if the sender cannot break the rule, see {@link #canCommit}
   */
  public static List<Outgoing> commit(Rule rule, Outgoing correct) {
    Endpoint sender = correct.framing().masked() ? Endpoint.CLIENT : Endpoint.SERVER;
    Function<Outgoing, List<Outgoing>> fault = TABLE.get(rule);
    if (fault == null || !canCommit(rule, sender)) {
      throw new IllegalArgumentException("no frame of a " + sender + " breaks " + rule.id());
    }
    return fault.apply(correct);
  }

  /** The rules that cannot but be broken together with a rule; mostly none. */
  public static Set<Rule> alongside(Rule rule, Opcode opcode) {
    // A length of 2^63 bytes or more is too long for a control frame, too.
    return rule == Rule.LENGTH_TOP_BIT_SET && opcode.isControl()
        ? EnumSet.of(Rule.CONTROL_FRAME_TOO_LONG)
        : EnumSet.noneOf(Rule.class);
  }

  // The header of a frame.

  private static Outgoing withRsv(Outgoing message, int bit) {
    return message.framing(message.framing().rsv(message.framing().rsv() | bit));
  }

  /** One frame only: a continuation of it would have no message to continue. */
  private static Outgoing withReservedOpcode(Outgoing message) {
    Opcode reserved = message.opcode().isControl() ? Opcode.RESERVED_B : Opcode.RESERVED_3;
    return message.opcode(reserved).framing(message.framing().unfragmented());
  }

  /** A control frame without FIN; ahead of data, a ping. */
  private static List<Outgoing> fragmentControlFrame(Outgoing message) {
    if (message.opcode().isControl()) {
      return List.of(message.framing(message.framing().fin(false)));
    }
    Outgoing ping = beside(message, Opcode.PING, NOTHING);
    return List.of(ping.framing(ping.framing().fin(false)), message);
  }

  /** A control frame with 126 bytes, of which the last are filled up; ahead of data, a ping. */
  private static List<Outgoing> lengthenControlFrame(Outgoing message) {
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
  private static Outgoing withLongerForm(Outgoing message) {
    int longest = (int) LengthForm.BITS_16.longest();
    Framing framing = message.framing();
    Outgoing cut =
        message.framing(framing.longestPayload(Math.min(longest, framing.longestPayload())));
    boolean small = cut.longestFrame() <= LengthForm.BITS_7.longest();
    LengthForm longer = small ? LengthForm.BITS_16 : LengthForm.BITS_64;
    return cut.framing(cut.framing().lengthForm(longer));
  }

  /** One frame only: nothing behind it can be located. */
  private static Outgoing withTopBit(Outgoing message) {
    Framing framing = message.framing().unfragmented().lengthForm(null);
    return message.framing(framing.surplus(Long.MIN_VALUE));
  }

  // The order of frames.

  /** The message without its first opcode; ahead of a control frame, an empty continuation. */
  private static List<Outgoing> continueNothing(Outgoing message) {
    return message.opcode().isControl()
        ? List.of(beside(message, Opcode.CONTINUATION, NOTHING), message)
        : List.of(message.opcode(Opcode.CONTINUATION));
  }

  /** A message that never ends ahead of it; ahead of a control frame, also one that interrupts. */
  private static List<Outgoing> interrupt(Outgoing message) {
    boolean starts = message.opcode() == Opcode.TEXT || message.opcode() == Opcode.BINARY;
    Outgoing empty = beside(message, starts ? message.opcode() : Opcode.TEXT, NOTHING);
    Outgoing unfinished = empty.framing(empty.framing().fin(false));
    return starts ? List.of(unfinished, message) : List.of(unfinished, empty, message);
  }

  /** A Close ahead of data; an empty text behind a Close, which other control frames get first. */
  private static List<Outgoing> goOnAfterClose(Outgoing message) {
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
  private static List<Outgoing> spoilText(Outgoing message) {
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
  private static Outgoing beside(Outgoing message, Opcode opcode, ByteBuffer payload) {
    Endpoint sender = message.framing().masked() ? Endpoint.CLIENT : Endpoint.SERVER;
    return new Outgoing(opcode, payload, Framing.of(sender));
  }
}
