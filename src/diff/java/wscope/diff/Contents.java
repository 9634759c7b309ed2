package wscope.diff;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * The contents of messages and Close frames; some are not UTF-8, and some codes must not be sent.
 */
final class Contents {
  /** The first and the last code point of each length in UTF-8, and around the surrogates. */
  private static final int[] BORDERS = {
    0, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff
  };

  /**
   * Overlong, surrogates, over U+10FFFF, continuations alone, bytes that never occur, truncated.
   */
  private static final List<byte[]> NOT_UTF8 =
      Stream.of(
              "c080",
              "c1bf",
              "e08080",
              "e09fbf",
              "f0808080",
              "f08fbfbf",
              "eda080",
              "edbfbf",
              "edafbfedbfbf",
              "f4908080",
              "f5808080",
              "80",
              "bf80",
              "fe",
              "ff",
              "f8888080",
              "c3",
              "e282",
              "f09f98",
              "e2c3a9",
              "f09fc3a9")
          .map(HexFormat.of()::parseHex)
          .toList();

  private static final int[] CLOSE_CODES = {
    0, 1, 999, 1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1009, 1010, 1011, 1012, 1013,
    1014, 1015, 1016, 1100, 2000, 2999, 3000, 3999, 4000, 4999, 5000, 32768, 65535
  };

  private final SplittableRandom random;

  Contents(SplittableRandom random) {
    this.random = random;
  }

  byte[] binary(int length) {
    byte[] bytes = new byte[length];
    if (random.nextBoolean()) {
      random.nextBytes(bytes);
    } else {
      Arrays.fill(bytes, (byte) random.nextInt(256));
    }
    return bytes;
  }

  /** UTF-8 of at most {@code length} bytes; one text in eight contains bytes that are not UTF-8. */
  byte[] text(int length) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean ascii = random.nextBoolean();
    int invalid = random.nextInt(8) == 0 && length > 0 ? random.nextInt(length) : -1;
    while (bytes.size() < length) {
      if (invalid >= 0 && bytes.size() >= invalid) {
        bytes.writeBytes(NOT_UTF8.get(random.nextInt(NOT_UTF8.size())));
        invalid = -1;
      }
      byte[] next =
          Character.toString(ascii ? ascii() : codePoint()).getBytes(StandardCharsets.UTF_8);
      if (bytes.size() + next.length > length) {
        break;
      }
      bytes.writeBytes(next);
    }
    return bytes.toByteArray();
  }

  /** Nothing, or a code and a reason; one in sixteen has one byte. */
  byte[] closeBody() {
    int kind = random.nextInt(16);
    if (kind < 4) {
      return new byte[kind == 0 ? 1 : 0];
    }
    boolean sendable = random.nextBoolean();
    int code =
        sendable ? 1000 + random.nextInt(4) : CLOSE_CODES[random.nextInt(CLOSE_CODES.length)];
    byte[] reason = text(random.nextBoolean() ? 0 : random.nextInt(120));
    byte[] body = new byte[2 + Math.min(reason.length, 123)];
    body[0] = (byte) (code >> 8);
    body[1] = (byte) code;
    System.arraycopy(reason, 0, body, 2, body.length - 2);
    return body;
  }

  private int ascii() {
    return 'a' + random.nextInt(26);
  }

  private int codePoint() {
    int any = random.nextInt(0x110000);
    return switch (random.nextInt(4)) {
      case 0 -> BORDERS[random.nextInt(BORDERS.length)];
      case 1 -> 0x80 + random.nextInt(0x780);
      case 2 -> any >= 0xd800 && any < 0xe000 ? 0x20ac : any;
      default -> ascii();
    };
  }
}
