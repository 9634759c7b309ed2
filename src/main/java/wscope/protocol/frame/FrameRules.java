package wscope.protocol.frame;

import java.util.List;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/** The rules that a header alone can break (RFC 6455 §5.1, §5.2, §5.5). */
public final class FrameRules {
  /** What is found where RSV1 may mark a compressed message, of which nothing else is known. */
  public static final String RSV1_SET = "RSV1 1";

  /** The longest payload of a control frame, in bytes (§5.5). */
  public static final int LONGEST_CONTROL_PAYLOAD = 125;

  private FrameRules() {}

  /**
   * Adds all violations of a header, in the order of its bytes.
   *
   * @param sender the sender of the frame
   * @param compressed whether permessage-deflate gives RSV1 a meaning (RFC 7692 §6)
   * @param into receives the violations
   */
  public static void check(
      FrameHeader header, Endpoint sender, boolean compressed, List<Violation> into) {
    checkFirstByte(header, compressed, into);
    checkMask(header, sender, into);
    checkLength(header, into);
  }

  /**
   * Adds the violations in the bytes of an incomplete header.
   *
   * @param known the header, with the fields that have arrived
   */
  public static void check(
      IncompleteFrame incomplete,
      FrameHeader known,
      Endpoint sender,
      boolean compressed,
      List<Violation> into) {
    checkFirstByte(known, compressed, into);
    if (incomplete.hasSecondByte()) {
      checkMask(known, sender, into);
    }
    if (incomplete.hasLength()) {
      checkLength(known, into);
    }
  }

  /** Describes RSV1. No extension can have set it on a frame that does not begin a message. */
  private static String rsv1(Opcode opcode) {
    boolean begins = !opcode.isControl() && opcode != Opcode.CONTINUATION;
    return begins ? RSV1_SET : opcode.label() + " with " + RSV1_SET;
  }

  private static void checkFirstByte(FrameHeader header, boolean compressed, List<Violation> into) {
    long at = header.offset();
    Opcode opcode = header.opcode();
    if (opcode.isControl() && !header.fin()) {
      into.add(
          violation(Rule.CONTROL_FRAME_FRAGMENTED, header, at, opcode.label() + " with FIN 0"));
    }
    if (header.rsv1() && !compressed) {
      into.add(violation(Rule.RSV1_WITHOUT_EXTENSION, header, at, rsv1(opcode)));
    } else if (header.rsv1() && opcode.isControl()) {
      into.add(violation(Rule.RSV1_ON_CONTROL_FRAME, header, at, rsv1(opcode)));
    } else if (header.rsv1() && opcode == Opcode.CONTINUATION) {
      into.add(violation(Rule.RSV1_ON_CONTINUATION, header, at, rsv1(opcode)));
    }
    if (header.rsv2()) {
      into.add(violation(Rule.RSV2_WITHOUT_EXTENSION, header, at, "RSV2 1"));
    }
    if (header.rsv3()) {
      into.add(violation(Rule.RSV3_WITHOUT_EXTENSION, header, at, "RSV3 1"));
    }
    if (opcode.isReserved()) {
      String found = "opcode 0x" + Integer.toHexString(opcode.code());
      into.add(violation(Rule.RESERVED_OPCODE, header, at, found));
    }
  }

  private static void checkMask(FrameHeader header, Endpoint sender, List<Violation> into) {
    if (header.masked() && sender == Endpoint.SERVER) {
      into.add(violation(Rule.SERVER_FRAME_MASKED, header, header.offset() + 1, "MASK 1"));
    }
    if (!header.masked() && sender == Endpoint.CLIENT) {
      into.add(violation(Rule.CLIENT_FRAME_UNMASKED, header, header.offset() + 1, "MASK 0"));
    }
  }

  private static void checkLength(FrameHeader header, List<Violation> into) {
    long length = header.payloadLength();
    LengthForm form = header.lengthForm();
    if (header.opcode().isControl() && Long.compareUnsigned(length, LONGEST_CONTROL_PAYLOAD) > 0) {
      into.add(
          violation(Rule.CONTROL_FRAME_TOO_LONG, header, header.offset() + 1, found(length, form)));
    }
    if (length < 0) {
      into.add(
          violation(Rule.LENGTH_TOP_BIT_SET, header, header.offset() + 2, found(length, form)));
    } else if (length < form.shortest()) {
      into.add(
          violation(Rule.LENGTH_NOT_MINIMAL, header, header.offset() + 2, found(length, form)));
    }
  }

  private static String found(long length, LengthForm form) {
    return Long.toUnsignedString(length) + " bytes in the " + form.bits() + "-bit form";
  }

  private static Violation violation(Rule rule, FrameHeader header, long offset, String found) {
    return new Violation(rule, offset, header.number(), found);
  }
}
