package wscope.protocol;

import java.nio.ByteBuffer;

/** Receives the bytes that a {@link Session} sends to its peer. */
public interface TransportWriter {
  /** Takes everything between position and limit, now or as a copy; the position moves. */
  void write(ByteBuffer bytes);

  /** Ends this side of the connection after what was written (RFC 6455 §7.1.1). */
  void end();
}
