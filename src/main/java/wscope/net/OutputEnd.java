package wscope.net;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The end of a link's output: everything queued is sent, then TLS close_notify and TCP FIN. */
final class OutputEnd {
  /** The time that a mismatched client has to read the response and disconnect. */
  private static final Duration LINGER = Duration.ofSeconds(5);

  private final Wire wire;
  private final Layer layer;
  private boolean requested;
  private boolean written;
  private boolean shut;
  private @Nullable Deadline linger;

  OutputEnd(Wire wire, Layer layer) {
    this.wire = wire;
    this.layer = layer;
  }

  /** Ends the output after what is queued. Nothing more is written. */
  void request() {
    requested = true;
  }

  /** Whether nothing more is written. */
  boolean isRequested() {
    return requested;
  }

  /** Lets a mismatched client read the response that is on the wire, for a while. */
  void reject(EventLoop loop, Runnable close) {
    requested = true;
    written = true;
    linger = loop.after(LINGER, close);
  }

  /** Whether the output ends because the peer is a mismatched client. */
  boolean isRejection() {
    return linger != null;
  }

  /** Whether the end of the output has been sent. */
  boolean isShut() {
    return shut;
  }

  /** Sends the end of the output, unless earlier output is still queued. */
  void shut() throws IOException {
    if (!written) {
      written = true;
      layer.end();
    }
    if (wire.waiting() == 0 && !shut) {
      shut = true;
      wire.end();
    }
  }

  /** The link is gone. */
  void stop() {
    if (linger != null) {
      linger.cancel();
    }
  }
}
