package wscope.report.text;

import java.util.List;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/** The rows of bits in a header that break a rule. */
final class GuiltyBits {
  private static final int NONE = -1;

  private GuiltyBits() {}

  /** Whether a row of the first byte breaks a rule: FIN, RSV1, RSV2, RSV3, opcode. */
  static boolean inFirstByte(List<Violation> violations, int row) {
    for (int i = 0; i < violations.size(); i++) {
      if (firstByteRow(violations.get(i).rule()) == row) {
        return true;
      }
    }
    return false;
  }

  /** Whether a row of the second byte breaks a rule: MASK, or the 7-bit length. */
  static boolean inSecondByte(List<Violation> violations, int row) {
    for (int i = 0; i < violations.size(); i++) {
      if (secondByteRow(violations.get(i).rule()) == row) {
        return true;
      }
    }
    return false;
  }

  private static int firstByteRow(Rule rule) {
    return switch (rule) {
      case CONTROL_FRAME_FRAGMENTED -> 0;
      case RSV1_WITHOUT_EXTENSION, RSV1_ON_CONTINUATION, RSV1_ON_CONTROL_FRAME -> 1;
      case RSV2_WITHOUT_EXTENSION -> 2;
      case RSV3_WITHOUT_EXTENSION -> 3;
      case RESERVED_OPCODE, CONTINUATION_WITHOUT_MESSAGE, MESSAGE_INTERRUPTED, DATA_AFTER_CLOSE ->
          4;
      default -> NONE;
    };
  }

  private static int secondByteRow(Rule rule) {
    return switch (rule) {
      case CLIENT_FRAME_UNMASKED, SERVER_FRAME_MASKED -> 0;
      case CONTROL_FRAME_TOO_LONG, LENGTH_NOT_MINIMAL, MESSAGE_TOO_BIG -> 1;
      default -> NONE;
    };
  }
}
