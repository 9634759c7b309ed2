package wscope.net;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What happens on a {@link Link}: {@code established? received* ended? closed}, always on the
 * loop's thread.
 */
public interface LinkHandler {
  /**
   * The link can be written to: TCP is connected and, on a link through TLS, the handshake is done
   * as well, so that {@link Link#tls} has its details.
   */
  default void established() {}

  /**
   * Bytes have come, between position and limit. The buffer is on loan for the call and may be
   * changed. What is left of it comes again, in front of what follows, as soon as the link would be
   * read: not while it is held or too much output waits.
   */
  void received(ByteBuffer bytes);

  /** The peer sends no more (TCP FIN or TLS close_notify); what is written may still reach it. */
  void ended();

  /**
   * The link is gone.
   *
   * @param cause what broke it: an I/O error, which {@link SocketFailure#of} classifies, among them
   *     a {@link TlsMismatch}, or an exception that this handler threw; null if it ended in order
   *     or was aborted
   */
  void closed(@Nullable Exception cause);
}
