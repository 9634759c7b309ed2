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
   * A part of the input has been read. The handler may {@link Session#pause} the session, even
   * inside a message.
   *
   * @param bytes the number of bytes of a message, inflated; 0 for the header of a frame
   */
  default void progress(Session session, int bytes) {}

  /**
   * The session is about to hold another number of bytes for the peer: the beginning of a message,
   * or a message that it sends in steps.
   *
   * @param bytes the new number of bytes
   * @param more the number of bytes that it allocates for this; 0 if it frees some
   * @return whether it may; if not, the session closes
   */
  default boolean holds(long bytes, long more) {
    return true;
  }

  /**
   * The heap had no room for what {@link #holds} has allowed.
   *
   * @return whether others gave up memory, so that there may be room now
   */
  default boolean findsMemory() {
    return false;
  }

  /**
   * A pong has arrived.
   *
   * @param payload the payload, from position to limit, valid only during the call
   */
  default void pong(ByteBuffer payload) {}

  /**
   * Whether a server responds at once to the request that has arrived. If not, call {@link
   * Session#respond} or {@link Session#respondInPart} later, or never.
   */
  default boolean respondsAtOnce(Session session) {
    return true;
  }

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
