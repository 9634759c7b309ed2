package wscope.packet;

import java.nio.ByteBuffer;

/**
 * Reads one packet layer by layer, and remembers where the layers begin. Layouts are those of RFC
 * 791 (IPv4), RFC 8200 (IPv6), RFC 9293 (TCP), RFC 1661 (PPP) and RFC 2516 (PPPoE).
 */
final class PacketReader {
  private static final int IPV4 = 0x0800;
  private static final int IPV6 = 0x86dd;
  private static final int PPPOE = 0x8864;

  /** Frames of IEEE 802.3 have a length there, not an EtherType. */
  private static final int FIRST_ETHER_TYPE = 0x0600;

  private static final int TCP = 6;
  private static final int TCP_HEADER = 20;
  private static final int FRAGMENT = 44;
  private static final int AUTHENTICATION = 51;

  private static final Packet TRUNCATED = new Packet.Skipped("truncated header");
  private static final Packet INVALID_IP = new Packet.Skipped("invalid IP header");
  private static final Packet INVALID_TCP = new Packet.Skipped("invalid TCP header");
  static final Packet IP_FRAGMENT = new Packet.Skipped("IP fragment");
  private static final Packet TRUNCATED_FRAGMENT = new Packet.Skipped("truncated IP fragment");
  private static final Packet LLC = new Packet.Skipped("LLC");
  private static final Packet NOT_IP = new Packet.Skipped("not IP");

  private final ByteBuffer packet;
  private int ipAt;
  private int ipEnd;
  private int addressesAt;
  private int addressBytes;
  private int tcpAt;
  private int fragmentOffset;
  private boolean moreFragments;
  private int identification;
  private int protocol;

  PacketReader(ByteBuffer packet) {
    this.packet = packet.slice();
  }

  Packet read(LinkType link) {
    return switch (link) {
      case ETHERNET -> etherType(12, 14);
      case LINUX_SLL -> etherType(14, 16);
      case LINUX_SLL2 -> etherType(0, 20);
      case BSD_LOOPBACK -> loopback();
      case PPP -> has(0, 2) && u16(0) == 0xff03 ? ppp(2) : ppp(0);
      case RAW_IP -> rawIp();
    };
  }

  /** Where the IP header begins. Like the others, it is valid after a segment was read. */
  int ipAt() {
    return ipAt;
  }

  /** Where the IP packet ends as it says itself; the bytes may end before. */
  int ipEnd() {
    return ipEnd;
  }

  /** Where the source address begins; the destination address follows it. */
  int addressesAt() {
    return addressesAt;
  }

  /** The length of one address. */
  int addressBytes() {
    return addressBytes;
  }

  int tcpAt() {
    return tcpAt;
  }

  int length() {
    return packet.limit();
  }

  int u8(int at) {
    return packet.get(at) & 0xff;
  }

  int u16(int at) {
    return packet.getShort(at) & 0xffff;
  }

  /** The ones' complement sum of some bytes, added to another. */
  long sum(long sum, int from, int to) {
    return InternetChecksum.sum(packet, sum, from, to);
  }

  private boolean has(int at, int count) {
    return at >= 0 && count <= length() - at;
  }

  /** An EtherType, and what follows the header that it is in. */
  private Packet etherType(int typeAt, int headerEnd) {
    if (!has(0, headerEnd)) {
      return TRUNCATED;
    }
    int type = u16(typeAt);
    int at = headerEnd;
    while (type == 0x8100 || type == 0x88a8 || type == 0x9100) {
      if (!has(at, 4)) {
        return TRUNCATED;
      }
      type = u16(at + 2);
      at += 4;
    }
    return switch (type) {
      case IPV4 -> ipv4(at);
      case IPV6 -> ipv6(at);
      case PPPOE -> has(at, 6) ? ppp(at + 6) : TRUNCATED;
      case 0x0806 -> new Packet.Skipped("ARP");
      case 0x8863 -> new Packet.Skipped("PPPoE discovery");
      case 0x88cc -> new Packet.Skipped("LLDP");
      default -> type < FIRST_ETHER_TYPE ? LLC : new Packet.Skipped("EtherType", type);
    };
  }

  private Packet loopback() {
    if (!has(0, 4)) {
      return TRUNCATED;
    }
    int family = packet.getInt(0);
    return switch ((family & 0xffff) == 0 ? Integer.reverseBytes(family) : family) {
      case 2 -> ipv4(4);
      // The values of IPv6 in NetBSD, FreeBSD and macOS.
      case 24, 28, 30 -> ipv6(4);
      default -> NOT_IP;
    };
  }

  /** The protocol field of PPP, in one byte if that is odd. */
  private Packet ppp(int at) {
    if (!has(at, 2)) {
      return TRUNCATED;
    }
    boolean isShort = (u8(at) & 1) != 0;
    int protocol = isShort ? u8(at) : u16(at);
    int next = at + (isShort ? 1 : 2);
    return switch (protocol) {
      case 0x21 -> ipv4(next);
      case 0x57 -> ipv6(next);
      default -> new Packet.Skipped("PPP protocol", protocol);
    };
  }

  private Packet rawIp() {
    if (!has(0, 1)) {
      return TRUNCATED;
    }
    return switch (u8(0) >> 4) {
      case 4 -> ipv4(0);
      case 6 -> ipv6(0);
      default -> NOT_IP;
    };
  }

  private Packet ipv4(int at) {
    if (!has(at, 20)) {
      return TRUNCATED;
    }
    int header = (u8(at) & 0xf) * 4;
    int total = u16(at + 2);
    if (u8(at) >> 4 != 4 || header < 20 || (total != 0 && total < header)) {
      return INVALID_IP;
    }
    ip(at, total == 0 ? length() : at + total, at + 12, 4);
    int fragment = u16(at + 6);
    if ((fragment & 0x3fff) != 0) {
      boolean more = (fragment & 0x2000) != 0;
      return fragment(at + header, (fragment & 0x1fff) * 8, more, u16(at + 4), u8(at + 9));
    }
    return has(at, header) ? transport(u8(at + 9), at + header) : TRUNCATED;
  }

  private Packet ipv6(int at) {
    if (!has(at, 40)) {
      return TRUNCATED;
    }
    if (u8(at) >> 4 != 6) {
      return INVALID_IP;
    }
    int payload = u16(at + 4);
    ip(at, payload == 0 ? length() : at + 40 + payload, at + 8, 16);
    int next = u8(at + 6);
    int nextAt = at + 40;
    while (isExtension(next)) {
      if (ipEnd - nextAt < 8) {
        return INVALID_IP;
      }
      if (!has(nextAt, 8)) {
        return TRUNCATED;
      }
      int fragment = next == FRAGMENT ? u16(nextAt + 2) : 0;
      if ((fragment & 0xfff9) != 0) {
        boolean more = (fragment & 1) != 0;
        int identification = packet.getInt(nextAt + 4);
        return fragment(nextAt + 8, fragment & 0xfff8, more, identification, u8(nextAt));
      }
      int size = extensionBytes(next, u8(nextAt + 1));
      next = u8(nextAt);
      nextAt += size;
    }
    return transport(next, nextAt);
  }

  /** Remembers the fields of a fragment, unless a part of it is missing. */
  private Packet fragment(int dataAt, int offset, boolean more, int identification, int protocol) {
    if (dataAt > ipEnd || !has(dataAt, ipEnd - dataAt)) {
      return TRUNCATED_FRAGMENT;
    }
    tcpAt = dataAt;
    fragmentOffset = offset;
    moreFragments = more;
    this.identification = identification;
    this.protocol = protocol;
    return IP_FRAGMENT;
  }

  /** The key of the packet that the fragment belongs to. Valid after a fragment was read. */
  IpFragments.Key fragmentKey() {
    byte[] addresses = new byte[2 * addressBytes];
    packet.get(addressesAt, addresses);
    return new IpFragments.Key(ByteBuffer.wrap(addresses), protocol, identification);
  }

  int fragmentOffset() {
    return fragmentOffset;
  }

  boolean hasMoreFragments() {
    return moreFragments;
  }

  /** The bytes of the fragment. */
  ByteBuffer fragmentData() {
    return packet.slice(tcpAt, ipEnd - tcpAt);
  }

  private void ip(int at, int end, int addressesAt, int addressBytes) {
    ipAt = at;
    ipEnd = end;
    this.addressesAt = addressesAt;
    this.addressBytes = addressBytes;
  }

  /** Hop-by-hop, routing, destination options, mobility, HIP, Shim6, and the two with names. */
  private static boolean isExtension(int header) {
    return switch (header) {
      case 0, 43, FRAGMENT, AUTHENTICATION, 60, 135, 139, 140 -> true;
      default -> false;
    };
  }

  private static int extensionBytes(int header, int length) {
    return switch (header) {
      case FRAGMENT -> 8;
      case AUTHENTICATION -> (length + 2) * 4;
      default -> (length + 1) * 8;
    };
  }

  private Packet transport(int protocol, int at) {
    return switch (protocol) {
      case TCP -> tcp(at);
      case 1 -> new Packet.Skipped("ICMP");
      case 2 -> new Packet.Skipped("IGMP");
      case 4, 41 -> new Packet.Skipped("IP in IP");
      case 17 -> new Packet.Skipped("UDP");
      case 47 -> new Packet.Skipped("GRE");
      case 50 -> new Packet.Skipped("ESP");
      case 58 -> new Packet.Skipped("ICMPv6");
      case 132 -> new Packet.Skipped("SCTP");
      default -> new Packet.Skipped("IP protocol " + protocol);
    };
  }

  /** Options, and all after them, may be cut off. */
  private Packet tcp(int at) {
    if (ipEnd - at < TCP_HEADER) {
      return INVALID_TCP;
    }
    if (!has(at, TCP_HEADER)) {
      return TRUNCATED;
    }
    int header = (u8(at + 12) >> 4) * 4;
    if (header < TCP_HEADER || ipEnd - at < header) {
      return INVALID_TCP;
    }
    tcpAt = at;
    int from = at + header;
    int to = Math.min(ipEnd, length());
    return new TcpSegment(
        endpoint(addressesAt, u16(at)),
        endpoint(addressesAt + addressBytes, u16(at + 2)),
        packet.getInt(at + 4) & 0xffffffffL,
        (u8(at + 13) & TcpSegment.ACK) == 0 ? -1 : packet.getInt(at + 8) & 0xffffffffL,
        u8(at + 13),
        from < to ? packet.slice(from, to - from) : packet.slice(to, 0),
        ipEnd - Math.max(from, to));
  }

  private TcpEndpoint endpoint(int at, int port) {
    byte[] address = new byte[addressBytes];
    packet.get(at, address);
    return TcpEndpoint.of(address, port);
  }
}
