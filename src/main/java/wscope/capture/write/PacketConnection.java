package wscope.capture.write;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wscope.packet.PacketWriter;
import wscope.packet.TcpEndpoint;
import wscope.packet.TcpSegment;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.event.TransportEnd;
import wscope.protocol.rule.Endpoint;

/** The packets of one connection. */
final class PacketConnection implements ExchangeListener, WireBytes.Sink {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** The number of bytes after which the receiver acknowledges, less than its window. */
  private static final int MOST_UNACKNOWLEDGED = 32 << 10;

  private static final TcpEndpoint UNKNOWN = TcpEndpoint.of(new byte[4], 0);
  private static final int SERVER_PORT = 80;
  private static final int CLIENT_PORT = 49152;
  private static final int CLIENT_PORTS = 16384;

  /** One end, and what it has sent. */
  private static final class End {
    final TcpEndpoint endpoint;
    int next;
    int acknowledged;

    End(TcpEndpoint endpoint) {
      this.endpoint = endpoint;
    }
  }

  private final PcapngWriter writer;
  private final Endpoint self;
  private final long number;
  private final WireBytes wire = new WireBytes(this);
  private End client = new End(UNKNOWN);
  private End server = new End(UNKNOWN);

  PacketConnection(PcapngWriter writer, Endpoint self, long number) {
    this.writer = writer;
    this.self = self;
    this.number = number;
  }

  @Override
  public void event(Event event) {
    if (event instanceof Event.Connected connected) {
      connect(connected);
    } else if (event instanceof Event.Disconnected disconnected) {
      disconnect(disconnected.end());
    } else {
      wire.event(event);
    }
  }

  @Override
  public @Nullable FrameListener frames(@Nullable Endpoint sender) {
    return wire.frames(sender);
  }

  @Override
  public void bytes(Endpoint sender, ByteBuffer bytes) {
    writer.add(this, sender, bytes);
  }

  int longestPayload() {
    return PacketWriter.longestPayload(client.endpoint);
  }

  /** Writes a segment with payload, and the acknowledgment of its receiver if it is due. */
  void segment(long time, Endpoint sender, ByteBuffer payload, boolean push) {
    int flags = TcpSegment.ACK | (push ? TcpSegment.PSH : 0);
    packet(time, sender, flags, payload, "");
    End from = end(sender);
    from.next += payload.remaining();
    if (from.next - from.acknowledged >= MOST_UNACKNOWLEDGED) {
      packet(time, sender.peer(), TcpSegment.ACK, NOTHING, "");
    }
  }

  private void connect(Event.Connected event) {
    Event.Address local = event.local();
    TcpEndpoint peer = endpoint(event.peer(), self.peer());
    TcpEndpoint own = local == null ? unknown(peer, self) : endpoint(local, self);
    client = new End(self == Endpoint.CLIENT ? own : peer);
    server = new End(self == Endpoint.CLIENT ? peer : own);
    writer.endSegment(true);
    long now = writer.now();
    long began = event.nanos() < 0 ? now : now - event.nanos();
    packet(began, Endpoint.CLIENT, TcpSegment.SYN, NOTHING, comment(event));
    client.next++;
    packet(now, Endpoint.SERVER, TcpSegment.SYN | TcpSegment.ACK, NOTHING, "");
    server.next++;
    packet(now, Endpoint.CLIENT, TcpSegment.ACK, NOTHING, "");
  }

  private void disconnect(TransportEnd end) {
    writer.endSegment(true);
    Endpoint by = end.by();
    switch (end.manner()) {
      case FIN -> {
        fin(by, "");
        fin(by.peer(), "");
        packet(writer.now(), by, TcpSegment.ACK, NOTHING, "");
      }
      case RESET -> reset(by, "");
      case DROP -> reset(by, "wscope reset the connection on request");
      case DEADLINE -> fin(by, "wscope closed the connection because a deadline passed");
      case ABORT -> fin(by, "wscope closed the connection at once");
    }
  }

  private void fin(Endpoint sender, String comment) {
    packet(writer.now(), sender, TcpSegment.FIN | TcpSegment.ACK, NOTHING, comment);
    end(sender).next++;
  }

  private void reset(Endpoint sender, String comment) {
    packet(writer.now(), sender, TcpSegment.RST | TcpSegment.ACK, NOTHING, comment);
  }

  private void packet(long time, Endpoint sender, int flags, ByteBuffer payload, String comment) {
    End from = end(sender);
    End to = end(sender.peer());
    boolean acknowledges = (flags & TcpSegment.ACK) != 0;
    to.acknowledged = acknowledges ? to.next : to.acknowledged;
    ByteBuffer out = writer.blocks().beginPacket(time);
    writer
        .packets()
        .write(
            out, from.endpoint, to.endpoint, from.next, acknowledges ? to.next : 0, flags, payload);
    writer
        .blocks()
        .endPacket(sender == self ? PcapngBlocks.OUTBOUND : PcapngBlocks.INBOUND, comment);
  }

  private End end(Endpoint endpoint) {
    return endpoint == Endpoint.CLIENT ? client : server;
  }

  private String comment(Event.Connected event) {
    boolean isTcp = event.peer() instanceof Event.Address.Tcp;
    return "connection #"
        + number
        + (isTcp ? "" : " of a Unix domain socket; the addresses stand for it");
  }

  /** An endpoint without an address, whose port says what it is. */
  private TcpEndpoint unknown(TcpEndpoint peer, Endpoint role) {
    int port = role == Endpoint.SERVER ? SERVER_PORT : CLIENT_PORT + (int) (number % CLIENT_PORTS);
    return TcpEndpoint.of(new byte[peer.address().getAddress().length], port);
  }

  /** Converts an address without looking anything up. */
  private TcpEndpoint endpoint(Event.Address address, Endpoint role) {
    if (!(address instanceof Event.Address.Tcp tcp)) {
      return unknown(UNKNOWN, role);
    }
    String host = tcp.host();
    int zone = host.indexOf('%');
    try {
      InetAddress literal = InetAddress.getByName(zone < 0 ? host : host.substring(0, zone));
      return new TcpEndpoint(literal, tcp.port());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
