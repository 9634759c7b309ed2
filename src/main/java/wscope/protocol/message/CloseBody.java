package wscope.protocol.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/**
 * The body of a Close frame (RFC 6455 §5.5.1): nothing, or a code and a reason.
 *
 * @param code as on the wire, 0 to 65535, or {@link #NO_CODE} if the body is empty
 * @param reason what follows the code; bytes that are not UTF-8 are replaced by U+FFFD
 */
public record CloseBody(int code, String reason) {
  /** The code of a Close without a body; an API reports it as 1005 (§7.1.5). */
  public static final int NO_CODE = -1;

  /** A Close without a body. */
  public static final CloseBody EMPTY = new CloseBody(NO_CODE, "");

  private static final int LONGEST_REASON = 123;

  /**
   * Reads the body of a Close frame and adds everything that is wrong with it.
   *
   * @param body the unmasked payload from position to limit, at most 125 bytes; the position stays
   * @param offset of the first byte of the body in its stream
   * @param frame number of the frame
   * @param into receives the violations
   * @return null for a body of one byte, which holds no code
   */
  public static @Nullable CloseBody read(
      ByteBuffer body, long offset, long frame, List<Violation> into) {
    int size = body.remaining();
    if (size == 0) {
      return EMPTY;
    }
    if (size == 1) {
      into.add(new Violation(Rule.CLOSE_BODY_OF_ONE_BYTE, offset, frame, "1 byte"));
      return null;
    }
    int code = body.getShort(body.position()) & 0xffff;
    Rule broken = CloseCode.brokenBy(code);
    if (broken != null) {
      into.add(new Violation(broken, offset, frame, "code " + code));
    }
    ByteBuffer reason = body.slice(body.position() + 2, size - 2);
    checkReason(reason, offset + 2, frame, into);
    return new CloseBody(code, StandardCharsets.UTF_8.decode(reason).toString());
  }

  /** A body to send; of a reason that is too long, as many whole code points as 123 bytes hold. */
  public static ByteBuffer write(int code, String reason) {
    byte[] bytes = reason.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(bytes.length, LONGEST_REASON);
    while (length < bytes.length && length > 0 && (bytes[length] & 0xc0) == 0x80) {
      length--;
    }
    return ByteBuffer.allocate(2 + length).putShort((short) code).put(bytes, 0, length).flip();
  }

  /** Whether the Close carried a code. */
  public boolean hasCode() {
    return code != NO_CODE;
  }

  private static void checkReason(
      ByteBuffer reason, long offset, long frame, List<Violation> into) {
    Utf8 utf8 = new Utf8();
    int bad = utf8.check(reason);
    if (bad >= 0) {
      String found = Utf8Fault.at(reason.get(bad), bad);
      into.add(new Violation(Rule.CLOSE_REASON_NOT_UTF8, offset + bad, frame, found));
    } else if (!utf8.isComplete()) {
      String found = Utf8Fault.END;
      into.add(new Violation(Rule.CLOSE_REASON_NOT_UTF8, offset + reason.limit(), frame, found));
    }
  }
}
