package wscope.capture.packets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Packets in the format of libpcap (draft-ietf-opsawg-pcap). */
final class PcapPackets implements PacketFile.PacketSource {
  private static final int MICROSECONDS = 0xa1b2c3d4;
  private static final int NANOSECONDS = 0xa1b23c4d;

  /** The format of Alexey Kuznetzov's patched libpcap, with 8 more bytes before each packet. */
  private static final int PATCHED = 0xa1b2cd34;

  private static final int FILE_HEADER = 20;
  private static final int PACKET_HEADER = 16;
  private static final int PATCHED_HEADER = 24;
  private static final int LINK_TYPE = 0xffff;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long NANOS_PER_MICRO = 1_000;

  private final CaptureInput in;
  private final ByteOrder order;
  private final long nanosPerUnit;
  private final int packetHeader;
  private final int link;

  /**
   * Reads the header of the file.
   *
   * @param magic its first four bytes, in network byte order
   */
  PcapPackets(CaptureInput in, int magic) throws IOException, InvalidCapture {
    this.in = in;
    ByteOrder known = order(magic);
    order = known == null ? ByteOrder.BIG_ENDIAN : known;
    int name = order == ByteOrder.BIG_ENDIAN ? magic : Integer.reverseBytes(magic);
    nanosPerUnit = name == NANOSECONDS ? 1 : NANOS_PER_MICRO;
    packetHeader = name == PATCHED ? PATCHED_HEADER : PACKET_HEADER;
    link = in.require(FILE_HEADER, order).getInt(16) & LINK_TYPE;
  }

  /** The byte order that the first four bytes show; null if they do not begin this format. */
  static @Nullable ByteOrder order(int magic) {
    return switch (magic) {
      case MICROSECONDS, NANOSECONDS, PATCHED -> ByteOrder.BIG_ENDIAN;
      case 0xd4c3b2a1, 0x4d3cb2a1, 0x34cdb2a1 -> ByteOrder.LITTLE_ENDIAN;
      default -> null;
    };
  }

  @Override
  public @Nullable CapturedPacket next() throws IOException, InvalidCapture {
    long start = in.position();
    ByteBuffer header = in.read(packetHeader, order);
    if (header == null) {
      return null;
    }
    long seconds = header.getInt(0) & 0xffffffffL;
    long fraction = header.getInt(4) & 0xffffffffL;
    int length = header.getInt(8);
    long original = header.getInt(12) & 0xffffffffL;
    if (length < 0 || length > PacketFile.LONGEST) {
      throw new InvalidCapture("no packet begins at byte " + start + " of the file");
    }
    ByteBuffer bytes = in.require(length, ByteOrder.BIG_ENDIAN);
    return new CapturedPacket(
        seconds * NANOS_PER_SECOND + fraction * nanosPerUnit,
        PacketFile.link(link),
        link,
        bytes,
        Math.max(0, original - length));
  }
}
