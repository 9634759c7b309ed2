package wscope.input.dump;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;
import wscope.input.find.Piece;
import wscope.input.find.Way;
import wscope.packet.TcpConnection;
import wscope.packet.TcpEnd;
import wscope.packet.TcpEndpoint;
import wscope.packet.TcpListener;
import wscope.packet.TcpRelease;
import wscope.packet.TcpSegment;
import wscope.packet.TcpStreams;

/**
 * Puts the packets of a text together, and makes a candidate of each connection. Bytes that follow
 * a gap are a candidate of their own.
 */
final class PacketStreams implements TcpListener {
  private static final int FIRST_EPHEMERAL_PORT = 32768;

  /** A segment in the text. */
  private record Segment(PacketText packet, int sequence, int from, int length) {
    int end() {
      return sequence + length;
    }
  }

  /** Where a direction is. */
  private static final class Direction {
    private final Map<Integer, Segment> byEnd = new HashMap<>();
    private int next;
  }

  /** Bytes of a packet that are next in their stream. */
  private record Part(PacketText packet, int from, int to, TcpEndpoint sender) {}

  /** The bytes of a connection, or of one direction after a gap. */
  private record Parts(TcpConnection connection, List<Part> parts) {}

  private final Consumer<Candidate> found;
  private final TcpStreams streams = new TcpStreams(this);
  private final Map<TcpEndpoint, Map<TcpEndpoint, Direction>> directions = new HashMap<>();
  private final IdentityHashMap<byte[], Segment> byArray = new IdentityHashMap<>();
  private final Map<TcpConnection, Parts> open = new LinkedHashMap<>();
  private final Map<TcpConnection, Map<TcpEndpoint, Parts>> afterGap = new HashMap<>();
  private @Nullable TcpSegment current;
  private int connections;
  private long missing;
  private long differing;

  PacketStreams(Consumer<Candidate> found) {
    this.found = found;
  }

  /** Takes the segment of a packet. */
  void add(PacketText packet, TcpSegment segment) {
    ByteBuffer payload = segment.payload();
    int from = payload.arrayOffset() + payload.position();
    int sequence = (int) segment.sequence() + (segment.has(TcpSegment.SYN) ? 1 : 0);
    Segment place = new Segment(packet, sequence, from, payload.remaining());
    byArray.put(packet.array(), place);
    direction(segment.source(), segment.destination()).byEnd.putIfAbsent(place.end(), place);
    current = segment;
    streams.add(segment);
  }

  /** Whether a segment between the same ends came before. */
  boolean knows(TcpSegment segment) {
    return has(segment.source(), segment.destination())
        || has(segment.destination(), segment.source());
  }

  private boolean has(TcpEndpoint sender, TcpEndpoint receiver) {
    return directions.getOrDefault(sender, Map.of()).containsKey(receiver);
  }

  /** The text ends. */
  void finish() {
    streams.finish();
  }

  int connections() {
    return connections;
  }

  long missing() {
    return missing;
  }

  long differing() {
    return differing;
  }

  private Direction direction(TcpEndpoint sender, TcpEndpoint receiver) {
    return directions
        .computeIfAbsent(sender, key -> new HashMap<>())
        .computeIfAbsent(receiver, key -> new Direction());
  }

  @Override
  public void opened(TcpConnection connection) {
    connections++;
    open.put(connection, new Parts(connection, new ArrayList<>()));
    TcpSegment first = current;
    if (first != null) {
      int syn = first.has(TcpSegment.SYN) ? 1 : 0;
      direction(first.source(), first.destination()).next = (int) first.sequence() + syn;
    }
  }

  @Override
  public void bytes(TcpConnection connection, TcpEndpoint sender, ByteBuffer bytes) {
    Direction direction = direction(sender, connection.peerOf(sender));
    int count = bytes.remaining();
    Segment segment = byArray.get(bytes.array());
    int from = bytes.arrayOffset() + bytes.position();
    if (segment == null) {
      segment = direction.byEnd.get(direction.next + count);
      from = segment == null ? 0 : segment.from() + segment.length() - count;
    }
    if (segment == null || !holds(segment, from, bytes)) {
      gap(connection, sender, count);
      return;
    }
    direction.next = segment.sequence() + from - segment.from() + count;
    Parts parts = afterGap.getOrDefault(connection, Map.of()).get(sender);
    parts = parts == null ? open.get(connection) : parts;
    if (parts != null) {
      parts.parts().add(new Part(segment.packet(), from, from + count, sender));
    }
  }

  private static boolean holds(Segment segment, int from, ByteBuffer bytes) {
    byte[] array = segment.packet().array();
    return from >= segment.from()
        && ByteBuffer.wrap(array, from, Math.min(bytes.remaining(), array.length - from))
            .equals(bytes);
  }

  @Override
  public void gap(TcpConnection connection, TcpEndpoint sender, long missingBytes) {
    missing += missingBytes;
    direction(sender, connection.peerOf(sender)).next += (int) missingBytes;
    Map<TcpEndpoint, Parts> rest = afterGap.computeIfAbsent(connection, key -> new HashMap<>());
    Parts before = rest.put(sender, new Parts(connection, new ArrayList<>()));
    if (before != null) {
      offer(before);
    }
  }

  @Override
  public void differs(TcpConnection connection, TcpEndpoint sender, long offset, int count) {
    differing += count;
  }

  @Override
  public void ended(TcpConnection connection, TcpEndpoint sender, TcpEnd end) {
    // The bytes are offered when the connection is released.
  }

  @Override
  public void released(TcpConnection connection, TcpRelease why) {
    Parts parts = open.remove(connection);
    if (parts != null) {
      offer(parts);
    }
    Map<TcpEndpoint, Parts> rest = afterGap.remove(connection);
    if (rest != null) {
      rest.values().forEach(this::offer);
    }
  }

  private void offer(Parts parts) {
    if (parts.parts().isEmpty()) {
      return;
    }
    Map<TcpEndpoint, Way> ways = ways(parts);
    List<Piece> pieces = new ArrayList<>();
    boolean characters = true;
    for (Part part : parts.parts()) {
      part.packet().addPieces(part.from(), part.to(), ways.get(part.sender()), pieces);
      characters &= part.packet().dump().evidence().contains(Evidence.CHARACTERS);
    }
    EnumSet<Evidence> evidence = EnumSet.of(Evidence.PACKETS);
    if (characters) {
      evidence.add(Evidence.CHARACTERS);
    }
    found.accept(new Candidate(Candidate.Kind.BYTES, "TCP packets", "", pieces, evidence));
  }

  /** A SYN or a handshake shows the client; otherwise an ephemeral port makes an end OUT. */
  private static Map<TcpEndpoint, Way> ways(Parts parts) {
    TcpEndpoint first = parts.connection().first();
    TcpEndpoint second = parts.connection().second();
    TcpEndpoint client = client(parts);
    if (client != null) {
      TcpEndpoint server = parts.connection().peerOf(client);
      return Map.of(client, Way.CLIENT, server, Way.SERVER);
    }
    boolean back = first.port() < FIRST_EPHEMERAL_PORT && second.port() >= FIRST_EPHEMERAL_PORT;
    return Map.of(back ? second : first, Way.OUT, back ? first : second, Way.IN);
  }

  private static @Nullable TcpEndpoint client(Parts parts) {
    TcpEndpoint known = parts.connection().client();
    if (known != null) {
      return known;
    }
    for (Part part : parts.parts()) {
      byte[] start = Arrays.copyOfRange(part.packet().array(), part.from(), part.to());
      if (begins(start, "GET /")) {
        return part.sender();
      }
      if (begins(start, "HTTP/1.")) {
        return parts.connection().peerOf(part.sender());
      }
    }
    return null;
  }

  private static boolean begins(byte[] bytes, String start) {
    for (int i = 0; i < start.length(); i++) {
      if (i >= bytes.length || bytes[i] != start.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
