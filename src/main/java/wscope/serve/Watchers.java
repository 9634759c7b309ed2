package wscope.serve;

import java.util.HashMap;
import java.util.Map;
import wscope.connection.Connection;

/**
 * The clients that are told of others' connections, by the tokens that the queries of both bear
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
   * A client watches, if nobody does with its token.
   *
   * @return whether it does
   */
  boolean add(Connection watcher, String token) {
    boolean first = byToken.putIfAbsent(token, watcher) == null;
    if (first) {
      listener.watches(watcher);
    }
    return first;
  }

  /** A connection is watched, if anybody has its token. */
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
