package wscope.connection;

import java.util.List;

/** The client or server that opened or accepted a connection. */
public interface ConnectionOwner {
  /** The state of a session has changed. */
  default void stateChanged(Connection connection) {}

  /** The open connections that may receive a message, including the given one. */
  default List<Connection> audience(Connection connection) {
    return List.of(connection);
  }

  /** A connection is gone. */
  void gone(Connection connection, Disconnected event);
}
