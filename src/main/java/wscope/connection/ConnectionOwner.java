package wscope.connection;

import java.util.List;

/** Who has opened or accepted a connection. */
public interface ConnectionOwner {
  /** The session of a connection has another state. */
  default void stateChanged(Connection connection) {}

  /** The open connections among which a message is passed on, this one among them. */
  default List<Connection> audience(Connection connection) {
    return List.of(connection);
  }

  /** A connection is gone. */
  void gone(Connection connection, Disconnected event);
}
