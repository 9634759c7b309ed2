package wscope.explain;

import java.util.Locale;

/** What an entry explains. */
public enum Kind {
  /** A problem that products report in their error texts. */
  PROBLEM("problem"),
  /** A close code of RFC 6455 §7.4, or a range of them. */
  CLOSE_CODE("close"),
  /** An opcode of RFC 6455 §5.2. */
  OPCODE("opcode"),
  /** An HTTP status as the response to a handshake, or a class of them. */
  STATUS("status"),
  /** A header field of the handshake. */
  HEADER("header"),
  /** An error code of the system, of Node.js or of OpenSSL, such as ECONNREFUSED. */
  ERROR_CODE("error"),
  /** A term of the protocol, such as a bit of the frame header. */
  TERM("term");

  private final String key;

  Kind(String key) {
    this.key = key;
  }

  /** The key that begins an entry of this kind in a resource file. */
  String key() {
    return key;
  }

  /** The stable name of the kind, in lower case. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
