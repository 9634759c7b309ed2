package wscope.packet;

import java.nio.ByteBuffer;

/** Writes packets of IPv4 or IPv6 with one segment of TCP each, with valid checksums. */
public final class PacketWriter {
  /** The size of the headers of IPv6 and TCP, with the option that a SYN has. */
  public static final int LONGEST_HEADERS = 64;

  /** The number of bytes of payload that fit in a packet of 1500 bytes with IPv4. */
  public static final int LONGEST_PAYLOAD_IPV4 = 1460;

  /** The number of bytes of payload that fit in a packet of 1500 bytes with IPv6. */
  public static final int LONGEST_PAYLOAD_IPV6 = 1440;

  private static final int TCP = 6;
  private static final int TCP_HEADER = 20;
  private static final int IPV4_HEADER = 20;
  private static final int DO_NOT_FRAGMENT = 0x4000;
  private static final int HOPS = 64;
  private static final int WINDOW = 0xffff;

  private int identification;

  /** The number of bytes of payload that fit in a packet of 1500 bytes. */
  public static int longestPayload(TcpEndpoint endpoint) {
    return isIpv4(endpoint) ? LONGEST_PAYLOAD_IPV4 : LONGEST_PAYLOAD_IPV6;
  }

  /**
   * Writes a packet that begins with its IP header.
   *
   * @param out gets the packet at its position, which moves
   * @param source an endpoint with the same kind of address as the destination
   * @param flags the sum of {@link TcpSegment#SYN} and so on
   * @param payload from position to limit, which do not change
   */
  public void write(
      ByteBuffer out,
      TcpEndpoint source,
      TcpEndpoint destination,
      int sequence,
      int acknowledgment,
      int flags,
      ByteBuffer payload) {
    boolean syn = (flags & TcpSegment.SYN) != 0;
    int header = TCP_HEADER + (syn ? 4 : 0);
    int length = header + payload.remaining();
    int ipAt = out.position();
    if (isIpv4(source)) {
      ipv4(out, length);
    } else {
      ipv6(out, length);
    }
    int addressesAt = out.position();
    out.put(source.address().getAddress()).put(destination.address().getAddress());
    int tcpAt = out.position();
    if (isIpv4(source)) {
      out.putShort(ipAt + 10, checksum(out, 0, ipAt, tcpAt));
    }
    out.putShort((short) source.port()).putShort((short) destination.port());
    out.putInt(sequence).putInt(acknowledgment);
    out.put((byte) (header << 2)).put((byte) flags).putShort((short) WINDOW).putInt(0);
    if (syn) {
      out.put((byte) 2).put((byte) 4).putShort((short) longestPayload(source));
    }
    out.put(payload.duplicate());
    long pseudo = InternetChecksum.sum(out, (long) length + TCP, addressesAt, tcpAt);
    out.putShort(tcpAt + 16, checksum(out, pseudo, tcpAt, out.position()));
  }

  private void ipv4(ByteBuffer out, int length) {
    out.put((byte) 0x45).put((byte) 0).putShort((short) (IPV4_HEADER + length));
    out.putShort((short) identification++).putShort((short) DO_NOT_FRAGMENT);
    out.put((byte) HOPS).put((byte) TCP).putShort((short) 0);
  }

  private static void ipv6(ByteBuffer out, int length) {
    out.putInt(0x60000000).putShort((short) length).put((byte) TCP).put((byte) HOPS);
  }

  private static short checksum(ByteBuffer bytes, long sum, int from, int to) {
    return (short) ~InternetChecksum.folded(InternetChecksum.sum(bytes, sum, from, to));
  }

  private static boolean isIpv4(TcpEndpoint endpoint) {
    return endpoint.address().getAddress().length == 4;
  }
}
