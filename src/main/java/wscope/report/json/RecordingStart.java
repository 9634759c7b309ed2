package wscope.report.json;

import wscope.protocol.Limits;
import wscope.protocol.rule.Endpoint;

/**
 * What the first line of a recording says.
 *
 * @param program that writes it, with its version
 * @param self the end that is recorded
 * @param limits of what its peer may send
 */
public record RecordingStart(String program, Endpoint self, Limits limits) {
  /** The version of the format; a reader of another one may misread it. */
  static final int VERSION = 1;
}
