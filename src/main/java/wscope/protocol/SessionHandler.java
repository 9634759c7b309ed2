package wscope.protocol;

import java.nio.ByteBuffer;
import wscope.protocol.frame.Opcode;

/**
 * The behaviour of an application on one connection. The {@link Session} handles everything that
 * the protocol requires.
 */
public interface SessionHandler {
  /** The WebSocket is open: messages may be sent. */
  default void opened(Session session) {}

  /**
   * The session has entered a new state. Called once per state.
   *
   * @param state the new state, never {@link Session.State#CONNECTING}, the initial state
   */
  default void stateChanged(Session.State state) {}

  /**
   * A whole, valid message has arrived.
   *
   * @param type {@link Opcode#TEXT} or {@link Opcode#BINARY}
   * @param payload the payload, from position to limit, valid only during the call
   */
  void message(Session session, Opcode type, ByteBuffer payload);

  /**
   * A pong has arrived.
   *
   * @param payload the payload, from position to limit, valid only during the call
   */
  default void pong(ByteBuffer payload) {}

  /** Whether to reply to a ping with a pong, as RFC 6455 §5.5.2 requires. */
  default boolean repliesToPing() {
    return true;
  }

  /**
   * Whether to reply to a Close with a Close, as RFC 6455 §5.5.1 requires. If not, the session
   * ignores the Close.
   */
  default boolean repliesToClose() {
    return true;
  }
}
