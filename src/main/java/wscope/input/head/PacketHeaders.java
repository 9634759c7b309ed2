package wscope.input.head;

import wscope.input.find.Lines;

/**
 * The headers of a packet that stand as characters before a start line, as {@code tcpdump -A}
 * prints them:
 *
 * <pre>
 * 12:00:00.000000 IP 127.0.0.1.50000 &gt; 127.0.0.1.8080: Flags [P.], seq 1:155, length 154: HTTP
 * E....z@.@.y................0JV.Z...@.......
 * ..mA....GET /chat HTTP/1.1
 * </pre>
 */
final class PacketHeaders {
  /** The headers may have line feeds. */
  private static final int MOST_LINES = 4;

  private static final int LONGEST_SUMMARY = 400;
  private static final String SUMMARY = ": Flags [";
  private static final String[] METHODS = {"GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS"};

  private PacketHeaders() {}

  /**
   * Where the headers end on a line that has a version of HTTP.
   *
   * @param start where they begin; the result if there are none
   */
  static int endOn(Lines lines, int line, int start, int version) {
    if (!follow(lines, line)) {
      return start;
    }
    byte[] text = lines.text();
    int at = Chars.trim(text, start, version);
    if (at == version) {
      return version;
    }
    while (at > start && !Chars.isSpace(text[at - 1])) {
      at--;
    }
    int end = Chars.trim(text, start, at);
    for (String method : METHODS) {
      int from = end - method.length();
      if (from >= start && lines.string(from, end).equals(method)) {
        return from;
      }
    }
    return start;
  }

  /** Whether the summary of a packet stands a few lines before. */
  private static boolean follow(Lines lines, int line) {
    int last = Math.max(0, line - MOST_LINES);
    for (int i = line - 1; i >= last; i--) {
      int to = Math.min(lines.end(i), lines.start(i) + LONGEST_SUMMARY);
      if (lines.string(lines.start(i), to).contains(SUMMARY)) {
        return true;
      }
    }
    return false;
  }
}
