package wscope.protocol;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.handshake.Hixie76Challenge;

/**
 * Reads what follows a handshake of draft-hixie-thewebsocketprotocol-75 or -76: in version 76, the
 * 16 bytes that respond to the challenge, then frames. A frame is text between the bytes 00 and ff,
 * or has a type of 80 or above and a length, and then receivers discard its data (§4.2 of version
 * 75). In version 76, the frame ff 00 closes (§5.3).
 */
final class HixieReader {
  /** The number of bytes of a frame that are kept. */
  private static final int MOST_KEPT = 4096;

  private static final int TERMINATOR = 0xff;

  private enum Stage {
    ANSWER,
    TYPE,
    TEXT,
    LENGTH,
    DATA
  }

  private final ExchangeListener listener;
  private final @Nullable Hixie76Challenge challenge;
  private final boolean closes;
  private byte[] kept = new byte[64];
  private int size;
  private Stage stage;
  private int type;
  private long length;
  private long left;
  private long number;
  private long start;
  private long offset;

  private HixieReader(
      Stage stage,
      boolean closes,
      @Nullable Hixie76Challenge challenge,
      long offset,
      ExchangeListener listener) {
    this.stage = stage;
    this.closes = closes;
    this.challenge = challenge;
    this.listener = listener;
    start = offset;
    this.offset = offset;
  }

  /**
   * Creates a reader for version 75.
   *
   * @param offset the offset of the first byte
   */
  static HixieReader of75(long offset, ExchangeListener listener) {
    return new HixieReader(Stage.TYPE, false, null, offset, listener);
  }

  /** Creates a reader for version 76, whose first bytes are frames. */
  static HixieReader of76(long offset, ExchangeListener listener) {
    return new HixieReader(Stage.TYPE, true, null, offset, listener);
  }

  /**
   * Creates a reader for version 76, whose first bytes respond to the challenge.
   *
   * @param challenge the challenge of the request; null if it is unknown
   */
  static HixieReader withAnswer(
      @Nullable Hixie76Challenge challenge, long offset, ExchangeListener listener) {
    return new HixieReader(Stage.ANSWER, true, challenge, offset, listener);
  }

  /** Reads all bytes. */
  void feed(ByteBuffer in) {
    while (in.hasRemaining()) {
      take(in.get() & 0xff);
      offset++;
    }
  }

  /** Ends the input. */
  void end() {
    if (stage == Stage.ANSWER) {
      listener.event(new Event.ChallengeAnswer(start, challenge, bytes()));
    } else if (stage != Stage.TYPE) {
      frame(false, offset);
    }
  }

  /** Whether a frame has begun but not ended. */
  boolean isInside() {
    return stage != Stage.TYPE;
  }

  private void take(int b) {
    switch (stage) {
      case ANSWER -> {
        keep(b);
        if (size == Hixie76Challenge.ANSWER_BYTES) {
          listener.event(new Event.ChallengeAnswer(start, challenge, bytes()));
          begin();
        }
      }
      case TYPE -> {
        type = b;
        start = offset;
        length = 0;
        stage = b < 0x80 ? Stage.TEXT : Stage.LENGTH;
      }
      case TEXT -> {
        if (b == TERMINATOR) {
          frame(true, offset + 1);
        } else {
          keep(b);
          length++;
        }
      }
      case LENGTH -> takeLength(b);
      case DATA -> {
        keep(b);
        left--;
        if (left == 0) {
          frame(true, offset + 1);
        }
      }
    }
  }

  /** Takes seven bits of a length, whose most significant bits come first. */
  private void takeLength(int b) {
    length = length > Long.MAX_VALUE >> 7 ? Long.MAX_VALUE : (length << 7) | (b & 0x7f);
    if (b < 0x80) {
      left = length;
      stage = Stage.DATA;
      if (left == 0) {
        frame(true, offset + 1);
      }
    }
  }

  private void keep(int b) {
    if (size == MOST_KEPT) {
      return;
    }
    if (size == kept.length) {
      kept = Arrays.copyOf(kept, 2 * size);
    }
    kept[size++] = (byte) b;
  }

  private void frame(boolean complete, long end) {
    number++;
    listener.event(
        new Event.HixieFrame(number, start, end, kind(complete), length, bytes(), complete));
    begin();
  }

  private void begin() {
    size = 0;
    stage = Stage.TYPE;
  }

  private Event.HixieFrame.Kind kind(boolean complete) {
    if (type == 0) {
      return Event.HixieFrame.Kind.TEXT;
    }
    boolean close = closes && complete && type == TERMINATOR && length == 0;
    return close ? Event.HixieFrame.Kind.CLOSE : Event.HixieFrame.Kind.DISCARDED;
  }

  private ByteBuffer bytes() {
    return ByteBuffer.wrap(Arrays.copyOf(kept, size));
  }
}
