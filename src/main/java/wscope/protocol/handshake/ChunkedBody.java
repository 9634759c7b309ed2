package wscope.protocol.handshake;

import java.nio.ByteBuffer;

/** Finds the end of a body in chunks (RFC 9112 §7.1), however it is split. It keeps no bytes. */
public final class ChunkedBody {
  /** The number of hex digits in the longest size: a body with a longer one never ends. */
  private static final int MOST_DIGITS = 15;

  private enum Stage {
    SIZE,
    EXTENSION,
    DATA,
    AFTER_DATA,
    TRAILER,
    END
  }

  private Stage stage = Stage.SIZE;
  private long size;
  private int digits;
  private int lineLength;

  /**
   * Reads the next bytes of the body. The position moves.
   *
   * @return whether the body has ended
   */
  public boolean feed(ByteBuffer in) {
    while (in.hasRemaining() && stage != Stage.END) {
      if (stage == Stage.DATA) {
        int count = (int) Math.min(size, in.remaining());
        in.position(in.position() + count);
        size -= count;
        stage = size == 0 ? Stage.AFTER_DATA : Stage.DATA;
      } else {
        take(in.get());
      }
    }
    return stage == Stage.END;
  }

  private void take(byte b) {
    switch (stage) {
      case SIZE -> takeSize(b);
      case EXTENSION -> {
        if (b == '\n') {
          sizeRead();
        }
      }
      case AFTER_DATA -> {
        if (b == '\n') {
          stage = Stage.SIZE;
          digits = 0;
        }
      }
      case TRAILER -> {
        if (b == '\n') {
          stage = lineLength == 0 ? Stage.END : Stage.TRAILER;
          lineLength = 0;
        } else if (b != '\r') {
          lineLength = 1;
        }
      }
      case DATA, END -> {}
    }
  }

  private void takeSize(byte b) {
    int digit = b >= 0 ? Character.digit(b, 16) : -1;
    if (digit >= 0 && digits < MOST_DIGITS) {
      size = size * 16 + digit;
      digits++;
    } else if (b == '\n') {
      sizeRead();
    } else {
      stage = Stage.EXTENSION;
    }
  }

  private void sizeRead() {
    stage = size == 0 ? Stage.TRAILER : Stage.DATA;
  }
}
