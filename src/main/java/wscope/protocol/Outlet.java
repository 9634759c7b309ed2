package wscope.protocol;

import java.nio.ByteBuffer;

/** Where a {@link Session} puts the bytes that are to go to its peer. */
public interface Outlet {
  /** Takes everything between position and limit, now or as a copy; the position moves. */
  void write(ByteBuffer bytes);

  /**
   * Nothing more will be written: what was is to be sent, then the connection ends, this side first
   * (RFC 6455 §7.1.1).
   */
  void end();
}
