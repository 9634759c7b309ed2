package wscope.protocol.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/**
 * The body of a Close frame (RFC 6455 §5.5.1): nothing, or a code and a reason.
 *
 * @param code the code on the wire, 0 to 65535, or {@link #NO_CODE} if the body is empty
 * @param reason the bytes after the code, from position to limit, which may be invalid UTF-8
 */
public record CloseBody(int code, ByteBuffer reason) {
  /** The value for a Close without a code, which an API reports as 1005 (§7.1.5). */
  public static final int NO_CODE = -1;

  /** The body of a Close without a body: zero bytes. */
  public static final CloseBody EMPTY = new CloseBody(NO_CODE, ByteBuffer.allocate(0));

  /** The body of a Close whose payload is not known. */
  public static final CloseBody UNKNOWN = new CloseBody(-2, ByteBuffer.allocate(0));

  /** The maximum length of a reason in bytes: the rest of a control frame after the code. */
  public static final int LONGEST_REASON = 123;

  /** Creates a body with a code and as many whole code points of a reason as fit. */
  public static CloseBody of(int code, String reason) {
    byte[] bytes = reason.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(bytes.length, LONGEST_REASON);
    while (length < bytes.length && (bytes[length] & 0xc0) == 0x80) {
      length--;
    }
    return new CloseBody(code, ByteBuffer.wrap(bytes, 0, length));
  }

  /**
   * Reads the body of a Close frame and adds its violations.
   *
   * @param body the unmasked payload from position to limit, at most 125 bytes; the position does
   *     not move
   * @param sender the sender of the frame
   * @param offset the offset of the body's first byte in its stream
   * @param frame the number of the frame
   * @param into receives the violations
   * @return the body; null if it has only one byte, which cannot hold a code
   */
  public static @Nullable CloseBody read(
      ByteBuffer body, Endpoint sender, long offset, long frame, List<Violation> into) {
    int size = body.remaining();
    if (size == 0) {
      return EMPTY;
    }
    if (size == 1) {
      into.add(new Violation(Rule.CLOSE_BODY_OF_ONE_BYTE, offset, frame, "1 byte"));
      return null;
    }
    int code = body.getShort(body.position()) & 0xffff;
    Rule broken = CloseCode.brokenBy(code, sender);
    if (broken != null) {
      into.add(new Violation(broken, offset, frame, "code " + code));
    }
    ByteBuffer reason = ByteBuffer.allocate(size - 2);
    reason.put(0, body, body.position() + 2, size - 2);
    checkReason(reason, offset + 2, frame, into);
    return new CloseBody(code, reason);
  }

  /** A view of the reason's bytes, from position to limit. */
  @Override
  public ByteBuffer reason() {
    return reason.duplicate();
  }

  /** The reason as text; U+FFFD replaces invalid UTF-8. */
  public String reasonText() {
    return StandardCharsets.UTF_8.decode(reason()).toString();
  }

  /** Whether the Close carries a code. */
  public boolean hasCode() {
    return code >= 0;
  }

  /** The bytes on the wire. */
  public ByteBuffer bytes() {
    return hasCode()
        ? ByteBuffer.allocate(2 + reason.remaining()).putShort((short) code).put(reason()).flip()
        : ByteBuffer.allocate(0);
  }

  private static void checkReason(
      ByteBuffer reason, long offset, long frame, List<Violation> into) {
    Utf8 utf8 = new Utf8();
    int invalid = utf8.check(reason);
    if (invalid >= 0) {
      String found = Utf8Error.at(reason.get(invalid), invalid);
      into.add(new Violation(Rule.CLOSE_REASON_NOT_UTF8, offset + invalid, frame, found));
    } else if (!utf8.isComplete()) {
      String found = Utf8Error.END;
      into.add(new Violation(Rule.CLOSE_REASON_NOT_UTF8, offset + reason.limit(), frame, found));
    }
  }
}
