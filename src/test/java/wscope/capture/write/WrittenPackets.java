package wscope.capture.write;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads a pcapng file by its specification (draft-ietf-opsawg-pcapng), and its packets by RFC 791,
 * RFC 8200 and RFC 9293, and fails at everything that is not as they say. It shares no code with
 * what it tests.
 */
final class WrittenPackets {
  private static final List<String> FLAGS = List.of("FIN", "SYN", "RST", "PSH", "ACK");

  /** The texts of the options of the first two blocks, by the number of the block and the code. */
  final Map<String, String> texts = new TreeMap<>();

  /** Each packet: its time in nanoseconds, and what it is. */
  final List<String> packets = new ArrayList<>();

  final List<Long> times = new ArrayList<>();

  /** What each end sent, by its address and port. */
  final Map<String, ByteArrayOutputStream> streams = new TreeMap<>();

  /** The next sequence number of each direction. */
  private final Map<String, Integer> next = new TreeMap<>();

  private int block;

  WrittenPackets(byte[] file) throws UnknownHostException {
    ByteBuffer in = ByteBuffer.wrap(file);
    while (in.hasRemaining()) {
      int start = in.position();
      int type = in.getInt();
      int length = in.getInt();
      assertEquals(0, length % 4);
      ByteBuffer body = in.slice(start + 8, length - 12);
      in.position(start + length - 4);
      assertEquals(length, in.getInt(), "the length at the end of a block");
      assertEquals(block == 0 ? 0x0a0d0d0a : block == 1 ? 1 : 6, type, "block " + block);
      if (block == 0) {
        assertEquals(0x1a2b3c4d, body.getInt());
        assertEquals(0x00010000, body.getInt(), "version 1.0");
        assertEquals(-1, body.getLong(), "no length of the section");
        options(body);
      } else if (block == 1) {
        assertEquals(101, body.getShort(), "LINKTYPE_RAW");
        assertEquals(0, body.getShort());
        assertEquals(0, body.getInt(), "no snapshot length");
        options(body);
      } else {
        packet(body);
      }
      block++;
    }
  }

  private void packet(ByteBuffer body) throws UnknownHostException {
    assertEquals(0, body.getInt(), "the interface");
    long time = (long) body.getInt() << 32 | (body.getInt() & 0xffffffffL);
    int length = body.getInt();
    assertEquals(length, body.getInt(), "captured whole");
    ByteBuffer packet = body.slice(body.position(), length);
    body.position(body.position() + (length + 3) / 4 * 4);
    options(body);
    times.add(time);
    packets.add(ip(packet));
  }

  private void options(ByteBuffer body) {
    while (true) {
      int code = body.getShort();
      int length = body.getShort();
      if (code == 0) {
        assertEquals(0, length);
        assertTrue(!body.hasRemaining(), "options end the block");
        return;
      }
      byte[] value = new byte[length];
      body.get(value);
      body.position(body.position() + (4 - length % 4) % 4);
      boolean isText = length != 4 && length != 1;
      texts.put(
          block + "/" + code,
          isText ? new String(value, UTF_8) : String.valueOf(value[length - 1]));
    }
  }

  private String ip(ByteBuffer packet) throws UnknownHostException {
    boolean isIpv4 = packet.get(0) == 0x45;
    int header = isIpv4 ? 20 : 40;
    int size = isIpv4 ? 4 : 16;
    if (isIpv4) {
      assertEquals(packet.limit(), packet.getShort(2));
      assertEquals(0xffff, sum(packet, 0, 20, 0), "the checksum of IPv4");
      assertEquals(6, packet.get(9));
    } else {
      assertEquals(6, packet.get(0) >> 4);
      assertEquals(packet.limit() - 40, packet.getShort(4));
      assertEquals(6, packet.get(6));
    }
    assertTrue(packet.limit() <= 1500);
    int addresses = isIpv4 ? 12 : 8;
    int tcpLength = packet.limit() - header;
    int pseudo = sum(packet, addresses, addresses + 2 * size, 6 + tcpLength);
    assertEquals(0xffff, sum(packet, header, packet.limit(), pseudo), "the checksum of TCP");
    String source = end(packet, addresses, size, packet.getShort(header));
    String destination = end(packet, addresses + size, size, packet.getShort(header + 2));
    return tcp(packet.slice(header, tcpLength), source, destination);
  }

  private static String end(ByteBuffer packet, int at, int size, int port)
      throws UnknownHostException {
    byte[] address = new byte[size];
    packet.get(at, address);
    return InetAddress.getByAddress(address).getHostAddress() + " " + (port & 0xffff);
  }

  private String tcp(ByteBuffer segment, String source, String destination) {
    int header = (segment.get(12) >> 4 & 0xf) * 4;
    int flags = segment.get(13);
    int sequence = segment.getInt(4);
    int length = segment.limit() - header;
    String direction = source + destination;
    String other = destination + source;
    assertEquals(next.getOrDefault(direction, 0), sequence, "nothing is missing or repeated");
    if ((flags & 0x10) != 0) {
      assertEquals(next.getOrDefault(other, 0), segment.getInt(8), "all is acknowledged");
    }
    next.put(direction, sequence + length + (flags & 1) + (flags >> 1 & 1));
    byte[] payload = new byte[length];
    segment.get(header, payload);
    streams.computeIfAbsent(source, end -> new ByteArrayOutputStream()).writeBytes(payload);
    StringBuilder text = new StringBuilder(source).append(" > ").append(destination);
    for (int bit = 0; bit < 5; bit++) {
      text.append((flags >> bit & 1) == 0 ? "" : " " + FLAGS.get(bit));
    }
    return text.append(length == 0 ? "" : " " + length).toString();
  }

  /** The folded sum of 16-bit words, the last one filled up with 0. */
  private static int sum(ByteBuffer bytes, int from, int to, int before) {
    int sum = before;
    for (int at = from; at < to; at++) {
      sum += (bytes.get(at) & 0xff) << ((at - from) % 2 == 0 ? 8 : 0);
      sum = (sum & 0xffff) + (sum >> 16);
    }
    return sum;
  }
}
