package wscope.capture.packets;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Writes captures as draft-ietf-opsawg-pcap and draft-ietf-opsawg-pcapng lay them out. */
final class CaptureBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteOrder order;

  CaptureBytes(ByteOrder order) {
    this.order = order;
  }

  /** A pcap file with a packet each millisecond from 2026-11-28T12:00:00Z on. */
  static byte[] pcap(ByteOrder order, int magic, int link, List<byte[]> packets) {
    CaptureBytes file = new CaptureBytes(order).pcapHeader(magic, link);
    for (int i = 0; i < packets.size(); i++) {
      int fraction = i * (magic == 0xa1b23c4d ? 1_000_000 : 1_000);
      file.pcapPacket(magic, 1_795_867_200, fraction, packets.get(i), packets.get(i).length);
    }
    return file.bytes();
  }

  CaptureBytes pcapHeader(int magic, int link) {
    return ints(magic).shorts(2, 4).ints(0, 0, 65_535, link);
  }

  CaptureBytes pcapPacket(int magic, int seconds, int fraction, byte[] packet, int original) {
    ints(seconds, fraction, packet.length, original);
    if (magic == 0xa1b2cd34) {
      ints(1).shorts(0).put(new byte[] {0, 0});
    }
    return put(packet);
  }

  CaptureBytes section() {
    return block(0x0a0d0d0a, new CaptureBytes(order).ints(0x1a2b3c4d).shorts(1, 0).ints(-1, -1));
  }

  /** An interface, with options that are written already. */
  CaptureBytes captureInterface(int link, int longest, CaptureBytes options) {
    return block(1, new CaptureBytes(order).shorts(link, 0).ints(longest).put(options.bytes()));
  }

  CaptureBytes option(int code, byte[] value) {
    return shorts(code, value.length).padded(value);
  }

  CaptureBytes enhanced(int from, long time, byte[] packet, int original) {
    return block(
        6,
        new CaptureBytes(order)
            .ints(from, (int) (time >>> 32), (int) time, packet.length, original)
            .padded(packet));
  }

  CaptureBytes obsolete(int from, long time, byte[] packet, int original) {
    return block(
        2,
        new CaptureBytes(order)
            .shorts(from, 0)
            .ints((int) (time >>> 32), (int) time, packet.length, original)
            .padded(packet));
  }

  CaptureBytes simple(byte[] packet, int original) {
    return block(3, new CaptureBytes(order).ints(original).padded(packet));
  }

  CaptureBytes block(int type, CaptureBytes body) {
    int length = 12 + body.bytes().length;
    return ints(type, length).put(body.bytes()).ints(length);
  }

  CaptureBytes ints(int... values) {
    for (int value : values) {
      put(ByteBuffer.allocate(4).order(order).putInt(value).array());
    }
    return this;
  }

  CaptureBytes shorts(int... values) {
    for (int value : values) {
      put(ByteBuffer.allocate(2).order(order).putShort((short) value).array());
    }
    return this;
  }

  CaptureBytes padded(byte[] bytes) {
    return put(bytes).put(new byte[(4 - bytes.length % 4) % 4]);
  }

  CaptureBytes put(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  byte[] bytes() {
    return out.toByteArray();
  }
}
