package wscope.packet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Builds packets from the layouts of RFC 791, RFC 8200 and RFC 9293. */
final class PacketBytes {
  /** The Ethernet header of IPv4 and of IPv6. */
  static final String ETHERNET_4 = "020000000002 020000000001 0800";

  static final String ETHERNET_6 = "020000000002 020000000001 86dd";

  private static final int TCP = 6;

  /** Layouts in which a source and a destination stand: of a packet, and of a pseudo-header. */
  private static final String ADDRESSES_4 = "0a000001 0a000002";

  private static final String ADDRESSES_6 =
      "20010db8000000000000000000000001 20010db8000000000000000000000002";

  private PacketBytes() {}

  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuffer joined = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      joined.put(part);
    }
    return joined.array();
  }

  /** From port 51362 to port 8080, with PSH and ACK; the checksum is not filled in. */
  static byte[] tcp(long sequence, String options, String payload) {
    return tcp(sequence, 0x18, options, payload);
  }

  static byte[] tcp(long sequence, int flags, String options, String payload) {
    byte[] optionBytes = hex(options);
    ByteBuffer header = ByteBuffer.allocate(20);
    header.putShort((short) 51362).putShort((short) 8080).putInt((int) sequence).putInt(77);
    header.put((byte) (((20 + optionBytes.length) / 4) << 4)).put((byte) flags);
    header.putShort((short) 512);
    return join(header.array(), optionBytes, payload.getBytes(ISO_8859_1));
  }

  /** From 10.0.0.1 to 10.0.0.2, both checksums right. */
  static byte[] ipv4(byte[] tcp) {
    return ipv4("", tcp);
  }

  static byte[] ipv4(String options, byte[] tcp) {
    byte[] optionBytes = hex(options);
    int header = 20 + optionBytes.length;
    ByteBuffer ip = ByteBuffer.allocate(header);
    ip.put((byte) (0x40 + header / 4)).put((byte) 0).putShort((short) (header + tcp.length));
    ip.putShort((short) 0x1c46).putShort((short) 0x4000).put((byte) 64).put((byte) TCP);
    ip.putShort((short) 0).put(hex(ADDRESSES_4)).put(optionBytes);
    return join(with16Bits(ip.array(), 10, checksum(ip.array())), checked(ADDRESSES_4, tcp));
  }

  /** From 2001:db8::1 to 2001:db8::2, the checksum right. */
  static byte[] ipv6(byte[] tcp) {
    return ipv6(TCP, "", tcp);
  }

  /** The same with extension headers, and the number of the first of them. */
  static byte[] ipv6(int next, String extensions, byte[] tcp) {
    byte[] extensionBytes = hex(extensions);
    ByteBuffer ip = ByteBuffer.allocate(40);
    ip.putInt(0x6005_15a9).putShort((short) (extensionBytes.length + tcp.length));
    ip.put((byte) next).put((byte) 64).put(hex(ADDRESSES_6));
    return join(ip.array(), extensionBytes, checked(ADDRESSES_6, tcp));
  }

  /** The TCP checksum that a network card completes: the sum of the pseudo-header (RFC 9293). */
  static int pseudoHeaderSum(boolean isIpv6, int tcpLength) {
    return ~checksum(pseudoHeader(isIpv6 ? ADDRESSES_6 : ADDRESSES_4, tcpLength)) & 0xffff;
  }

  static byte[] with16Bits(byte[] bytes, int at, int checksum) {
    byte[] changed = bytes.clone();
    changed[at] = (byte) (checksum >> 8);
    changed[at + 1] = (byte) checksum;
    return changed;
  }

  private static byte[] checked(String addresses, byte[] tcp) {
    return with16Bits(tcp, 16, checksum(join(pseudoHeader(addresses, tcp.length), tcp)));
  }

  private static byte[] pseudoHeader(String addresses, int tcpLength) {
    ByteBuffer lengthAndProtocol = ByteBuffer.allocate(8).putInt(tcpLength).putInt(TCP);
    return join(hex(addresses), lengthAndProtocol.array());
  }

  /** RFC 1071, as it is written there. */
  private static int checksum(byte[] bytes) {
    int sum = 0;
    for (int i = 0; i < bytes.length; i++) {
      sum += (bytes[i] & 0xff) << (i % 2 == 0 ? 8 : 0);
      sum = (sum & 0xffff) + (sum >> 16);
    }
    return ~sum & 0xffff;
  }
}
