package wscope.capture.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** Gathers the blocks of a pcapng file and writes them whole. Numbers are big-endian. */
final class PcapngBlocks {
  /** A packet comes from the peer of wscope. */
  static final int INBOUND = 1;

  /** A packet goes to the peer of wscope. */
  static final int OUTBOUND = 2;

  private static final int CAPACITY = 64 << 10;
  private static final int LONGEST_TEXT = 1024;
  private static final int SECTION_HEADER = 0x0a0d0d0a;
  private static final int BYTE_ORDER = 0x1a2b3c4d;
  private static final int INTERFACE = 1;
  private static final int PACKET = 6;
  private static final int LINK_RAW_IP = 101;
  private static final int END_OF_OPTIONS = 0;
  private static final int COMMENT = 1;
  private static final int NAME = 2;
  private static final int DESCRIPTION = 3;
  private static final int APPLICATION = 4;
  private static final int RESOLUTION = 9;
  private static final int FLAGS = 2;
  private static final byte NANOSECONDS = 9;

  private final CaptureFile file;
  private final ByteBuffer gathered = ByteBuffer.allocate(CAPACITY);
  private int start;

  PcapngBlocks(CaptureFile file) {
    this.file = file;
  }

  /** The first block: who wrote the file. */
  void section(String application, String comment) {
    begin(SECTION_HEADER).putInt(BYTE_ORDER).putShort((short) 1).putShort((short) 0).putLong(-1);
    option(COMMENT, comment);
    option(APPLICATION, application);
    end();
  }

  /** The only interface of the section. Its packets begin with an IP header. */
  void ipInterface(String name, String description) {
    begin(INTERFACE).putShort((short) LINK_RAW_IP).putShort((short) 0).putInt(0);
    option(NAME, name);
    option(DESCRIPTION, description);
    gathered.putShort((short) RESOLUTION).putShort((short) 1).put(NANOSECONDS);
    pad();
    end();
  }

  /**
   * Begins a packet.
   *
   * @param nanos the time since 1970 in nanoseconds
   * @return gets the packet at its position, at most 1500 bytes
   */
  ByteBuffer beginPacket(long nanos) {
    return begin(PACKET).putInt(0).putInt((int) (nanos >>> 32)).putInt((int) nanos).putLong(0);
  }

  /**
   * Ends a packet.
   *
   * @param comment empty for none
   */
  void endPacket(int direction, String comment) {
    int lengths = start + 20;
    int length = gathered.position() - lengths - 8;
    gathered.putInt(lengths, length).putInt(lengths + 4, length);
    pad();
    gathered.putShort((short) FLAGS).putShort((short) 4).putInt(direction);
    if (!comment.isEmpty()) {
      option(COMMENT, comment);
    }
    end();
  }

  /** Writes the gathered blocks. */
  void flush() {
    if (gathered.position() > 0) {
      file.append(gathered.array(), gathered.position(), 0);
      gathered.clear();
    }
  }

  private ByteBuffer begin(int type) {
    if (gathered.remaining() < 4 * LONGEST_TEXT) {
      flush();
    }
    start = gathered.position();
    return gathered.putInt(type).putInt(0);
  }

  private void option(int code, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    int length = Math.min(bytes.length, LONGEST_TEXT);
    gathered.putShort((short) code).putShort((short) length).put(bytes, 0, length);
    pad();
  }

  private void pad() {
    while ((gathered.position() - start) % 4 != 0) {
      gathered.put((byte) 0);
    }
  }

  private void end() {
    gathered.putShort((short) END_OF_OPTIONS).putShort((short) 0);
    int length = gathered.position() + 4 - start;
    gathered.putInt(length).putInt(start + 4, length);
  }
}
