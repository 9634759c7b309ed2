package wscope.input.spelling;

/**
 * The head of an HTTP message up to its empty line, unchanged. If its first line ends with a bare
 * LF, it was typed or pasted: then each bare LF becomes CRLF (RFC 9112 §2.1).
 */
final class HeadReader extends SpellingReader {
  private boolean firstLine = true;
  private boolean repairs;
  private boolean lineIsEmpty;
  private boolean afterReturn;
  private boolean ended;

  HeadReader(Octets out) {
    super(out);
  }

  @Override
  int read(byte[] text, int from, int to, long offset) {
    int at = from;
    while (at < to && !ended && !isFull()) {
      take(text[at++]);
    }
    return at;
  }

  /** Whether the empty line has arrived. */
  boolean isEnded() {
    return ended;
  }

  /** Whether the lines end with a bare LF. */
  boolean repairs() {
    return repairs;
  }

  @Override
  void end(long offset) {}

  private void take(byte c) {
    if (c == '\n') {
      repairs = firstLine ? !afterReturn : repairs;
      firstLine = false;
      if (repairs && !afterReturn) {
        out.put('\r');
      }
      ended = lineIsEmpty;
      lineIsEmpty = true;
    } else {
      lineIsEmpty &= c == '\r';
    }
    afterReturn = c == '\r';
    out.put(c);
  }
}
