package wscope.net;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Receives the events of a {@link Link}: {@code established? received* ended? closed}, always on
 * the loop's thread.
 */
public interface LinkHandler {
  /**
   * The link can now be written to, because TCP is connected and, on a TLS link, the handshake is
   * done. {@link Link#tls} has the details of TLS.
   */
  default void established() {}

  /**
   * Bytes have arrived, between position and limit. The handler may change the buffer, but only
   * during the call. Unconsumed bytes are passed again, before later ones, as soon as the link is
   * read again: that is, not while input is paused. After {@link Link#requestTurn}, there may be no
   * bytes.
   */
  void received(ByteBuffer bytes);

  /** Some of the queued output has been written; {@link Link#waiting} says how much is left. */
  default void drained() {}

  /**
   * Whether the last turn had enough work to take long. If not, a turn that took long was
   * interrupted, and this link need not wait for that.
   */
  default boolean isTurnHeavy() {
    return true;
  }

  /**
   * The loop holds too much for its peers, and most of it for this one. The handler frees what it
   * holds and counts that with {@link Link#kept}; otherwise, the link closes.
   */
  default void giveUp() {}

  /** No memory is left: the handler frees what it holds, without allocating. The link is gone. */
  default void freeMemory() {}

  /** The peer sends nothing more (TCP FIN or TLS close_notify). Output may still reach the peer. */
  void ended();

  /**
   * The link is gone.
   *
   * @param cause the failure: an I/O error or a {@link TlsMismatch}, both of which {@link
   *     SocketFailure#of} classifies, or an exception that this handler threw; null if the link
   *     ended normally or was aborted
   */
  void closed(@Nullable Exception cause);
}
