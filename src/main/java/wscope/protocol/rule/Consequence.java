package wscope.protocol.rule;

import static wscope.protocol.rule.Severity.ERROR;
import static wscope.protocol.rule.Severity.WARNING;

/**
 * The reaction of an endpoint that detects a violation of a rule.
 *
 * @param closeCode the code of the Close frame that the endpoint sends; 0 for none
 * @param httpStatus the status of the response that rejects the handshake; 0 for none
 */
record Consequence(Severity severity, int closeCode, int httpStatus) {
  /** The endpoint closes the connection with a code of 1000 to 4999 (RFC 6455 §7.4). */
  static Consequence close(int code) {
    return new Consequence(ERROR, code, 0);
  }

  /** The endpoint rejects the request with an HTTP status of 400 to 599 (§4.2.2). */
  static Consequence reject(int status) {
    return new Consequence(ERROR, 0, status);
  }

  /**
   * The endpoint ends the connection without a Close frame, as a client does after an invalid
   * response (§4.1).
   */
  static Consequence disconnect() {
    return new Consequence(ERROR, 0, 0);
  }

  /** The endpoint continues. */
  static Consequence warn() {
    return new Consequence(WARNING, 0, 0);
  }
}
