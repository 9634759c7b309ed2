package wscope.connection;

import org.jspecify.annotations.Nullable;
import wscope.net.SocketFailure;
import wscope.protocol.event.TransportEnd;
import wscope.protocol.rule.Endpoint;

/** How the TCP connection of a connection ends: by which endpoint, and why. */
final class TransportEnding {
  private final Endpoint self;
  private @Nullable TransportEnd end;
  private Behaviour.@Nullable Trigger dropped;
  private Disconnected.@Nullable Timeout timeout;

  TransportEnding(Endpoint self) {
    this.self = self;
  }

  /** We end TCP. */
  void own(TransportEnd.Manner manner) {
    end = new TransportEnd(self, manner);
  }

  /** We reset TCP because a trigger requires it. */
  void dropped(Behaviour.Trigger trigger) {
    dropped = trigger;
  }

  /** We end TCP because the peer has missed a deadline. */
  void missed(Disconnected.Timeout deadline) {
    timeout = deadline;
    own(TransportEnd.Manner.DEADLINE);
  }

  /** The peer has ended its output, unless we have ended TCP before. */
  void peerEnded() {
    if (end == null) {
      end = new TransportEnd(self.peer(), TransportEnd.Manner.FIN);
    }
  }

  /** The trigger that made us reset TCP; null if we did not. */
  Behaviour.@Nullable Trigger dropped() {
    return dropped;
  }

  /** The deadline that the peer has missed; null if there is none. */
  Disconnected.@Nullable Timeout timeout() {
    return timeout;
  }

  /**
   * The end of a link that is gone.
   *
   * @param cause the failure of the link; null for none
   */
  TransportEnd of(@Nullable Exception cause) {
    if (isReset(cause)) {
      return new TransportEnd(self.peer(), TransportEnd.Manner.RESET);
    }
    if (end != null) {
      return end;
    }
    return new TransportEnd(
        self, cause == null ? TransportEnd.Manner.FIN : TransportEnd.Manner.ABORT);
  }

  /** Whether a failure of the link only says that the peer has reset TCP. */
  static boolean isReset(@Nullable Exception cause) {
    return cause != null && SocketFailure.of(cause).isReset();
  }
}
