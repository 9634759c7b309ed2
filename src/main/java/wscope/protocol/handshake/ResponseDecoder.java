package wscope.protocol.handshake;

import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Rule;

/** Reads the head of an HTTP response (RFC 9112 §4) that may be split anywhere. */
public final class ResponseDecoder extends HeadDecoder {
  private static final int STATUS = 9;

  private String version = "";
  private int status;
  private String reason = "";

  /**
   * Creates a decoder for one response.
   *
   * @param maxHead the maximum size of the head in bytes, with the empty line
   * @param maxFields the maximum number of header fields
   */
  public ResponseDecoder(int maxHead, int maxFields) {
    super(maxHead, maxFields, HeadRules.RESPONSE);
  }

  /** The head; null if it could not be read to its end. */
  public @Nullable ResponseHead head() {
    return isComplete() ? new ResponseHead(version, status, reason, fields(), size()) : null;
  }

  @Override
  void startLine(String line) {
    if (line.length() < STATUS + 3
        || !isVersion(line.substring(0, STATUS - 1))
        || line.charAt(STATUS - 1) != ' ') {
      stop(startLineRule(), 0, "the line does not begin with an HTTP version and a status");
      return;
    }
    for (int at = STATUS; at < line.length() && at <= STATUS + 3; at++) {
      boolean fits = at < STATUS + 3 ? Ascii.isDigit(line.charAt(at)) : line.charAt(at) == ' ';
      if (!fits) {
        stop(startLineRule(), at, "the status is not a number of three digits");
        return;
      }
    }
    version = line.substring(0, STATUS - 1);
    status = Integer.parseInt(line, STATUS, STATUS + 3, 10);
    reason = line.substring(STATUS + 3).strip();
  }

  @Override
  @Nullable String firstByteViolation(byte b) {
    return b == 'H' ? null : "the first byte is " + Ascii.show((char) (b & 0xff));
  }

  @Override
  Rule startLineRule() {
    return Rule.STATUS_LINE_MALFORMED;
  }
}
