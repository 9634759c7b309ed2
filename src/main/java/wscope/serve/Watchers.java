package wscope.serve;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wscope.connection.Connection;

/**
 * The clients that receive the events of other connections, by the tokens in the queries of both
 * (see {@link QueryParameters#WATCH}). A token has one watcher, which may watch several
 * connections. Those with the token of the test page watch all connections.
 */
final class Watchers {
  /** The maximum number of watchers of all connections, each of which keeps events of them all. */
  private static final int MOST_OF_ALL = 8;

  private final Map<String, Connection> byToken = new HashMap<>();
  private final Set<Connection> ofAll = new HashSet<>();
  private final ServeListener listener;
  private final PageToken pageToken;

  Watchers(ServeListener listener, PageToken pageToken) {
    this.listener = listener;
    this.pageToken = pageToken;
  }

  /**
   * Adds a watcher, unless its token already has one. The test page may be open several times.
   *
   * @return the reason why the watcher was not added; null if it was
   */
  @Nullable String add(Connection watcher, String token) {
    if (pageToken.is(token)) {
      return addOfAll(watcher);
    }
    boolean first = byToken.putIfAbsent(token, watcher) == null;
    if (first) {
      listener.watches(watcher, false);
    }
    return first ? null : "another client already watches with this token; use a new token";
  }

  private @Nullable String addOfAll(Connection watcher) {
    if (ofAll.size() == MOST_OF_ALL) {
      return MOST_OF_ALL + " pages already watch all connections; close one";
    }
    ofAll.add(watcher);
    listener.watches(watcher, true);
    return null;
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
    ofAll.remove(watcher);
  }
}
