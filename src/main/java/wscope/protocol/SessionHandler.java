package wscope.protocol;

import java.nio.ByteBuffer;
import wscope.protocol.frame.Opcode;

/** What an endpoint does on one connection; the protocol's own duties are the {@link Session}'s. */
public interface SessionHandler {
  /** The WebSocket is open: messages may go out. */
  default void opened(Session session) {}

  /**
   * The session has another state; called once for each.
   *
   * @param state never {@link Session.State#CONNECTING}, in which it begins
   */
  default void stateChanged(Session.State state) {}

  /**
   * A whole, valid message has come.
   *
   * @param type {@link Opcode#TEXT} or {@link Opcode#BINARY}
   * @param payload from position to limit, on loan for the call
   */
  void message(Session session, Opcode type, ByteBuffer payload);

  /**
   * A pong has come.
   *
   * @param payload from position to limit, on loan for the call
   */
  default void pong(ByteBuffer payload) {}

  /** Whether a ping is followed by a pong, as it must be (RFC 6455 §5.5.2). */
  default boolean repliesToPing() {
    return true;
  }

  /**
   * Whether a Close is followed by ours, as it must be (RFC 6455 §5.5.1). If not, the session goes
   * on as if none had come.
   */
  default boolean repliesToClose() {
    return true;
  }
}
