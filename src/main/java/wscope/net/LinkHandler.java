package wscope.net;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Receives the events of a {@link Link}: {@code established? received* ended? closed}, always on
 * the loop's thread.
 */
public interface LinkHandler {
  /**
   * The link can be written to: TCP is connected and, on a TLS link, the handshake is done; {@link
   * Link#tls} has its details.
   */
  default void established() {}

  /**
   * Bytes have arrived, between position and limit. The buffer may be changed, but only during the
   * call. Unconsumed bytes are passed again, before the next ones, as soon as the link is read: not
   * while it is held or too much output is queued.
   */
  void received(ByteBuffer bytes);

  /** The peer sends no more (TCP FIN or TLS close_notify); output may still reach it. */
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
