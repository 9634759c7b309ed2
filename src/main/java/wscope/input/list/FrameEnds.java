package wscope.input.list;

/** Follows the lengths of frames, to know where bytes end: between frames, or within one. */
final class FrameEnds {
  private int headerBytes;
  private int headerLength = 2;
  private int lengthBytes;
  private boolean masked;
  private long rest;
  private boolean openMessage;

  void feed(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (rest > 0) {
        int skipped = (int) Math.min(rest, bytes.length - i);
        rest -= skipped;
        i += skipped - 1;
      } else {
        header(bytes[i] & 0xff);
      }
    }
  }

  private long length;

  private void header(int b) {
    if (headerBytes == 0) {
      openMessage = (b & 0x08) == 0 ? (b & 0x80) == 0 : openMessage;
    } else if (headerBytes == 1) {
      masked = (b & 0x80) != 0;
      length = b & 0x7f;
      lengthBytes = length == 126 ? 2 : length == 127 ? 8 : 0;
      length = lengthBytes > 0 ? 0 : length;
      headerLength = 2 + lengthBytes + (masked ? 4 : 0);
    } else if (headerBytes < 2 + lengthBytes) {
      length = length << 8 | b;
    }
    headerBytes++;
    if (headerBytes >= 2 && headerBytes == headerLength) {
      rest = Math.max(0, length);
      headerBytes = 0;
      headerLength = 2;
      length = 0;
      lengthBytes = 0;
    }
  }

  /** Whether the last frame, or the last message, continues. */
  boolean goesOn() {
    return rest > 0 || headerBytes > 0 || openMessage;
  }
}
