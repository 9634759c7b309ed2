package wscope.capture.logs;

/**
 * A line of a trace of curl.
 *
 * @param nanos the time of day in nanoseconds; -1 if the line has none
 * @param connection the number of the connection that --trace-ids writes; empty without it
 * @param sent whether curl sent the block that begins
 * @param what the block is: header, data or SSL data
 * @param count the number of bytes of the block
 * @param text the remark, or the row
 */
record CurlLine(
    Kind kind, long nanos, String connection, boolean sent, String what, long count, String text) {
  /** What a line is. */
  enum Kind {
    /** A remark of curl. */
    REMARK,
    /** The first line of a block of bytes. */
    BLOCK,
    /** Bytes of a block. */
    ROW,
    OTHER
  }

  private static final String TIME = "00:00:00.000000 ";
  private static final String OLD_REMARK = "== Info: ";
  private static final String REMARK = "* ";
  private static final String SEND = "=> Send ";
  private static final String RECEIVE = "<= Recv ";
  private static final int LONGEST_IDS = 60;
  private static final int OFFSET_DIGITS = 4;
  private static final long NANOS_PER_MICRO = 1000;

  /** Reads a line without its end. */
  static CurlLine of(String line) {
    int at = 0;
    long nanos = -1;
    if (matches(line, 0, TIME) && line.length() > TIME.length()) {
      nanos = nanos(line);
      at = TIME.length();
    }
    String connection = "";
    int ids = endOfIds(line, at);
    if (ids > at) {
      int dash = line.indexOf('-', at);
      connection = dash < 0 || dash > ids ? "" : line.substring(dash + 1, ids - 2);
      at = ids;
    }
    for (String remark : new String[] {OLD_REMARK, REMARK}) {
      if (line.startsWith(remark, at)) {
        String text = line.substring(at + remark.length());
        return new CurlLine(Kind.REMARK, nanos, connection, false, "", 0, text);
      }
    }
    if (line.startsWith(SEND, at) || line.startsWith(RECEIVE, at)) {
      return block(line, at, nanos, connection);
    }
    boolean row = at == 0 && isRow(line);
    return new CurlLine(row ? Kind.ROW : Kind.OTHER, -1, "", false, "", 0, line);
  }

  private static CurlLine block(String line, int at, long nanos, String connection) {
    int start = at + SEND.length();
    int comma = line.indexOf(", ", start);
    int end = line.indexOf(" bytes (0x", start);
    long count = comma < 0 || end < comma + 2 ? -1 : digits(line, comma + 2, end);
    String what = comma < 0 ? "" : line.substring(start, comma);
    boolean known = what.equals("header") || what.equals("data") || what.equals("SSL data");
    return count < 0 || !known
        ? new CurlLine(Kind.OTHER, -1, "", false, "", 0, line)
        : new CurlLine(Kind.BLOCK, nanos, connection, line.startsWith(SEND, at), what, count, "");
  }

  private static long digits(String text, int from, int to) {
    try {
      return to - from > 10 ? -1 : Long.parseLong(text.substring(from, to));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** Whether the beginning of a line may be that of a remark or a block. */
  static boolean mayBegin(CharSequence line) {
    int at = 0;
    if (matches(line, 0, TIME)) {
      at = TIME.length();
    }
    if (at >= line.length()) {
      return true;
    }
    if (line.charAt(at) == '[') {
      int end = endOfIds(line, at);
      if (end == at) {
        return line.length() - at < LONGEST_IDS && isIds(line, at);
      }
      at = end;
    }
    for (String word : new String[] {OLD_REMARK, REMARK, SEND, RECEIVE}) {
      int most = Math.min(word.length(), line.length() - at);
      if (word.contentEquals(line.subSequence(at, at + most) + word.substring(most))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a text continues a pattern, in which 0 stands for any digit, as far as it has it. */
  private static boolean matches(CharSequence text, int at, String pattern) {
    int most = Math.min(pattern.length(), text.length() - at);
    for (int i = 0; i < most; i++) {
      char c = text.charAt(at + i);
      boolean digit = pattern.charAt(i) == '0';
      if (digit ? c < '0' || c > '9' : c != pattern.charAt(i)) {
        return false;
      }
    }
    return most > 0;
  }

  /** The index after {@code [0-0] }; the same index without it. */
  private static int endOfIds(CharSequence line, int at) {
    int end = at;
    while (end < line.length() && end - at < LONGEST_IDS && line.charAt(end) != ']') {
      end++;
    }
    boolean ids =
        end + 1 < line.length()
            && line.charAt(at) == '['
            && line.charAt(end) == ']'
            && line.charAt(end + 1) == ' '
            && isIds(line.subSequence(0, end), at);
    return ids ? end + 2 : at;
  }

  private static boolean isIds(CharSequence line, int at) {
    for (int i = at + 1; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c != '-' && c != 'x' && c != ']' && (c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }

  private static long nanos(String line) {
    long seconds = 3600 * digits(line, 0, 2) + 60 * digits(line, 3, 5) + digits(line, 6, 8);
    return (seconds * 1_000_000 + digits(line, 9, 15)) * NANOS_PER_MICRO;
  }

  private static boolean isRow(String line) {
    int colon = line.indexOf(':');
    boolean ends = colon + 1 == line.length();
    if (colon < OFFSET_DIGITS
        || colon > 2 * OFFSET_DIGITS - 1
        || !(ends || line.charAt(colon + 1) == ' ')) {
      return false;
    }
    return line.chars().limit(colon).allMatch(c -> Character.digit(c, 16) >= 0);
  }

  /** The offset of a row. */
  long offset() {
    return Long.parseLong(text.substring(0, text.indexOf(':')), 16);
  }

  /** What follows the offset of a row. */
  String row() {
    return text.substring(Math.min(text.length(), text.indexOf(':') + 2));
  }
}
