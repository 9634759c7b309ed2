package wscope.packet;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** What a packet holds: a segment of TCP, or the reason why it has none. */
public sealed interface Packet permits TcpSegment, Packet.Skipped {
  /**
   * Reads a packet. Whatever its bytes are, this returns normally.
   *
   * <p>No checksum is checked, because captures have packets whose checksums the network card fills
   * in later. An IP length of 0, which large segments have before the card splits them, means all
   * bytes of the packet.
   *
   * @param packet from its position to its limit, which do not change; the payload of the segment
   *     shares its bytes
   */
  static Packet of(LinkType link, ByteBuffer packet) {
    return new PacketReader(packet).read(link);
  }

  /**
   * A packet without a segment.
   *
   * @param reason the protocol, such as {@code UDP}, {@code ARP} or {@code EtherType}; {@code IP
   *     fragment}, {@code truncated header}, {@code invalid IP header}, {@code invalid TCP header}
   *     or {@code not IP}
   * @param number of a protocol without a name here, otherwise negative
   */
  record Skipped(String reason, int number) implements Packet {
    private static final int NONE = -1;

    Skipped(String reason) {
      this(reason, NONE);
    }

    /** The reason, to be counted and shown, such as {@code UDP} or {@code EtherType 0x88b5}. */
    public String what() {
      return number < 0 ? reason : reason + " 0x" + HexFormat.of().toHexDigits((short) number);
    }
  }
}
