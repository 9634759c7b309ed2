package wscope.input.find;

/** Words of base64 that may begin with a frame. */
final class Base64Start {
  private static final int FEWEST = 16;
  private static final int FEWEST_PADDED = 6;
  private static final int SHORTEST = 3;

  private static final byte[] VALUES = new byte[256];

  /** The first characters of such words. */
  private static final boolean[] BEGINS = new boolean[256];

  static {
    for (int c = 0; c < 256; c++) {
      VALUES[c] = (byte) valueOf(c);
    }
    for (int c = 0; c < 256; c++) {
      for (int i = 0; VALUES[c] >= 0 && i < 1 << 10; i++) {
        byte[] bytes = {(byte) (VALUES[c] << 2 | i >> 8), (byte) i};
        BEGINS[c] |= FrameCheck.canBegin(bytes, 0, 2);
      }
    }
  }

  private Base64Start() {}

  private static int valueOf(int c) {
    if (c >= 'A' && c <= 'Z') {
      return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
      return c - 'a' + 26;
    }
    if (c >= '0' && c <= '9') {
      return c - '0' + 52;
    }
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
  }

  private static int value(byte c) {
    return VALUES[c & 0xff];
  }

  /** Whether a word may begin with this character: a quick test. */
  static boolean isPossible(byte c) {
    return BEGINS[c & 0xff];
  }

  /** Whether a word of base64 that begins at an index has enough characters. */
  static boolean is(byte[] text, int at, int from, int to) {
    boolean inside = at > from && value(text[at - 1]) >= 0;
    if (inside || at + SHORTEST > to || value(text[at + 1]) < 0 || value(text[at + 2]) < 0) {
      return false;
    }
    int bytes = value(text[at]) << 12 | value(text[at + 1]) << 6 | value(text[at + 2]);
    if (!FrameCheck.canBegin(new byte[] {(byte) (bytes >> 10), (byte) (bytes >> 2)}, 0, 2)) {
      return false;
    }
    int end = at;
    while (end < to && end - at < FEWEST && (value(text[end]) >= 0 || text[end] == '\\')) {
      end++;
    }
    boolean padded = end < to && text[end] == '=' && end - at >= FEWEST_PADDED;
    return end - at >= FEWEST || padded || end - at <= SHORTEST + 1;
  }
}
