package wscope.packet;

/** A connection, and what both ends send. */
final class FollowedConnection {
  private final TcpConnection connection;
  private final TcpDirection first;
  private final TcpDirection second;
  private final TcpListener listener;
  private boolean released;

  private FollowedConnection(TcpConnection connection, TcpListener listener, HeldTotal held) {
    this.connection = connection;
    this.listener = listener;
    first = new TcpDirection(connection, connection.first(), listener, held);
    second = new TcpDirection(connection, connection.second(), listener, held);
  }

  /** The connection that a segment is the first of. */
  static FollowedConnection open(
      long number, TcpSegment segment, TcpListener listener, HeldTotal held) {
    boolean fromServer = segment.isSyn() && segment.has(TcpSegment.ACK);
    TcpConnection connection =
        new TcpConnection(
            number,
            fromServer ? segment.destination() : segment.source(),
            fromServer ? segment.source() : segment.destination(),
            segment.isSyn());
    listener.opened(connection);
    return new FollowedConnection(connection, listener, held);
  }

  long number() {
    return connection.number();
  }

  /** Whether a segment between the same ends opens another connection: a SYN not seen before. */
  boolean isEndedBy(TcpSegment segment) {
    if (!segment.isSyn()) {
      return false;
    }
    TcpDirection direction = from(segment.source());
    if (direction.isStarted()) {
      return !direction.startsAfter(segment);
    }
    // Packets may change places: a late SYN, after the SYN of the server, opens nothing.
    return !segment.has(TcpSegment.ACK) && from(segment.destination()).hasContent();
  }

  void add(TcpSegment segment) {
    if (released) {
      return;
    }
    if (segment.acknowledgment() >= 0) {
      TcpDirection other = from(segment.destination());
      // A capture may have one direction only.
      if (from(segment.source()).isStart(segment)) {
        other.startAt((int) segment.acknowledgment());
      }
      other.acknowledge((int) segment.acknowledgment());
    }
    from(segment.source()).add(segment);
    if (first.ended() != null && second.ended() != null) {
      release(TcpRelease.ENDED);
    }
  }

  /** Whether both ends have ended it, or one has reset it. */
  boolean isOver() {
    return first.ended() == TcpEnd.RST
        || second.ended() == TcpEnd.RST
        || (first.ended() != null && second.ended() != null);
  }

  /** Reports what is held and missing. */
  void release(TcpRelease why) {
    if (!released) {
      released = true;
      first.finish();
      second.finish();
      listener.released(connection, why);
    }
  }

  private TcpDirection from(TcpEndpoint sender) {
    return sender.equals(connection.first()) ? first : second;
  }
}
