package wscope.capture.packets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Packets in the blocks of pcapng (draft-ietf-opsawg-pcapng), of any number of sections. */
final class PcapngPackets implements PacketFile.PacketSource {
  private static final int SECTION = 0x0a0d0d0a;
  private static final int BYTE_ORDER = 0x1a2b3c4d;
  private static final int INTERFACE = 1;
  private static final int OBSOLETE_PACKET = 2;
  private static final int SIMPLE_PACKET = 3;
  private static final int ENHANCED_PACKET = 6;
  private static final int SECRETS = 10;
  private static final int TLS_KEY_LOG = 0x544c534b;
  private static final int RESOLUTION = 9;
  private static final int TIME_OFFSET = 14;

  /** The length of the type and of the two lengths of a block. */
  private static final int FRAME = 12;

  private static final int MOST_INTERFACES = 1 << 16;

  private final CaptureInput in;
  private final Consumer<ByteBuffer> keyLogs;
  private final List<CaptureInterface> interfaces = new ArrayList<>();
  private ByteOrder order = ByteOrder.BIG_ENDIAN;

  /** Reads the first block, of which the type has been read. */
  PcapngPackets(CaptureInput in, Consumer<ByteBuffer> keyLogs) throws IOException, InvalidCapture {
    this.in = in;
    this.keyLogs = keyLogs;
    section();
  }

  @Override
  public @Nullable CapturedPacket next() throws IOException, InvalidCapture {
    while (true) {
      long start = in.position();
      ByteBuffer type = in.read(4, order);
      if (type == null) {
        return null;
      }
      int name = type.getInt(0);
      if (name == SECTION) {
        section();
        continue;
      }
      long length = in.require(4, order).getInt(0) & 0xffffffffL;
      if (length < FRAME || length % 4 != 0) {
        throw new InvalidCapture("no block begins at byte " + start + " of the file");
      }
      if (!isRead(name) || length > PacketFile.LONGEST) {
        in.skip(length - FRAME + 4);
        continue;
      }
      // The packet is valid until the next read, so its block is read to the end at once.
      ByteBuffer block = in.require((int) length - FRAME + 4, order);
      CapturedPacket packet = block(name, block.limit(block.limit() - 4), start);
      if (packet != null) {
        return packet;
      }
    }
  }

  private static boolean isRead(int type) {
    return type == INTERFACE
        || type == OBSOLETE_PACKET
        || type == SIMPLE_PACKET
        || type == ENHANCED_PACKET
        || type == SECRETS;
  }

  private void section() throws IOException, InvalidCapture {
    long start = in.position() - 4;
    ByteBuffer header = in.require(8, ByteOrder.BIG_ENDIAN);
    int magic = header.getInt(4);
    if (magic != BYTE_ORDER && magic != Integer.reverseBytes(BYTE_ORDER)) {
      throw new InvalidCapture("no section begins at byte " + start + " of the file");
    }
    order = magic == BYTE_ORDER ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    long length = header.order(order).getInt(0) & 0xffffffffL;
    if (length < FRAME + 16 || length % 4 != 0) {
      throw new InvalidCapture("no section begins at byte " + start + " of the file");
    }
    in.skip(length - FRAME);
    interfaces.clear();
  }

  private @Nullable CapturedPacket block(int type, ByteBuffer block, long start)
      throws InvalidCapture {
    int fixed = type == SIMPLE_PACKET ? 4 : type == INTERFACE || type == SECRETS ? 8 : 20;
    if (block.limit() < fixed) {
      throw new InvalidCapture("the block at byte " + start + " of the file is too short");
    }
    if (type == INTERFACE) {
      if (interfaces.size() == MOST_INTERFACES) {
        throw new InvalidCapture("the file has more than " + MOST_INTERFACES + " interfaces");
      }
      interfaces.add(readInterface(block));
      return null;
    }
    if (type == SECRETS) {
      secrets(block);
      return null;
    }
    int number =
        switch (type) {
          case ENHANCED_PACKET -> block.getInt(0);
          case OBSOLETE_PACKET -> block.getShort(0) & 0xffff;
          default -> 0;
        };
    if (number < 0 || number >= interfaces.size()) {
      throw new InvalidCapture(
          "the packet at byte " + start + " of the file names an interface that is not there");
    }
    CaptureInterface from = interfaces.get(number);
    long original = block.getInt(type == SIMPLE_PACKET ? 0 : 16) & 0xffffffffL;
    long length =
        type == SIMPLE_PACKET
            ? Math.min(original, Math.min(from.longest(), block.limit() - fixed))
            : block.getInt(12) & 0xffffffffL;
    if (length > block.limit() - fixed) {
      throw new InvalidCapture("the packet at byte " + start + " of the file is too long");
    }
    long nanos =
        type == SIMPLE_PACKET
            ? -1
            : from.nanos((block.getInt(4) & 0xffffffffL) << 32 | (block.getInt(8) & 0xffffffffL));
    return new CapturedPacket(
        nanos,
        PacketFile.link(from.link()),
        from.link(),
        block.slice(fixed, (int) length).order(ByteOrder.BIG_ENDIAN),
        Math.max(0, original - length));
  }

  /** A Decryption Secrets Block. */
  private void secrets(ByteBuffer block) {
    long length = block.getInt(4) & 0xffffffffL;
    if (block.getInt(0) == TLS_KEY_LOG && length <= block.limit() - 8) {
      keyLogs.accept(block.slice(8, (int) length));
    }
  }

  private CaptureInterface readInterface(ByteBuffer block) {
    int resolution = 6;
    long offset = 0;
    int at = 8;
    while (block.limit() - at >= 4) {
      int code = block.getShort(at) & 0xffff;
      int length = block.getShort(at + 2) & 0xffff;
      if (code == 0 || length > block.limit() - at - 4) {
        break;
      }
      if (code == RESOLUTION && length == 1) {
        resolution = block.get(at + 4);
      } else if (code == TIME_OFFSET && length == 8) {
        offset = block.getLong(at + 4);
      }
      at += 4 + (length + 3) / 4 * 4;
    }
    long longest = block.getInt(4) & 0xffffffffL;
    return new CaptureInterface(
        block.getShort(0) & 0xffff, longest == 0 ? Long.MAX_VALUE : longest, resolution, offset);
  }
}
