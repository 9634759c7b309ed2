package wscope.capture;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import wscope.protocol.frame.Mask;
import wscope.protocol.rule.Endpoint;

/**
 * A recorded frame.
 *
 * @param time the time at which the frame was recorded
 * @param header the bytes of its header on the wire
 * @param payload the bytes of its payload on the wire, as far as they had arrived
 * @param fault the ID of the fault that the frame commits; null if there is none
 */
record RecordedFrame(
    Instant time, Endpoint sender, ByteBuffer header, ByteBuffer payload, @Nullable String fault) {
  static RecordedFrame of(RecordedLine line) throws InvalidRecording {
    ByteBuffer payload = line.payload();
    if (line.flag("masked")) {
      ByteBuffer key = line.hex("maskingKey");
      if (key.remaining() != Integer.BYTES) {
        throw line.invalid("\"maskingKey\" is not four bytes long");
      }
      Mask.apply(payload, key.getInt(), 0);
    }
    return new RecordedFrame(
        line.time(),
        line.endpoint("sender"),
        line.hex("header"),
        payload,
        line.textOrNull("fault"));
  }
}
