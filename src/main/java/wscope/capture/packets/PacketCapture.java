package wscope.capture.packets;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import wscope.capture.tls.KeyLog;
import wscope.capture.tls.TlsListener;
import wscope.capture.tls.TlsStreams;
import wscope.capture.tunnel.ConnectTunnels;
import wscope.packet.IpFragments;
import wscope.packet.Packet;
import wscope.packet.TcpConnection;
import wscope.packet.TcpEnd;
import wscope.packet.TcpEndpoint;
import wscope.packet.TcpListener;
import wscope.packet.TcpRelease;
import wscope.packet.TcpSegment;
import wscope.packet.TcpStreams;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.TlsSession;

/**
 * Finds the WebSocket connections in the packets of a capture. Its bounds are those of {@link
 * TcpStreams} and {@link IpFragments}, {@link #MOST_OPEN} WebSockets at a time, and {@link
 * #MOST_HELD} bytes that wait until it is clear what they are.
 */
public final class PacketCapture implements AutoCloseable {
  /** The number of WebSocket connections that are read at a time, less with a small heap. */
  static final int MOST_OPEN = (int) Math.min(4096, Runtime.getRuntime().maxMemory() / (32 << 10));

  /** The number of bytes that all connections hold. */
  static final int MOST_HELD = 16 << 20;

  /** The time in nanoseconds after a reset in which the packets of the other end may arrive. */
  private static final long IN_FLIGHT = 1_000_000_000;

  private static final int MOST_RESETS = 1024;

  /** A connection that one end has reset. */
  private record Reset(TcpConnection connection, long at) {}

  private final CaptureListener listener;
  private final @Nullable DeflateParameters agreed;
  private final BufferPool pool = new BufferPool();
  private final IpFragments fragments = new IpFragments();
  private final Map<Long, Flow> flows = new HashMap<>();
  private final Queue<Reset> resets = new ArrayDeque<>();
  private final TcpStreams streams;
  private final CaptureFindings findings = new CaptureFindings();
  private long now;
  private boolean timed;
  private Event.Fidelity fidelity = Event.Fidelity.BYTES;
  private long accepted;
  private int open;
  private long held;
  private boolean assumesDeflate = true;

  /**
   * Creates a reader.
   *
   * @param agreed the parameters of permessage-deflate where no response was captured; null to find
   *     out
   * @param keyLog the secrets with which connections with TLS are decrypted
   */
  public PacketCapture(
      CaptureListener listener, @Nullable DeflateParameters agreed, KeyLog keyLog) {
    this.listener = listener;
    streams = new TcpStreams(new ConnectTunnels(new TlsStreams(new Streams(), keyLog)));
    this.agreed = agreed;
  }

  /** Creates a reader that does not decrypt. */
  public PacketCapture(CaptureListener listener, @Nullable DeflateParameters agreed) {
    this(listener, agreed, new KeyLog());
  }

  /** Takes no message for a compressed one, unless a handshake negotiates it. */
  public void assumeNoDeflate() {
    assumesDeflate = false;
  }

  /** Reads the next packet. */
  public void read(CapturedPacket packet) {
    releaseResets(packet.nanos());
    findings.packets++;
    findings.cut += packet.missing() > 0 ? 1 : 0;
    if (packet.nanos() >= 0) {
      now = packet.nanos();
      timed = true;
      listener.time(now);
    }
    if (packet.link() == null) {
      findings.skip("of link type " + packet.linkNumber());
      return;
    }
    Packet read = fragments.read(packet.link(), packet.bytes());
    if (read instanceof TcpSegment segment) {
      streams.add(segment);
    } else if (read instanceof Packet.Skipped skipped) {
      findings.skip(skipped.what());
    }
  }

  /** Ends the connections that were reset some time ago: nothing is in flight any longer. */
  private void releaseResets(long time) {
    while (resets.size() > MOST_RESETS
        || (!resets.isEmpty() && time - resets.element().at() > IN_FLIGHT)) {
      streams.release(resets.remove().connection());
    }
  }

  /** Ends the capture: what is open ends here. */
  public void finish() {
    streams.finish();
    fragments.finish();
  }

  /** What has been found so far. */
  public CaptureFindings findings() {
    findings.fragments = fragments.dropped();
    return findings;
  }

  @Override
  public void close() {
    pool.close();
  }

  /** The time of the current packet in nanoseconds. */
  public long now() {
    return now;
  }

  /** The time since a moment, in nanoseconds; negative if the capture has no times. */
  public long since(long moment) {
    return timed ? now - moment : -1;
  }

  Event.Fidelity fidelity() {
    return fidelity;
  }

  BufferPool pool() {
    return pool;
  }

  @Nullable DeflateParameters agreed() {
    return agreed;
  }

  /** Sets the time of what follows, in nanoseconds since 1970. */
  public void time(long nanos) {
    releaseResets(nanos);
    now = nanos;
    timed = true;
    listener.time(nanos);
  }

  /**
   * Receives TCP connections from a log of their bytes instead of packets, without TLS, which the
   * program that wrote the log has decrypted. An endpoint with a negative port is one of which the
   * address is not known.
   *
   * @param shown whether the log has all bytes
   */
  public TcpListener streams(Event.Fidelity shown) {
    fidelity = shown;
    return new ConnectTunnels(new Streams());
  }

  boolean assumesDeflate() {
    return assumesDeflate;
  }

  /** Begins a connection; null if too many are open. */
  public @Nullable ExchangeListener accept() {
    if (open >= MOST_OPEN) {
      findings.notFollowed++;
      return null;
    }
    open++;
    return listener.connection(++accepted);
  }

  /** A connection of {@link #accept} has ended. */
  public void closed() {
    open--;
  }

  /**
   * Counts bytes that are held.
   *
   * @return false if there are too many
   */
  boolean holds(long more) {
    held += more;
    return held <= MOST_HELD;
  }

  private final class Streams implements TlsListener {
    @Override
    public void opened(TcpConnection connection) {
      flows.put(connection.number(), new Flow(PacketCapture.this, connection));
    }

    @Override
    public void tunnelled(TcpConnection connection, String target) {
      flow(connection).tunnelled(target);
    }

    @Override
    public void bytes(TcpConnection connection, TcpEndpoint sender, ByteBuffer bytes) {
      flow(connection).bytes(sender, bytes);
    }

    @Override
    public void gap(TcpConnection connection, TcpEndpoint sender, long missingBytes) {
      findings.missing += missingBytes;
      flow(connection).gap(sender, missingBytes);
    }

    @Override
    public void differs(TcpConnection connection, TcpEndpoint sender, long offset, int count) {
      findings.differing += count;
      flow(connection).differs(sender, offset, count);
    }

    @Override
    public void ended(TcpConnection connection, TcpEndpoint sender, TcpEnd end) {
      flow(connection).ended(sender, end);
      if (end == TcpEnd.RST) {
        resets.add(new Reset(connection, now));
      }
    }

    @Override
    public void released(TcpConnection connection, TcpRelease why) {
      Flow flow = flow(connection);
      findings.abandoned += why == TcpRelease.CROWDED && flow.isOpenWebSocket() ? 1 : 0;
      findings.connection(flow.finish(why));
      flows.remove(connection.number());
    }

    @Override
    public void secured(TcpConnection connection, TlsSession session) {
      flow(connection).secured(session);
    }

    @Override
    public void alert(TcpConnection connection, TcpEndpoint sender, boolean fatal, String name) {
      flow(connection).alert(sender, fatal, name);
    }

    @Override
    public void missing(
        TcpConnection connection, TcpEndpoint sender, long bytes, long records, long content) {
      findings.missing += bytes;
      flow(connection).missing(sender, bytes, records, content);
    }

    @Override
    public void undecrypted(TcpConnection connection, TcpEndpoint sender, String reason) {
      flow(connection).undecrypted(sender, reason);
    }

    @Override
    public void unread(TcpConnection connection, String why, @Nullable String serverName) {
      Flow flow = flow(connection);
      findings.unreadTls(connection, flow.tunnel(), why, serverName);
      flow.unread();
    }

    private Flow flow(TcpConnection connection) {
      Flow flow = flows.get(connection.number());
      if (flow == null) {
        throw new IllegalStateException("connection " + connection.number() + " was not opened");
      }
      return flow;
    }
  }
}
