package wscope.connect;

import org.jspecify.annotations.Nullable;
import wscope.connection.Disconnected;
import wscope.protocol.event.ConnectionClosure;
import wscope.protocol.event.TransportEnd;
import wscope.protocol.message.CloseBody;
import wscope.protocol.rule.Endpoint;

/** Judges the ends of connections from the side of the client. */
public final class Endings {
  private static final int NORMAL = 1000;
  private static final int GOING_AWAY = 1001;

  private Endings() {}

  /**
   * Whether the WebSocket opened and both endpoints closed it, with a code that reports no problem.
   * If we began to close, the code is the user's choice.
   */
  public static boolean isNormal(Disconnected end) {
    ConnectionClosure closure = end.closure();
    boolean byUs = closure.initiator() == Endpoint.CLIENT;
    return end.opened()
        && closure.isClean()
        && end.end().manner() != TransportEnd.Manner.RESET
        && (isNormal(closure.received()) || (byUs && isEcho(closure)));
  }

  /** Whether the server has repeated our code, as it should (RFC 6455 §5.5.1). */
  private static boolean isEcho(ConnectionClosure closure) {
    CloseBody received = closure.received();
    CloseBody sent = closure.sent();
    return received != null && sent != null && received.code() == sent.code();
  }

  private static boolean isNormal(@Nullable CloseBody body) {
    return body == null || !body.hasCode() || body.code() == NORMAL || body.code() == GOING_AWAY;
  }
}
