package wscope.capture.tls;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import wscope.capture.tunnel.TunnelListener;
import wscope.packet.TcpConnection;
import wscope.packet.TcpEnd;
import wscope.packet.TcpEndpoint;
import wscope.packet.TcpRelease;

/**
 * Decrypts the connections with TLS among the streams of TCP, and passes all others on unchanged.
 * All connections together hold at most {@link #MOST_HELD} bytes, and one segment more.
 */
public final class TlsStreams implements TunnelListener {
  /** The number of bytes that all connections hold. */
  static final int MOST_HELD = 16 << 20;

  private final TlsListener next;
  private final KeyLog keyLog;
  private final Resumptions resumptions = new Resumptions();
  private final RecordDecryption decryption = new RecordDecryption();
  private final Map<Long, Stream> streams = new HashMap<>();
  private @Nullable TcpConnection last;
  private Stream lastStream = new Stream();
  private long held;

  /** What is known of a connection. */
  private static final class Stream {
    @Nullable TlsConnection tls;
    boolean isPlain;

    /** A first byte that can be one of TLS, until the second byte decides. */
    @Nullable ByteBuffer start;

    @Nullable TcpEndpoint starting;
  }

  /**
   * Creates a decrypter.
   *
   * @param next gets the streams
   */
  public TlsStreams(TlsListener next, KeyLog keyLog) {
    this.next = next;
    this.keyLog = keyLog;
  }

  @Override
  public void opened(TcpConnection connection) {
    streams.put(connection.number(), new Stream());
    next.opened(connection);
  }

  @Override
  public void tunnelled(TcpConnection connection, String target) {
    next.tunnelled(connection, target);
  }

  @Override
  public void bytes(TcpConnection connection, TcpEndpoint sender, ByteBuffer bytes) {
    Stream stream = stream(connection);
    if (!stream.isPlain && stream.tls == null) {
      decide(connection, stream, sender, bytes);
    }
    TlsConnection tls = stream.tls;
    if (tls != null) {
      int before = tls.size();
      tls.bytes(sender, bytes);
      count(tls, before);
    } else if (stream.isPlain) {
      next.bytes(connection, sender, bytes);
    }
  }

  /** The first bytes show whether a connection has TLS. */
  private void decide(
      TcpConnection connection, Stream stream, TcpEndpoint sender, ByteBuffer bytes) {
    ByteBuffer start = stream.start;
    ByteBuffer first = bytes;
    if (start != null && sender.equals(stream.starting)) {
      first = ByteBuffer.allocate(2).put(start.get(0)).put(bytes.get(bytes.position())).flip();
    } else if (TlsRecord.mayBegin(bytes) && bytes.remaining() == 1 && start == null) {
      stream.start = ByteBuffer.allocate(1).put(bytes).flip();
      stream.starting = sender;
      return;
    }
    if (first.remaining() > 1 && TlsRecord.mayBegin(first)) {
      stream.tls = new TlsConnection(connection, keyLog, resumptions, decryption, next);
    } else {
      stream.isPlain = true;
    }
    release(connection, stream);
  }

  /** Passes the byte on that has waited for its second one. */
  private void release(TcpConnection connection, Stream stream) {
    ByteBuffer start = stream.start;
    TcpEndpoint sender = stream.starting;
    stream.start = null;
    TlsConnection tls = stream.tls;
    if (start != null && sender != null && tls != null) {
      tls.bytes(sender, start);
    } else if (start != null && sender != null) {
      stream.isPlain = true;
      next.bytes(connection, sender, start);
    }
  }

  private void count(TlsConnection tls, int before) {
    held += tls.size() - before;
    if (held > MOST_HELD && tls.size() > 0) {
      held -= tls.size();
      tls.tooMuchWaits();
      held += tls.size();
    }
  }

  @Override
  public void gap(TcpConnection connection, TcpEndpoint sender, long missingBytes) {
    Stream stream = stream(connection);
    release(connection, stream);
    TlsConnection tls = stream.tls;
    if (tls != null) {
      int before = tls.size();
      tls.gap(sender, missingBytes);
      count(tls, before);
    } else {
      next.gap(connection, sender, missingBytes);
    }
  }

  @Override
  public void differs(TcpConnection connection, TcpEndpoint sender, long offset, int count) {
    next.differs(connection, sender, offset, count);
  }

  @Override
  public void ended(TcpConnection connection, TcpEndpoint sender, TcpEnd end) {
    Stream stream = stream(connection);
    if (sender.equals(stream.starting)) {
      release(connection, stream);
    }
    next.ended(connection, sender, end);
  }

  @Override
  public void released(TcpConnection connection, TcpRelease why) {
    Stream stream = stream(connection);
    release(connection, stream);
    TlsConnection tls = stream.tls;
    if (tls != null) {
      held -= tls.size();
      tls.finish();
    }
    streams.remove(connection.number());
    last = null;
    next.released(connection, why);
  }

  /** Most segments belong to the connection of the segment before. */
  @SuppressWarnings("ReferenceEquality")
  private Stream stream(TcpConnection connection) {
    if (connection != last) {
      Stream found = streams.get(connection.number());
      if (found == null) {
        throw new IllegalStateException("connection " + connection.number() + " was not opened");
      }
      last = connection;
      lastStream = found;
    }
    return lastStream;
  }
}
