package wscope.packet;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a packet begins with. */
public enum LinkType {
  /** Ethernet II, with VLAN tags (802.1Q, QinQ) or PPPoE if there are any. */
  ETHERNET,

  /** Linux cooked capture, version 1: 16 bytes, as captures of all interfaces have them. */
  LINUX_SLL,

  /** Linux cooked capture, version 2: 20 bytes. */
  LINUX_SLL2,

  /** BSD loopback: the address family in four bytes of either order (NULL and LOOP of pcap). */
  BSD_LOOPBACK,

  /** PPP, with or without the bytes {@code ff 03}. */
  PPP,

  /** IPv4 or IPv6 and nothing before it. */
  RAW_IP;

  private static final List<LinkType> ALL = List.of(values());

  /**
   * Finds out what a packet of TCP begins with.
   *
   * <p>All of this must hold for a type to be the result:
   *
   * <ul>
   *   <li>Link layer: the type field says IPv4 or IPv6. For Ethernet, the source is not a group
   *       address. For cooked captures, the packet type is 0 to 4, and the reserved field of
   *       version 2 is 0. For BSD loopback, the family is 2, 24, 28 or 30.
   *   <li>IPv4: version, header length, a total length that covers the headers, no fragment,
   *       protocol 6, and a header checksum that is right or 0.
   *   <li>IPv6: version, a payload length that covers the headers, and a chain of extension headers
   *       that ends with TCP and has no fragment.
   *   <li>TCP: ports that are not 0, a data offset of 5 to 15 that is within the packet, reserved
   *       bits that are 0, SYN without FIN and RST, and at least one of SYN, ACK and RST.
   *   <li>At most 64 bytes follow the IP packet (padding and trailers).
   *   <li>One proof. Either the IPv4 header checksum is right and not 0; only then may the packet
   *       be cut. Or the TCP checksum is right, or is the sum of the pseudo-header alone, which a
   *       sender leaves to its network card. Or a link layer other than PPP names IP, and the
   *       packet ends where IP says or is padded to the 60 bytes of Ethernet.
   * </ul>
   *
   * @param packet from its position to its limit, which do not change
   * @return null if no type fits, as for any packet without TCP
   */
  public static @Nullable LinkType guess(ByteBuffer packet) {
    PacketReader reader = new PacketReader(packet);
    for (LinkType link : ALL) {
      if (reader.read(link) instanceof TcpSegment segment
          && new PacketEvidence(reader, link).supports(segment)) {
        return link;
      }
    }
    return null;
  }
}
