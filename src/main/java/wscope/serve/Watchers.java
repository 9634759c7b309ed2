package wscope.serve;

import java.util.HashMap;
import java.util.Map;
import wscope.connection.Connection;

/**
 * The clients that receive the events of other connections, by the tokens in the queries of both
 * (see {@link QueryParameters#WATCH}). A token has one watcher, which may watch several
 * connections.
 */
final class Watchers {
  private final Map<String, Connection> byToken = new HashMap<>();
  private final ServeListener listener;

  Watchers(ServeListener listener) {
    this.listener = listener;
  }

  /**
   * Adds a watcher, unless its token already has one.
   *
   * @return whether the watcher was added
   */
  boolean add(Connection watcher, String token) {
    boolean first = byToken.putIfAbsent(token, watcher) == null;
    if (first) {
      listener.watches(watcher);
    }
    return first;
  }

  /** Sends the events of a connection to the watcher with the same token, if there is one. */
  void watched(Connection connection, String token) {
    Connection watcher = byToken.get(token);
    if (watcher != null) {
      listener.watched(connection.number(), watcher.number());
    }
  }

  void remove(Connection watcher) {
    byToken.values().remove(watcher);
  }
}
