package wscope.capture.logs;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import wscope.capture.packets.PacketCapture;
import wscope.packet.TcpConnection;
import wscope.packet.TcpEnd;
import wscope.packet.TcpEndpoint;
import wscope.packet.TcpListener;
import wscope.packet.TcpRelease;
import wscope.protocol.event.Event;

/** The sockets of a network log, and their bytes if the log has them. */
final class NetlogSockets {
  /** The number of open sockets; the one that is idle for the longest time is given up. */
  private static final int MOST = 1 << 14;

  private static final int CONNECTION_RESET = -101;
  private static final int TLS_HANDSHAKE = 0x16;

  private final TcpListener streams;
  private final Map<Long, Socket> sockets = new LinkedHashMap<>(16, 0.75f, true);

  /** The sockets by the job that uses them. */
  private final Map<Long, Long> jobs = new LinkedHashMap<>(16, 0.75f, true);

  private long connections;
  private boolean hasBytes;

  NetlogSockets(PacketCapture capture) {
    streams = capture.streams(Event.Fidelity.BYTES);
  }

  /** The two streams of a socket: its own bytes, and those inside of TLS. */
  private final class Socket {
    String local = "";
    String remote = "";
    boolean whole;
    boolean tls;
    @Nullable TcpConnection plain;
    @Nullable TcpConnection secure;

    void bytes(ByteBuffer bytes, boolean inside, boolean sent) {
      if (!inside && plain == null) {
        tls |= bytes.get(bytes.position()) == TLS_HANDSHAKE;
      }
      if (tls && !inside) {
        return;
      }
      TcpConnection connection = inside ? secure : plain;
      if (connection == null) {
        connection = open();
        if (inside) {
          secure = connection;
        } else {
          plain = connection;
        }
      }
      streams.bytes(connection, sent ? connection.first() : connection.second(), bytes);
    }

    /** Bytes of a known stream are not in the log, or cannot be read there. */
    void missing(long count, boolean inside, boolean sent) {
      TcpConnection connection = inside ? secure : plain;
      if (count > 0 && connection != null) {
        streams.gap(connection, sent ? connection.first() : connection.second(), count);
      }
    }

    private TcpConnection open() {
      TcpEndpoint client = endpoint(local, -1);
      TcpConnection opened = new TcpConnection(++connections, client, endpoint(remote, -2), whole);
      streams.opened(opened);
      return opened;
    }

    void ended(boolean byClient, TcpEnd how) {
      for (TcpConnection each : new TcpConnection[] {plain, secure}) {
        if (each != null) {
          streams.ended(each, byClient ? each.first() : each.second(), how);
        }
      }
    }

    void release(TcpRelease why) {
      for (TcpConnection each : new TcpConnection[] {plain, secure}) {
        if (each != null) {
          streams.released(each, why);
        }
      }
    }
  }

  void take(NetlogEvent event, String type, boolean ends) {
    switch (type) {
      case "TCP_CONNECT", "TCP_CONNECT_ATTEMPT" -> connect(event, ends);
      case "SOCKET_IN_USE" -> {
        if (event.dependency >= 0) {
          jobs.put(event.dependency, event.source);
          giveUp(jobs);
        }
      }
      case "SOCKET_BYTES_SENT" -> bytes(event, false, true);
      case "SOCKET_BYTES_RECEIVED" -> bytes(event, false, false);
      case "SSL_SOCKET_BYTES_SENT" -> bytes(event, true, true);
      case "SSL_SOCKET_BYTES_RECEIVED" -> bytes(event, true, false);
      case "SOCKET_READ_ERROR" -> {
        if (event.netError == CONNECTION_RESET) {
          socket(event.source).ended(false, TcpEnd.RST);
        }
      }
      case "SOCKET_ALIVE" -> {
        if (ends) {
          Socket socket = sockets.remove(event.source);
          if (socket != null) {
            socket.ended(true, TcpEnd.FIN);
            socket.release(TcpRelease.ENDED);
          }
        }
      }
      default -> {}
    }
  }

  private void connect(NetlogEvent event, boolean ends) {
    Socket socket = socket(event.source);
    socket.whole = true;
    socket.remote = event.remote.isEmpty() ? socket.remote : event.remote;
    if (ends && !event.local.isEmpty()) {
      socket.local = event.local;
    }
  }

  private void bytes(NetlogEvent event, boolean inside, boolean sent) {
    Socket socket = socket(event.source);
    byte[] bytes = event.decoded();
    if (bytes != null && bytes.length > 0) {
      hasBytes = true;
      socket.bytes(ByteBuffer.wrap(bytes), inside, sent);
      socket.missing(event.byteCount - bytes.length, inside, sent);
    } else if (event.byteCount > 0) {
      socket.missing(event.byteCount, inside, sent);
    } else if (event.byteCount == 0 && !sent && !inside) {
      socket.ended(false, TcpEnd.FIN);
    }
  }

  private Socket socket(long id) {
    Socket known = sockets.get(id);
    if (known == null) {
      known = new Socket();
      sockets.put(id, known);
      Socket oldest = giveUp(sockets);
      if (oldest != null) {
        oldest.release(TcpRelease.CROWDED);
      }
    }
    return known;
  }

  private static <V> @Nullable V giveUp(Map<Long, V> all) {
    if (all.size() <= MOST) {
      return null;
    }
    Long oldest = all.keySet().iterator().next();
    return all.remove(oldest);
  }

  /** Whether the log has bytes. */
  boolean hasBytes() {
    return hasBytes;
  }

  /** The socket of a job; -1 if it is not known. */
  long ofJob(long job) {
    return jobs.getOrDefault(job, -1L);
  }

  /** The addresses of a socket. */
  Event.Captured ends(long id) {
    Socket socket = sockets.get(id);
    return socket == null
        ? new Event.Captured(null, null, true)
        : new Event.Captured(address(socket.local), address(socket.remote), socket.whole);
  }

  private static Event.Address.@Nullable Tcp address(String text) {
    TcpEndpoint endpoint = endpoint(text, -1);
    return endpoint.port() < 0 ? null : new Event.Address.Tcp(endpoint.host(), endpoint.port());
  }

  /** An endpoint from its numeric address and port; with the other port if it is neither. */
  static TcpEndpoint endpoint(String text, int other) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon).replace("[", "").replace("]", "");
    boolean numeric =
        !host.isEmpty()
            && host.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == ':' || c == '.')
            && (host.indexOf(':') >= 0 || isIpv4(host));
    try {
      if (numeric) {
        int port = Integer.parseInt(text.substring(colon + 1));
        return new TcpEndpoint(InetAddress.getByName(host), Math.max(0, port) & 0xffff);
      }
    } catch (UnknownHostException | NumberFormatException e) {
      // Not an address: it is not known.
    }
    return TcpEndpoint.of(new byte[4], other);
  }

  /** Whether a text has four decimal numbers; other names would be looked up. */
  private static boolean isIpv4(String host) {
    String[] numbers = host.split("\\.", -1);
    return numbers.length == 4
        && Arrays.stream(numbers)
            .allMatch(number -> !number.isEmpty() && number.chars().allMatch(Character::isDigit));
  }

  /** The log ends: what is open ends here. */
  void finish() {
    sockets.values().forEach(socket -> socket.release(TcpRelease.CAPTURE_ENDED));
    sockets.clear();
  }
}
