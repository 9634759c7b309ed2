package wscope.protocol;

import java.nio.ByteBuffer;

/** Receives the bytes that a {@link Session} sends to its peer. */
public interface TransportWriter {
  /** Sends or copies everything between position and limit. The position moves. */
  void write(ByteBuffer bytes);

  /** Ends this side of the connection after all bytes written so far (RFC 6455 §7.1.1). */
  void end();
}
