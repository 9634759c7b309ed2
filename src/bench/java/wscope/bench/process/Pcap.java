package wscope.bench.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** One TCP connection as a capture file: IPv4 packets of the classic pcap format. */
final class Pcap {
  private static final int MAGIC = 0xa1b2c3d4;
  private static final int LINKTYPE_RAW = 101;
  private static final int HEADERS = 40;
  private static final int LONGEST_SEGMENT = 32 << 10;
  private static final int LOOPBACK = 0x7f000001;
  private static final int CLIENT_PORT = 40000;
  private static final int SERVER_PORT = 80;

  /** Data offset of 5 words, PSH and ACK. */
  private static final short TCP_FLAGS = 0x5018;

  private final OutputStream out;
  private int clientSent = 1;
  private int serverSent = 1;
  private int packets;

  /** Begins the file. */
  Pcap(OutputStream out) throws IOException {
    this.out = out;
    ByteBuffer header =
        ByteBuffer.allocate(24).putInt(MAGIC).putShort((short) 2).putShort((short) 4);
    out.write(header.putInt(0).putInt(0).putInt(1 << 18).putInt(LINKTYPE_RAW).array());
  }

  void fromClient(byte[] data) throws IOException {
    for (int at = 0; at < data.length; at += LONGEST_SEGMENT) {
      int count = Math.min(LONGEST_SEGMENT, data.length - at);
      packet(CLIENT_PORT, SERVER_PORT, clientSent, serverSent, data, at, count);
      clientSent += count;
    }
  }

  void fromServer(byte[] data) throws IOException {
    packet(SERVER_PORT, CLIENT_PORT, serverSent, clientSent, data, 0, data.length);
    serverSent += data.length;
  }

  private void packet(
      int from, int to, int sequence, int acknowledged, byte[] data, int at, int count)
      throws IOException {
    int size = HEADERS + count;
    ByteBuffer packet = ByteBuffer.allocate(16 + size);
    packet.putInt(packets / 1000).putInt(packets % 1000 * 1000).putInt(size).putInt(size);
    packets++;
    packet.putShort((short) 0x4500).putShort((short) size).putShort((short) packets);
    packet.putShort((short) 0x4000).putShort((short) 0x4006).putShort((short) 0);
    packet.putInt(LOOPBACK).putInt(LOOPBACK);
    packet.putShort((short) from).putShort((short) to).putInt(sequence).putInt(acknowledged);
    packet.putShort(TCP_FLAGS).putShort((short) 0xffff).putInt(0);
    out.write(packet.put(data, at, count).array());
  }
}
