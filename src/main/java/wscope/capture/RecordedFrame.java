package wscope.capture;

import java.nio.ByteBuffer;
import java.time.Instant;
import wscope.protocol.frame.Mask;
import wscope.protocol.rule.Endpoint;

/**
 * A recorded frame.
 *
 * @param time when it was recorded
 * @param header its bytes on the wire
 * @param payload its bytes on the wire, as far as they had come
 */
record RecordedFrame(Instant time, Endpoint sender, ByteBuffer header, ByteBuffer payload) {
  static RecordedFrame of(RecordedLine read) throws InvalidRecording {
    ByteBuffer payload = read.payload();
    if (read.flag("masked")) {
      ByteBuffer key = read.hex("maskingKey");
      if (key.remaining() != Integer.BYTES) {
        throw read.invalid("\"maskingKey\" is not four bytes long");
      }
      Mask.apply(payload, key.getInt(), 0);
    }
    return new RecordedFrame(read.time(), read.endpoint("sender"), read.hex("header"), payload);
  }
}
