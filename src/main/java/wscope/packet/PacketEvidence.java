package wscope.packet;

/** Whether bytes that can be read as a packet of TCP are one. {@link LinkType#guess} lists it. */
final class PacketEvidence {
  private static final int MOST_TRAILING = 64;
  private static final int SHORTEST_ETHERNET = 60;
  private static final int TCP = 6;

  private final PacketReader reader;
  private final LinkType link;

  /** The reader has read a segment. */
  PacketEvidence(PacketReader reader, LinkType link) {
    this.reader = reader;
    this.link = link;
  }

  boolean supports(TcpSegment segment) {
    return linkFits()
        && reader.u16(reader.ipAt() + (isIpv4() ? 2 : 4)) != 0
        && reader.length() - reader.ipEnd() <= MOST_TRAILING
        && tcpFits(segment)
        && isProven();
  }

  private boolean linkFits() {
    return switch (link) {
      case ETHERNET -> (reader.u8(6) & 1) == 0;
      case LINUX_SLL -> reader.u16(0) <= 4;
      case LINUX_SLL2 -> reader.u16(2) == 0 && reader.u8(10) <= 4;
      case BSD_LOOPBACK, PPP, RAW_IP -> true;
    };
  }

  private boolean tcpFits(TcpSegment segment) {
    boolean reserved = (reader.u8(reader.tcpAt() + 12) & 0xe) != 0;
    boolean syn = segment.has(TcpSegment.SYN);
    return !reserved
        && segment.source().port() != 0
        && segment.destination().port() != 0
        && segment.has(TcpSegment.SYN | TcpSegment.ACK | TcpSegment.RST)
        && !(syn && segment.has(TcpSegment.FIN | TcpSegment.RST));
  }

  private boolean isProven() {
    if (isIpv4() && reader.u16(reader.ipAt() + 10) != 0) {
      int header = (reader.u8(reader.ipAt()) & 0xf) * 4;
      return InternetChecksum.folded(reader.sum(0, reader.ipAt(), reader.ipAt() + header))
          == InternetChecksum.ALL_ONES;
    }
    return reader.ipEnd() <= reader.length() && (tcpChecksumFits() || endsWhereTheLinkSays());
  }

  private boolean tcpChecksumFits() {
    int tcpAt = reader.tcpAt();
    int addresses = reader.addressesAt();
    int length = reader.ipEnd() - tcpAt;
    long pseudo = reader.sum(length + TCP, addresses, addresses + 2 * reader.addressBytes());
    return InternetChecksum.folded(reader.sum(pseudo, tcpAt, reader.ipEnd()))
            == InternetChecksum.ALL_ONES
        || reader.u16(tcpAt + 16) == InternetChecksum.folded(pseudo);
  }

  private boolean endsWhereTheLinkSays() {
    return switch (link) {
      case ETHERNET -> reader.ipEnd() == reader.length() || reader.length() == SHORTEST_ETHERNET;
      case LINUX_SLL, LINUX_SLL2, BSD_LOOPBACK -> reader.ipEnd() == reader.length();
      case PPP, RAW_IP -> false;
    };
  }

  private boolean isIpv4() {
    return reader.addressBytes() == 4;
  }
}
