package wscope.protocol;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * The same frames as sent by the other end: unmasks masked frames, and masks unmasked ones. Uses
 * nothing but the layout of RFC 6455 §5.2, so the frames may break any rule.
 */
final class MirroredFrames {
  private static final byte[] KEY = {0x3d, 0x54, 0x23, 0x06};

  private final byte[] in;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int at;

  private MirroredFrames(byte[] in) {
    this.in = in;
  }

  /** The frames from the other end, without an incomplete header at the end. */
  static byte[] of(byte[] frames) {
    MirroredFrames mirrored = new MirroredFrames(frames);
    boolean more;
    do {
      more = mirrored.frame();
    } while (more);
    return mirrored.out.toByteArray();
  }

  private boolean frame() {
    if (at + 2 > in.length) {
      return false;
    }
    boolean masked = in[at + 1] < 0;
    int length7 = in[at + 1] & 0x7f;
    int extra = length7 == 126 ? 2 : length7 == 127 ? 8 : 0;
    int payload = at + 2 + extra + (masked ? 4 : 0);
    if (payload > in.length) {
      return false;
    }
    int end = (int) Math.min(in.length, payload + length(length7, extra));
    out.write(in[at]);
    out.write(in[at + 1] ^ 0x80);
    out.write(in, at + 2, extra);
    if (!masked) {
      out.writeBytes(KEY);
    }
    byte[] key = masked ? Arrays.copyOfRange(in, payload - 4, payload) : KEY;
    for (int i = payload; i < end; i++) {
      out.write(in[i] ^ key[(i - payload) % 4]);
    }
    at = end;
    return true;
  }

  /** The payload length, at most the length of the input. */
  private long length(int length7, int extra) {
    if (extra == 0) {
      return length7;
    }
    long length = 0;
    for (int i = 0; i < extra; i++) {
      length = length << 8 | (in[at + 2 + i] & 0xff);
    }
    return length < 0 || length > in.length ? in.length : length;
  }
}
