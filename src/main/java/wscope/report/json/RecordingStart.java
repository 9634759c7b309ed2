package wscope.report.json;

import org.jspecify.annotations.Nullable;
import wscope.protocol.Limits;
import wscope.protocol.rule.Endpoint;

/**
 * The contents of the first line of a recording.
 *
 * @param program the program that writes the recording, with its version
 * @param self the endpoint from whose side the recording is made; null for a proxy between both
 * @param limits the limits for the peer of that endpoint
 */
public record RecordingStart(String program, @Nullable Endpoint self, Limits limits) {
  /** The version of the format, which a reader must check. */
  static final int VERSION = 1;

  /** The name of the side from which the recording is made. */
  String side() {
    return self == null ? "proxy" : self.id();
  }
}
