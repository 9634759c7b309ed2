package wscope.connection;

import java.nio.ByteBuffer;
import java.util.List;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.OutgoingMessage;

/** The client or server that opened or accepted a connection. */
public interface ConnectionOwner {
  /** The state of a session has changed. */
  default void stateChanged(Connection connection) {}

  /** The messages that a client sends together with its request, on purpose. */
  default List<OutgoingMessage> coalesced() {
    return List.of();
  }

  /** The WebSocket is open, and messages may be sent. */
  default void opened(Connection connection) {}

  /**
   * A message has arrived, before the behaviour reacts to it.
   *
   * @param payload the payload, valid only during the call
   */
  default void message(Connection connection, Opcode type, ByteBuffer payload) {}

  /** The open connections that may receive a message, including the given one. */
  default List<Connection> audience(Connection connection) {
    return List.of(connection);
  }

  /** The number of copies of each unfinished message that the listener of a connection keeps. */
  default int copies() {
    return 0;
  }

  /** A connection is gone. */
  void gone(Connection connection, Disconnected event);
}
