package wscope.input.find;

/**
 * Whether the words of a line may be a row of a dump: words of hex digits that spaces or bars
 * separate. One short number, or two counts, are none.
 */
final class FirstRow {
  private static final int FEWEST_OFFSET_DIGITS = 4;

  /** The cells that may show an offset by the gap after the first. */
  private static final int ENOUGH = 3;

  private byte[] text = new byte[0];
  private int from;
  private int to;
  private boolean may;
  private int cells;

  /** Whether two cells are enough, because the first is bytes or an offset. */
  private boolean bytesFirst;

  void begin(byte[] in, int lineFrom, int lineTo) {
    text = in;
    from = lineFrom;
    to = lineTo;
    may = false;
    cells = 0;
  }

  boolean may() {
    return may;
  }

  /** Something else than a cell stands here. */
  void end() {
    cells = 0;
  }

  /** Takes a word of hex digits, perhaps after 0x. */
  void hex(int start, int end, boolean prefixed) {
    if (may) {
      return;
    }
    int digits = end - start - (prefixed ? 2 : 0);
    if (isOffset(start, end, digits)) {
      may = true;
      return;
    }
    boolean begins = isApart(start - 1) || (text[start - 1] == '-' && isApart(start - 2));
    if (!begins || !isApart(end)) {
      cells = 0;
      return;
    }
    if (cells == 0) {
      bytesFirst = prefixed || digits % 2 == 0 || digits >= FEWEST_OFFSET_DIGITS;
    }
    cells++;
    may = cells >= ENOUGH || (cells == 2 && bytesFirst) || mayGoOn(end, digits);
  }

  /** Whether the mark of an offset stands around a number. */
  private boolean isOffset(int start, int end, int digits) {
    boolean bracket = start > from && text[start - 1] == '[' && isApart(start - 2);
    if (end == to || !(bracket || isApart(start - 1))) {
      return false;
    }
    byte c = text[end];
    boolean colon = c == ':' && (isApart(end + 1) || digits == FEWEST_OFFSET_DIGITS);
    return colon || c == '`' || (bracket && c == ']');
  }

  /** Whether what follows a cell may belong to its row although it is not a cell. */
  private boolean mayGoOn(int end, int digits) {
    if (end + 1 >= to) {
      return false;
    }
    byte next = text[end + 1];
    if (next == '\'') {
      return true;
    }
    if (digits < FEWEST_OFFSET_DIGITS) {
      return false;
    }
    return switch (next) {
      case ' ', '\t', '|', '<', '0', '1', '2', '3' -> true;
      case '-', ':' -> isApart(end + 2) || (text[end + 2] >= '0' && text[end + 2] <= '9');
      default -> next == (byte) 0xe2 || text[end] == '|';
    };
  }

  /** Whether a space, a bar or an end of the line stands at an index. */
  private boolean isApart(int at) {
    return at < from || at >= to || text[at] == ' ' || text[at] == '\t' || text[at] == '|';
  }
}
