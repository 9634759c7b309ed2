package wscope.serve;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import wscope.connection.Connection;
import wscope.protocol.frame.Opcode;

/**
 * The connections of a server by their numbers. Not thread-safe: use it only on the event-loop
 * thread.
 */
public final class Connections {
  private final TreeMap<Long, Connection> byNumber = new TreeMap<>();

  /** The open connections; null if they must be collected again. */
  private @Nullable List<Connection> open;

  Connections() {}

  /** The number of connections, including those that are not open yet. */
  public int size() {
    return byNumber.size();
  }

  /**
   * A snapshot of all connections with an open WebSocket that are not watchers, in the order of
   * their numbers.
   */
  public List<Connection> open() {
    List<Connection> known = open;
    if (known == null) {
      known = byNumber.values().stream().filter(Connections::takesPart).toList();
      open = known;
    }
    return known;
  }

  /** The connection with this number, even if it is not open yet; null if there is none. */
  public @Nullable Connection find(long number) {
    return byNumber.get(number);
  }

  /**
   * The newest open connection that may receive what the user sends; null if none is open. A page
   * of another origin may not.
   */
  public @Nullable Connection newest() {
    List<Connection> known = open();
    for (int i = known.size() - 1; i >= 0; i--) {
      if (known.get(i).receivesOthers()) {
        return known.get(i);
      }
    }
    return null;
  }

  /** The open connections that may not receive what the user sends to all. */
  public List<Connection> excluded() {
    return open().stream().filter(connection -> !connection.receivesOthers()).toList();
  }

  /** A snapshot of all connections, open or not, in the order of their numbers. */
  public List<Connection> all() {
    return new ArrayList<>(byNumber.values());
  }

  /**
   * Sends a message to all open connections except those that read too slowly and pages of other
   * origins.
   *
   * @param payload the payload, from position to limit; neither moves
   * @param except a connection that does not get the message; null for none
   * @return the number of connections that the message was sent to
   */
  public int sendAll(Opcode type, ByteBuffer payload, @Nullable Connection except) {
    int count = 0;
    for (Connection connection : open()) {
      if (connection == except || !connection.receivesOthers()) {
        continue;
      }
      if (connection.isLagging()) {
        connection.skipped();
      } else if (connection.send(type, payload.duplicate()).isSent()) {
        count++;
      }
    }
    return count;
  }

  void add(Connection connection) {
    byNumber.put(connection.number(), connection);
  }

  void remove(Connection connection) {
    byNumber.remove(connection.number());
    open = null;
  }

  /** Notes that a connection has opened or is no longer open. */
  void changed() {
    open = null;
  }

  private static boolean takesPart(Connection connection) {
    return connection.isOpen() && !connection.watches();
  }
}
