package wscope.packet;

import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts the streams of TCP together, from segments in the order of their capture.
 *
 * <p>Repeated bytes are dropped, also in part: the first ones count, whatever a retransmission
 * says. Early segments are held: at most {@link #HELD_PER_DIRECTION} bytes for a direction and
 * {@link #HELD_IN_TOTAL} for all, and one segment more. Beyond that, a direction reports the
 * missing bytes as a gap and continues; in total, it is the direction that has waited longest. At
 * most {@link #CONNECTIONS} are followed, and {@link #CONNECTIONS_OVER} more to which only late
 * segments belong; then the one without segments for the longest time is released.
 *
 * <p>A stream whose start was missed begins with the first payload. A SYN with another sequence
 * number begins a new connection. Segments more than 2^30 bytes away from the next byte, and all
 * after the end of a direction, are dropped. Checksums play no role.
 *
 * <p>What an end acknowledges has reached it: if the capture does not have it, it is a gap, which
 * nothing waits for any longer after some more acknowledgments, and which also the end of the
 * connection shows.
 */
public final class TcpStreams {
  /** How many bytes a direction holds, with {@link #SEGMENT_OVERHEAD}. */
  public static final int HELD_PER_DIRECTION = 4 << 20;

  /** How many bytes all directions hold, with {@link #SEGMENT_OVERHEAD}. */
  public static final int HELD_IN_TOTAL = 16 << 20;

  /** How many bytes all directions keep, to compare retransmissions with. */
  static final int KEPT_IN_TOTAL = 32 << 20;

  /** What a segment that is held costs apart from its payload. */
  public static final int SEGMENT_OVERHEAD = 160;

  /** How many connections are followed at a time. */
  public static final int CONNECTIONS = 1 << 14;

  /** How many connections are remembered that both ends have ended, or one has reset. */
  public static final int CONNECTIONS_OVER = 1 << 12;

  /**
   * Both ends, the smaller one first. Comparable, so that equal hashes cost a hash table little.
   */
  private record Ends(TcpEndpoint small, TcpEndpoint large) implements Comparable<Ends> {
    static Ends of(TcpEndpoint source, TcpEndpoint destination) {
      return source.compareTo(destination) <= 0
          ? new Ends(source, destination)
          : new Ends(destination, source);
    }

    @Override
    public int compareTo(Ends other) {
      int first = small.compareTo(other.small);
      return first != 0 ? first : large.compareTo(other.large);
    }
  }

  private final TcpListener listener;
  private final HeldTotal held = new HeldTotal();

  private final Map<Ends, FollowedConnection> open = oldestFirst();
  private final Map<Ends, FollowedConnection> over = oldestFirst();
  private long opened;

  public TcpStreams(TcpListener listener) {
    this.listener = listener;
  }

  /** Takes the next segment of the capture. Its payload is copied if it must be held. */
  public void add(TcpSegment segment) {
    Ends ends = Ends.of(segment.source(), segment.destination());
    FollowedConnection connection = find(ends);
    if (connection != null && connection.isEndedBy(segment)) {
      open.remove(ends);
      over.remove(ends);
      connection.release(TcpRelease.REPLACED);
      connection = null;
    }
    if (connection == null) {
      connection = FollowedConnection.open(++opened, segment, listener, held);
      open.put(ends, connection);
      releaseOldest(open, CONNECTIONS);
    }
    connection.add(segment);
    held.shrinkTo(HELD_IN_TOTAL);
    if (connection.isOver() && open.remove(ends) != null) {
      over.put(ends, connection);
      releaseOldest(over, CONNECTIONS_OVER);
    }
  }

  /**
   * Does not wait for more of a connection that one end has reset: reports what is held and
   * missing, and releases it.
   */
  public void release(TcpConnection connection) {
    FollowedConnection followed = find(Ends.of(connection.first(), connection.second()));
    if (followed != null && followed.number() == connection.number()) {
      followed.release(TcpRelease.ENDED);
    }
  }

  /** The capture has ended: reports what is held and missing, and releases all connections. */
  public void finish() {
    Stream.concat(open.values().stream(), over.values().stream())
        .sorted(Comparator.comparingLong(FollowedConnection::number))
        .forEach(connection -> connection.release(TcpRelease.CAPTURE_ENDED));
    open.clear();
    over.clear();
  }

  /** How many bytes are held, with {@link #SEGMENT_OVERHEAD}. */
  long held() {
    return held.bytes();
  }

  private @Nullable FollowedConnection find(Ends ends) {
    FollowedConnection found = open.get(ends);
    return found == null ? over.get(ends) : found;
  }

  /** The connection with the oldest last segment is first. */
  private static Map<Ends, FollowedConnection> oldestFirst() {
    return new LinkedHashMap<>(16, 0.75f, true);
  }

  private static void releaseOldest(Map<Ends, FollowedConnection> connections, int most) {
    if (connections.size() > most) {
      Iterator<FollowedConnection> oldest = connections.values().iterator();
      oldest.next().release(TcpRelease.CROWDED);
      oldest.remove();
    }
  }
}
