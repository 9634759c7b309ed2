package wscope.input.dump;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Packets of TCP over IPv4 (RFC 791, RFC 9293), printed as tcpdump and tshark print them. */
final class PacketDumps {
  static final int FIN = 0x01;
  static final int SYN = 0x02;
  static final int ACK = 0x10;

  private static final int CLIENT_PORT = 50000;
  private static final int SERVER_PORT = 8080;
  private static final int PROTOCOL_TCP = 6;

  private PacketDumps() {}

  static byte[] fromClient(int sequence, int flags, String payload) {
    return tcp(CLIENT_PORT, SERVER_PORT, sequence, flags, payload);
  }

  static byte[] fromServer(int sequence, int flags, String payload) {
    return tcp(SERVER_PORT, CLIENT_PORT, sequence, flags, payload);
  }

  /** IPv4 and TCP without options, between 10.0.0.1 and 10.0.0.2. */
  private static byte[] tcp(int from, int to, int sequence, int flags, String payload) {
    byte[] data = HexFormat.of().parseHex(payload.replace(" ", ""));
    byte[] bytes = ip(from == CLIENT_PORT, PROTOCOL_TCP, 20 + data.length);
    ByteBuffer packet = ByteBuffer.wrap(bytes).position(20);
    packet.putShort((short) from).putShort((short) to).putInt(sequence).putInt(0);
    packet.put((byte) 0x50).put((byte) flags).putShort((short) 0x1000).putInt(0);
    packet.put(data);
    return bytes;
  }

  static byte[] udp() {
    return ip(true, 17, 20);
  }

  private static byte[] ip(boolean client, int protocol, int length) {
    byte[] bytes = new byte[20 + length];
    ByteBuffer packet = ByteBuffer.wrap(bytes);
    packet.putShort((short) 0x4500).putShort((short) (20 + length)).putInt(0);
    packet.put((byte) 64).put((byte) protocol).putShort((short) 0);
    packet.putInt(client ? 0x0a000001 : 0x0a000002).putInt(client ? 0x0a000002 : 0x0a000001);
    int sum = 0;
    for (int i = 0; i < 20; i += 2) {
      sum += packet.getShort(i) & 0xffff;
    }
    sum = (sum & 0xffff) + (sum >> 16);
    packet.putShort(10, (short) ~sum);
    return bytes;
  }

  static byte[] ethernet(byte[] packet) {
    byte[] frame = new byte[14 + packet.length];
    ByteBuffer.wrap(frame).position(12).putShort((short) 0x0800).put(packet);
    return frame;
  }

  /** As {@code tcpdump -X} prints a packet. */
  static String tcpdump(byte[] packet) {
    StringBuilder text = new StringBuilder("12:00:00.000000 IP 10.0.0.1 > 10.0.0.2: tcp\n");
    for (int row = 0; row < packet.length; row += 16) {
      StringBuilder hex = new StringBuilder();
      int end = Math.min(packet.length, row + 16);
      for (int i = row; i < end; i++) {
        hex.append(String.format((i & 1) == 1 ? "%02x " : "%02x", packet[i]));
      }
      text.append(String.format("\t0x%04x:  %-40s ", row, hex))
          .append(characters(packet, row, end));
    }
    return text.toString();
  }

  /** As {@code tshark -x} prints a packet. */
  static String tshark(byte[] packet) {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < packet.length; row += 16) {
      StringBuilder hex = new StringBuilder();
      int end = Math.min(packet.length, row + 16);
      for (int i = row; i < end; i++) {
        hex.append(String.format("%02x ", packet[i]));
      }
      text.append(String.format("%04x  %-48s  ", row, hex)).append(characters(packet, row, end));
    }
    return text + "\n";
  }

  private static String characters(byte[] packet, int from, int to) {
    StringBuilder shown = new StringBuilder();
    for (int i = from; i < to; i++) {
      shown.append(packet[i] >= 0x20 && packet[i] < 0x7f ? (char) packet[i] : '.');
    }
    return shown + "\n";
  }
}
