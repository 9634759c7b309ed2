package wscope.capture.tls;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The master secrets of sessions of TLS 1.2 that a client may resume, by their IDs and tickets: the
 * last {@link #MOST} of them. Some clients do not log a secret again when they resume.
 */
final class Resumptions {
  static final int MOST = 1 << 12;

  /** The number of bytes of a ticket that are compared. */
  private static final int LONGEST = 256;

  private final Map<ByteBuffer, byte[]> masters = new LinkedHashMap<>();

  /** The name of a session: a copy of the beginning of its ID or ticket; empty without one. */
  static ByteBuffer name(@Nullable ByteBuffer bytes) {
    byte[] copy = new byte[bytes == null ? 0 : Math.min(bytes.remaining(), LONGEST)];
    if (bytes != null) {
      bytes.get(bytes.position(), copy);
    }
    return ByteBuffer.wrap(copy);
  }

  /** Remembers a session, unless its name is empty. */
  void put(ByteBuffer name, byte[] master) {
    if (name.hasRemaining()) {
      masters.put(name, master);
      if (masters.size() > MOST) {
        masters.remove(masters.keySet().iterator().next());
      }
    }
  }

  /** The master secret of a session; null if it is unknown. */
  byte @Nullable [] get(ByteBuffer name) {
    return name.hasRemaining() ? masters.get(name) : null;
  }
}
