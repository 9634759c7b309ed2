package wscope.capture.packets;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import wscope.packet.LinkType;

/**
 * Reads the packets of a file as they arrive: pcap or pcapng, in either byte order, perhaps
 * compressed by gzip.
 */
public final class PacketFile {
  /** The length of the longest packet and block that is read. */
  static final int LONGEST = 16 << 20;

  private static final int MAGIC_BYTES = 4;
  private static final int SECTION = 0x0a0d0d0a;
  private static final int GZIP = 0x1f8b;
  private static final int COMPRESSED_START = 512;

  /** The first bytes of all formats, and of gzip. */
  private static final int[] MAGICS = {
    SECTION, 0xa1b2c3d4, 0xd4c3b2a1, 0xa1b23c4d, 0x4d3cb2a1, 0xa1b2cd34, 0x34cdb2a1, GZIP << 16
  };

  private final PacketSource source;
  private final boolean isPcapng;

  private PacketFile(PacketSource source, boolean isPcapng) {
    this.source = source;
    this.isPcapng = isPcapng;
  }

  /** The format of a file: how its packets are stored. */
  interface PacketSource {
    /** The next packet; null at the end of the file. */
    @Nullable CapturedPacket next() throws IOException, InvalidCapture;
  }

  /**
   * Whether the input begins as a capture of packets.
   *
   * @param in the input, which keeps its position; reading stops at the first byte that differs
   */
  public static boolean begins(BufferedInputStream in) throws IOException {
    in.mark(COMPRESSED_START);
    int magic = magic(in);
    in.reset();
    if (magic >>> 16 != GZIP) {
      return magic != 0;
    }
    in.mark(COMPRESSED_START);
    byte[] start = in.readNBytes(COMPRESSED_START);
    in.reset();
    return magic(inflated(start)) != 0;
  }

  /** The first bytes if they begin a capture or gzip, otherwise 0. */
  private static int magic(InputStream in) throws IOException {
    int magic = 0;
    for (int shift = 24; shift >= 0; shift -= 8) {
      int next = in.read();
      magic |= next << shift;
      if (next < 0 || !mayBegin(magic, shift)) {
        return 0;
      }
      if (magic >>> 16 == GZIP) {
        return magic;
      }
    }
    return magic;
  }

  private static boolean mayBegin(int magic, int shift) {
    for (int known : MAGICS) {
      if (magic >>> shift == known >>> shift) {
        return true;
      }
    }
    return false;
  }

  /** The first bytes that were compressed; none if they were not. */
  private static InputStream inflated(byte[] compressed) {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
      return new ByteArrayInputStream(in.readNBytes(MAGIC_BYTES));
    } catch (IOException e) {
      return InputStream.nullInputStream();
    }
  }

  /**
   * Opens a capture.
   *
   * @param in the input, which {@link #begins} has recognised and the caller closes
   * @param keyLogs gets the key logs of TLS in it; each is valid only during the call
   */
  public static PacketFile open(InputStream in, Consumer<ByteBuffer> keyLogs)
      throws IOException, InvalidCapture {
    try {
      return opened(in, keyLogs);
    } catch (EOFException | ZipException e) {
      throw damaged();
    }
  }

  /** Opens a capture of which the key logs are not needed. */
  public static PacketFile open(InputStream in) throws IOException, InvalidCapture {
    return open(in, keyLog -> {});
  }

  private static InvalidCapture damaged() {
    return new InvalidCapture("the compressed file is cut off or damaged");
  }

  private static PacketFile opened(InputStream in, Consumer<ByteBuffer> keyLogs)
      throws IOException, InvalidCapture {
    BufferedInputStream buffered =
        in instanceof BufferedInputStream already ? already : new BufferedInputStream(in);
    buffered.mark(2);
    boolean compressed = buffered.read() == GZIP >> 8 && buffered.read() == (GZIP & 0xff);
    buffered.reset();
    CaptureInput input =
        new CaptureInput(
            compressed ? new BufferedInputStream(new GZIPInputStream(buffered)) : buffered);
    ByteBuffer magic = input.read(MAGIC_BYTES, ByteOrder.BIG_ENDIAN);
    if (magic == null) {
      throw new InvalidCapture("the file ends inside its first four bytes");
    }
    return magic.getInt(0) == SECTION
        ? new PacketFile(new PcapngPackets(input, keyLogs), true)
        : new PacketFile(new PcapPackets(input, magic.getInt(0)), false);
  }

  /** The name of the format. */
  public String format() {
    return isPcapng ? "pcapng" : "pcap";
  }

  /**
   * The next packet, valid until the one after it is read; null at the end of the file.
   *
   * @throws InvalidCapture if the file cannot be read further
   */
  public @Nullable CapturedPacket next() throws IOException, InvalidCapture {
    try {
      return source.next();
    } catch (EOFException | ZipException e) {
      throw damaged();
    }
  }

  /** What a packet with this number of a link type begins with; null if that is not known. */
  static @Nullable LinkType link(int number) {
    return switch (number) {
      case 0, 108 -> LinkType.BSD_LOOPBACK;
      case 1 -> LinkType.ETHERNET;
      case 9, 50 -> LinkType.PPP;
      case 12, 14, 101, 228, 229 -> LinkType.RAW_IP;
      case 113 -> LinkType.LINUX_SLL;
      case 276 -> LinkType.LINUX_SLL2;
      default -> null;
    };
  }
}
