package wscope.capture.packets;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wscope.packet.HeldBytes;
import wscope.packet.TcpConnection;
import wscope.packet.TcpEnd;
import wscope.packet.TcpEndpoint;
import wscope.packet.TcpRelease;
import wscope.protocol.event.Event;
import wscope.protocol.event.TlsSession;
import wscope.protocol.rule.Endpoint;

/**
 * One TCP connection: finds out which end is the client and what the connection carries, and passes
 * the bytes of a WebSocket on.
 */
final class Flow {
  /** The number of bytes of a direction that are held until it is clear what they are. */
  static final int MOST_HELD = 64 << 10;

  /** The number of bytes that are held of a direction in which no frame has been found. */
  private static final int MOST_UNREADABLE = 4 << 10;

  private final PacketCapture capture;
  private final boolean whole;
  private final Side first;
  private final Side second;
  private @Nullable Side client;

  /** The time at which the connection began, or its last request. */
  private long began;

  private @Nullable WebSocketFlow webSocket;

  /** The target of the CONNECT that opened a tunnel; null without a tunnel. */
  private @Nullable String tunnel;

  /** The parameters of TLS, whose content the bytes are; null without TLS. */
  private @Nullable TlsSession tls;

  private @Nullable Http2Requests http2;

  private boolean hadWebSocket;

  /** What the connection carries; null before that is known. */
  private @Nullable StreamKind kind;

  private record Difference(long offset, long count) {}

  /** One end, and what is held of its bytes. */
  private static final class Side {
    final TcpEndpoint endpoint;
    final HeldBytes held = new HeldBytes();

    /** Whether its bytes are neither a head nor frames, or the first of them are missing. */
    boolean unreadable;

    /** How many bytes its gaps have; 0 without one. */
    long missing;

    /** How many bytes after a gap were not held. */
    long dropped;

    /** What its retransmissions differ in; null if in nothing, or if that has been passed on. */
    @Nullable Difference difference;

    /** Why it cannot be decrypted further; null if it can, or if it has no TLS. */
    @Nullable String undecrypted;

    @Nullable TcpEnd end;

    Side(TcpEndpoint endpoint) {
      this.endpoint = endpoint;
    }

    boolean isEmpty() {
      return held.size() == 0 && missing == 0;
    }
  }

  Flow(PacketCapture capture, TcpConnection connection) {
    this.capture = capture;
    first = new Side(connection.first());
    second = new Side(connection.second());
    whole = connection.clientKnown();
    client = whole ? first : null;
    began = capture.now();
  }

  void bytes(TcpEndpoint sender, ByteBuffer bytes) {
    Side side = side(sender);
    if (side == client && mayBeginAgain() && FirstBytes.of(bytes) == FirstBytes.REQUEST) {
      // A connection may carry several requests, one after the other.
      endWebSocket(Event.ReadUntil.NEXT_REQUEST);
      began = capture.now();
      start(side, false);
    }
    if (webSocket != null) {
      webSocket.bytes(role(side), bytes);
      noteRefusal();
    } else if (http2 != null && side == client) {
      http2.read(bytes);
    } else if (kind == null && side.unreadable) {
      hold(side, bytes);
    } else if (kind == null) {
      int before = side.held.size();
      side.held.add(bytes);
      if (!capture.holds(side.held.size() - before)) {
        settle(StreamKind.UNREAD);
      } else if (side.held.bytes().remaining() > MOST_HELD) {
        settle(StreamKind.OTHER);
      } else {
        decide();
      }
    }
  }

  /** Holds bytes that may be frames, if the other direction shows that this is a WebSocket. */
  private void hold(Side side, ByteBuffer bytes) {
    int before = side.held.size();
    side.held.add(bytes);
    if (!capture.holds(side.held.size() - before)
        || side.held.bytes().remaining() > MOST_UNREADABLE) {
      drop(side);
    }
  }

  private void drop(Side side) {
    capture.holds(-side.held.size());
    side.dropped += side.held.bytes().remaining();
    side.held.clear();
  }

  private boolean mayBeginAgain() {
    return webSocket == null ? kind == StreamKind.HTTP : webSocket.isRejected();
  }

  void gap(TcpEndpoint sender, long missing) {
    Side side = side(sender);
    if (webSocket != null) {
      webSocket.gap(role(side), missing, 0, null);
    } else if (kind == null) {
      side.missing += missing;
      cut(side);
    }
  }

  /** A retransmission has other bytes than the first ones. */
  void differs(TcpEndpoint sender, long offset, long count) {
    Side side = side(sender);
    if (webSocket != null) {
      webSocket.differs(role(side), offset, count);
    } else if (kind == null) {
      Difference first = side.difference;
      side.difference =
          first == null
              ? new Difference(offset, count)
              : new Difference(Math.min(first.offset, offset), first.count + count);
    }
  }

  /** What is held of a direction has no continuation. */
  private void cut(Side side) {
    side.unreadable = true;
    // A part of a head, or of what no frame was found in.
    drop(side);
    side.dropped = 0;
    decide();
  }

  /** The bytes that follow are those inside a tunnel. */
  void tunnelled(String target) {
    tunnel = target;
  }

  /** The target of the CONNECT that opened a tunnel; null without a tunnel. */
  @Nullable String tunnel() {
    return tunnel;
  }

  /** The bytes that follow are the content of TLS. */
  void secured(TlsSession session) {
    tls = session;
  }

  /** TLS is not decrypted, so that no bytes follow. */
  void unread() {
    if (kind == null) {
      settle(StreamKind.TLS);
    }
  }

  void alert(TcpEndpoint sender, boolean fatal, String name) {
    if (webSocket != null) {
      webSocket.note(new Event.TlsAlert(role(side(sender)), fatal, name));
    }
  }

  /** Records of TLS are missing. */
  void missing(TcpEndpoint sender, long bytes, long records, long content) {
    Side side = side(sender);
    if (webSocket != null) {
      webSocket.gap(role(side), content, 0, new Event.RecordsMissing(role(side), bytes, records));
    } else if (kind == null) {
      side.missing += Math.max(1, content);
      cut(side);
    }
  }

  /** What follows from a sender in TLS cannot be decrypted. */
  void undecrypted(TcpEndpoint sender, String reason) {
    Side side = side(sender);
    side.undecrypted = reason;
    if (webSocket != null) {
      webSocket.undecrypted(role(side), reason);
    } else if (kind == null) {
      side.missing = Math.max(1, side.missing);
      cut(side);
    }
  }

  void ended(TcpEndpoint sender, TcpEnd end) {
    Side side = side(sender);
    side.end = end;
    if (webSocket != null) {
      webSocket.ended(role(side), end);
    }
  }

  /** Whether it is a WebSocket that neither end has ended. */
  boolean isOpenWebSocket() {
    return webSocket != null && webSocket.isOpen();
  }

  /** Nothing follows: ends what is being read. */
  StreamKind finish(TcpRelease why) {
    if (kind == null) {
      settle(first.isEmpty() && second.isEmpty() ? StreamKind.EMPTY : StreamKind.OTHER);
    }
    endWebSocket(
        switch (why) {
          case ENDED, CAPTURE_ENDED -> null;
          case REPLACED -> Event.ReadUntil.NEXT_CONNECTION;
          case CROWDED -> Event.ReadUntil.CROWDED;
        });
    return hadWebSocket || kind == null ? StreamKind.WEBSOCKET : known(kind);
  }

  /** What the connection carries, also as TLS and HTTP/2 show it. */
  private StreamKind known(StreamKind settled) {
    if (http2 != null && http2.hasWebSocket()) {
      return StreamKind.HTTP2_WEBSOCKET;
    }
    boolean unknown = settled == StreamKind.OTHER || settled == StreamKind.EMPTY;
    if (tls == null || !unknown) {
      return settled;
    }
    return "h2".equals(tls.protocol()) ? StreamKind.HTTP2 : StreamKind.TLS;
  }

  private void endWebSocket(Event.@Nullable ReadUntil until) {
    if (webSocket != null) {
      webSocket.finish(until);
      webSocket = null;
    }
  }

  private void decide() {
    for (Side side : new Side[] {first, second}) {
      if (kind == null && !side.unreadable && (client == null || client == side)) {
        decide(side, FirstBytes.of(side.held.bytes()));
      }
    }
    if (kind == null && client != null && client.unreadable) {
      decideWithoutRequest(client);
    } else if (kind == null && first.unreadable && second.unreadable) {
      settle(StreamKind.OTHER);
    }
  }

  /** If the request is not in the capture, the response shows what it asked for. */
  private void decideWithoutRequest(Side known) {
    FirstBytes answer = FirstBytes.of(other(known).held.bytes());
    if (known.missing > 0 && answer == FirstBytes.RESPONSE) {
      start(known, false);
    } else if (known.missing == 0 || answer != FirstBytes.UNCLEAR || other(known).unreadable) {
      settle(StreamKind.OTHER);
    }
  }

  private void decide(Side side, FirstBytes bytes) {
    switch (bytes) {
      case REQUEST -> start(side, false);
      case RESPONSE -> {
        if (client == null) {
          start(other(side), false);
        }
      }
      case TLS -> settle(StreamKind.TLS);
      case HTTP2 -> {
        client = side;
        Http2Requests requests = new Http2Requests();
        http2 = requests;
        requests.read(side.held.bytes());
        settle(StreamKind.HTTP2);
      }
      case UNCLEAR -> {}
      case OTHER -> {
        if (client == null && FrameGuess.fits(side.held.bytes(), true)) {
          start(side, true);
        } else if (client == null && FrameGuess.fits(side.held.bytes(), false)) {
          start(other(side), true);
        } else {
          side.unreadable = true;
        }
      }
    }
  }

  private void settle(StreamKind settled) {
    kind = settled;
    capture.holds(-first.held.size() - second.held.size());
    first.held.clear();
    second.held.clear();
  }

  /**
   * Starts to read, and reads what is held.
   *
   * @param frames whether the bytes are frames, so that this is a WebSocket for sure
   */
  private void start(Side side, boolean frames) {
    client = side;
    ByteBuffer fromClient = side.held.bytes();
    ByteBuffer fromServer = other(side).held.bytes();
    settle(StreamKind.HTTP);
    WebSocketFlow started =
        new WebSocketFlow(
            capture,
            new Event.Captured(
                address(side.endpoint), address(other(side).endpoint), whole, tunnel, tls),
            began,
            frames);
    webSocket = started;
    noteUnreadable(started, side);
    noteUnreadable(started, other(side));
    for (Side each : new Side[] {side, other(side)}) {
      if (each.difference != null) {
        started.differs(role(each), each.difference.offset, each.difference.count);
        each.difference = null;
      }
    }
    started.bytes(Endpoint.CLIENT, fromClient);
    started.bytes(Endpoint.SERVER, fromServer);
    for (Side each : new Side[] {side, other(side)}) {
      if (each.end != null) {
        started.ended(role(each), each.end);
      }
    }
    noteRefusal();
  }

  private void noteUnreadable(WebSocketFlow started, Side side) {
    String reason = side.undecrypted;
    if (reason != null) {
      started.undecrypted(role(side), reason);
    } else if (side.unreadable) {
      started.gap(role(side), side.missing, side.dropped, null);
    }
  }

  /** Forgets a request without WebSocket. */
  private void noteRefusal() {
    if (webSocket == null) {
      return;
    }
    if (webSocket.isAccepted()) {
      kind = StreamKind.WEBSOCKET;
      hadWebSocket = true;
    } else if (webSocket.isRefused()) {
      kind = webSocket.isUnfollowed() ? StreamKind.UNFOLLOWED : kind;
      endWebSocket(null);
    }
  }

  private static Event.Address.@Nullable Tcp address(TcpEndpoint endpoint) {
    return endpoint.port() < 0 ? null : new Event.Address.Tcp(endpoint.host(), endpoint.port());
  }

  private Endpoint role(Side side) {
    return side == client ? Endpoint.CLIENT : Endpoint.SERVER;
  }

  private Side side(TcpEndpoint sender) {
    return sender.equals(first.endpoint) ? first : second;
  }

  private Side other(Side side) {
    return side == first ? second : first;
  }
}
