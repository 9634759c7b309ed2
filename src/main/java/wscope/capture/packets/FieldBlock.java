package wscope.capture.packets;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Looks for the pseudo-header {@code :protocol} with the value {@code websocket} in a field block
 * (RFC 7541 §6). The static table does not have it, so the first request of a connection spells it
 * out: as it is, or in the code of Huffman.
 */
final class FieldBlock {
  private static final Spelled NAME = new Spelled(":protocol", "b95d8749c87a3f");
  private static final Spelled VALUE = new Spelled("websocket", "f058d072752a7f");

  private static final int INDEXED = 0x80;
  private static final int ADDED = 0x40;
  private static final int TABLE_SIZE = 0x20;
  private static final int HUFFMAN = 0x80;

  /** The number of bytes of the longest integer that is read. */
  private static final int LONGEST_INTEGER = 4;

  private final ByteBuffer bytes;

  /** Whether an integer or a string does not fit. */
  private boolean malformed;

  private FieldBlock(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /** A text as it is and in the code of Huffman. */
  private record Spelled(ByteBuffer plain, ByteBuffer coded) {
    Spelled(String text, String coded) {
      this(
          ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)),
          ByteBuffer.wrap(HexFormat.of().parseHex(coded)));
    }

    boolean is(boolean huffman, ByteBuffer string) {
      return string.equals(huffman ? coded : plain);
    }
  }

  static boolean hasWebSocket(ByteBuffer block) {
    return new FieldBlock(block).find();
  }

  private boolean find() {
    while (!malformed && bytes.hasRemaining()) {
      int first = bytes.get() & 0xff;
      if ((first & INDEXED) != 0) {
        integer(first, 7);
      } else if ((first & ADDED) == 0 && (first & TABLE_SIZE) != 0) {
        integer(first, 5);
      } else {
        boolean named = integer(first, (first & ADDED) != 0 ? 6 : 4) == 0 && string(NAME);
        if (string(VALUE) && named) {
          return true;
        }
      }
    }
    return false;
  }

  /** An integer that begins with the last bits of a byte (RFC 7541 §5.1). */
  private int integer(int first, int bits) {
    int most = (1 << bits) - 1;
    int value = first & most;
    if (value < most) {
      return value;
    }
    for (int i = 0; i < LONGEST_INTEGER && bytes.hasRemaining(); i++) {
      int next = bytes.get();
      value += (next & 0x7f) << (7 * i);
      if (next >= 0) {
        return value;
      }
    }
    malformed = true;
    return 0;
  }

  /** Whether the next string is this one. */
  private boolean string(Spelled wanted) {
    if (malformed || !bytes.hasRemaining()) {
      malformed = true;
      return false;
    }
    int first = bytes.get() & 0xff;
    int length = integer(first, 7);
    if (malformed || length > bytes.remaining()) {
      malformed = true;
      return false;
    }
    ByteBuffer string = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    return wanted.is((first & HUFFMAN) != 0, string);
  }
}
