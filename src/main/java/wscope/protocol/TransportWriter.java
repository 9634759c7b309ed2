package wscope.protocol;

import java.nio.ByteBuffer;

/** Where a {@link Session} puts the bytes that are to go to its peer. */
public interface TransportWriter {
  /** Takes everything between position and limit, now or as a copy; the position moves. */
  void write(ByteBuffer bytes);

  /**
   * Nothing more will be written: after what was written, this side ends the connection (RFC 6455
   * §7.1.1).
   */
  void end();
}
