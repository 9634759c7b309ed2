package wscope.packet;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads packets and puts those together that IP has cut into fragments (RFC 791, RFC 8200 §4.5).
 *
 * <p>Of bytes that come twice, those of the fragment with the lower offset count; with the same
 * offset, those that arrived first. At most {@link #PACKETS} incomplete packets and {@link #BYTES}
 * are held; beyond that, the oldest packet is dropped. {@link #dropped} counts the fragments of
 * packets that never became whole.
 */
public final class IpFragments {
  /** The number of incomplete packets that are held. */
  public static final int PACKETS = 256;

  /** The number of bytes that are held, with {@link #OVERHEAD} for each fragment. */
  public static final int BYTES = 4 << 20;

  /** The cost of a fragment apart from its bytes. */
  static final int OVERHEAD = 128;

  private static final int LONGEST = 0xffff;
  private static final int IPV4_HEADER = 20;
  private static final int IPV6_HEADER = 40;
  private static final int HOPS = 64;

  /**
   * What the fragments of a packet have in common.
   *
   * @param addresses both addresses, 8 or 32 bytes
   */
  record Key(ByteBuffer addresses, int protocol, int identification) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int first = addresses.compareTo(other.addresses);
      int second = Integer.compare(protocol, other.protocol);
      return first != 0
          ? first
          : second != 0 ? second : Integer.compare(identification, other.identification);
    }
  }

  /** The fragments of a packet so far. */
  private static final class Parts {
    final TreeMap<Integer, ByteBuffer> byOffset = new TreeMap<>();
    int cost;

    /** The length of the packet without its IP header; -1 before its last fragment. */
    int length = -1;

    /** The number of bytes from the first on that have arrived without a gap. */
    private int reached;

    /** The largest offset of a fragment of these bytes; -1 without one. */
    private int joined = -1;

    /** Joins a fragment that has arrived. Each fragment is looked at a second time at most. */
    void join(int offset, int end) {
      if (offset <= reached) {
        reached = Math.max(reached, end);
      }
      Map.Entry<Integer, ByteBuffer> next = byOffset.higherEntry(joined);
      while (next != null && next.getKey() <= reached) {
        joined = next.getKey();
        reached = Math.max(reached, joined + next.getValue().limit());
        next = byOffset.higherEntry(joined);
      }
    }

    boolean isWhole() {
      return length >= 0 && reached >= length;
    }
  }

  private final Map<Key, Parts> open = new LinkedHashMap<>();
  private int held;
  private long dropped;

  /**
   * Reads a packet.
   *
   * @param packet from its position to its limit, which do not change
   * @return the packet, which a fragment may have completed; null if a fragment is held
   */
  public @Nullable Packet read(LinkType link, ByteBuffer packet) {
    PacketReader reader = new PacketReader(packet);
    Packet read = reader.read(link);
    return read == PacketReader.IP_FRAGMENT ? add(reader) : read;
  }

  /** The number of fragments that were dropped, because the others did not come. */
  public long dropped() {
    return dropped;
  }

  /** The capture has ended: drops all fragments that are held. */
  public void finish() {
    open.values().forEach(parts -> dropped += parts.byOffset.size());
    open.clear();
    held = 0;
  }

  private @Nullable Packet add(PacketReader reader) {
    Key key = reader.fragmentKey();
    int offset = reader.fragmentOffset();
    ByteBuffer data = reader.fragmentData();
    int end = offset + data.remaining();
    if (end > LONGEST) {
      dropped++;
      return null;
    }
    Parts parts = open.computeIfAbsent(key, any -> new Parts());
    ByteBuffer known = parts.byOffset.get(offset);
    int knownBytes = known == null ? 0 : known.limit();
    if (known == null || knownBytes < data.remaining()) {
      ByteBuffer longer = ByteBuffer.allocate(data.remaining()).put(data.duplicate());
      parts.byOffset.put(
          offset, known == null ? longer.flip() : longer.put(0, known, 0, knownBytes).flip());
      int cost = data.remaining() - knownBytes + (known == null ? OVERHEAD : 0);
      parts.cost += cost;
      held += cost;
    }
    if (!reader.hasMoreFragments() && parts.length < 0) {
      parts.length = end;
    }
    parts.join(offset, end);
    if (parts.isWhole()) {
      remove(key, parts);
      return Packet.of(LinkType.RAW_IP, whole(key, parts));
    }
    dropOldest();
    return null;
  }

  private void remove(Key key, Parts parts) {
    open.remove(key);
    held -= parts.cost;
  }

  private void dropOldest() {
    while (held > BYTES || open.size() > PACKETS) {
      Iterator<Map.Entry<Key, Parts>> oldest = open.entrySet().iterator();
      Parts parts = oldest.next().getValue();
      oldest.remove();
      held -= parts.cost;
      dropped += parts.byOffset.size();
    }
  }

  /** The packet, with a new IP header. */
  private static ByteBuffer whole(Key key, Parts parts) {
    boolean isIpv4 = key.addresses().remaining() == 8;
    ByteBuffer out = ByteBuffer.allocate(IPV6_HEADER + parts.length);
    if (isIpv4) {
      // A length of 0 means all bytes, also more than the field can say.
      int length = IPV4_HEADER + parts.length;
      out.put((byte) 0x45).put((byte) 0).putShort((short) (length > LONGEST ? 0 : length));
      out.putInt(0).put((byte) HOPS).put((byte) key.protocol()).putShort((short) 0);
    } else {
      out.putInt(0x60000000).putShort((short) parts.length);
      out.put((byte) key.protocol()).put((byte) HOPS);
    }
    out.put(key.addresses().duplicate());
    int start = out.position();
    out.limit(start + parts.length);
    int next = 0;
    for (Map.Entry<Integer, ByteBuffer> part : parts.byOffset.entrySet()) {
      int from = next - part.getKey();
      int count = Math.min(part.getValue().limit(), parts.length - part.getKey()) - from;
      if (count > 0) {
        out.put(part.getValue().slice(from, count));
        next += count;
      }
    }
    return out.flip();
  }
}
