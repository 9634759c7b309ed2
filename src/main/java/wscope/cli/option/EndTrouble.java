package wscope.cli.option;

import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import wscope.connection.Behaviour;
import wscope.connection.Disconnected;
import wscope.connection.Quantities;
import wscope.connection.Timeouts;
import wscope.net.TlsMismatch;
import wscope.protocol.rule.Endpoint;

/** Describes why a connection ended, if the protocol does not show it. */
public final class EndTrouble {
  private EndTrouble() {}

  /**
   * Describes the failure below the protocol, the missed deadline, or the requested reset.
   *
   * @param self the endpoint that wscope was
   * @param timeouts the timeouts of the command
   * @param tls describes a mismatch of TLS, with advice
   * @return the description; null if there is nothing to describe
   */
  public static @Nullable String of(
      Disconnected event, Endpoint self, Timeouts timeouts, Function<TlsMismatch, String> tls) {
    if (event.dropped() != null) {
      return "dropped by us " + describe(event.dropped()) + ", as the drop parameter requested";
    }
    Exception cause = event.cause();
    if (cause instanceof TlsMismatch mismatch) {
      return tls.apply(mismatch);
    }
    if (cause instanceof IOException) {
      return String.valueOf(cause.getMessage());
    }
    if (cause != null) {
      return "a bug in wscope: " + cause;
    }
    Disconnected.Timeout timeout = event.timeout();
    return timeout == null ? null : missed(timeout, self, timeouts);
  }

  private static String missed(Disconnected.Timeout timeout, Endpoint self, Timeouts timeouts) {
    return switch (timeout) {
      case HANDSHAKE ->
          "no complete "
              + (self == Endpoint.SERVER ? "request" : "response")
              + " within "
              + Quantities.show(timeouts.handshake())
              + " (--handshake-timeout)";
      case CLOSE ->
          "the "
              + self.peer().id()
              + " did not disconnect within "
              + Quantities.show(timeouts.close())
              + " (--close-timeout)";
      case WITHHELD ->
          "on purpose, because the "
              + self.id()
              + " withheld something for "
              + Quantities.show(timeouts.withheld());
    };
  }

  private static String describe(Behaviour.Trigger trigger) {
    if (trigger instanceof Behaviour.Trigger.Messages messages) {
      long count = messages.count();
      return count == 0 ? "at once" : "after " + count + (count == 1 ? " message" : " messages");
    }
    if (trigger instanceof Behaviour.Trigger.Bytes bytes) {
      return "after " + bytes.count() + (bytes.count() == 1 ? " byte" : " bytes");
    }
    return "after " + Quantities.show(((Behaviour.Trigger.Elapsed) trigger).time());
  }
}
