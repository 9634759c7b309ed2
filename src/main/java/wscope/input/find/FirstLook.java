package wscope.input.find;

import wscope.input.find.Marks.Mark;

/**
 * Looks once at each character of a line, and notes what cannot begin there, so that few matchers
 * look at an ordinary line of a log. It may let a line pass on which nothing begins, but never the
 * opposite.
 */
final class FirstLook {
  /** What is looked for here. Matchers find out themselves about other marks. */
  private static final Mark[] MARKS = {
    Mark.HEAD,
    Mark.VERSION,
    Mark.SCREEN,
    Mark.RUN,
    Mark.ROW,
    Mark.BRACKET,
    Mark.MARKED_NUMBER,
    Mark.CALL,
    Mark.LITERAL,
    Mark.BASE64
  };

  private byte[] text = new byte[0];
  private int from;
  private int to;
  private final FirstWords words = new FirstWords();

  /** The bits of the marks that may begin on the line. */
  private int may;

  /** Looks at a line. */
  void look(Lines lines, int line) {
    text = lines.text();
    from = lines.start(line);
    to = lines.end(line);
    may = 0;
    words.begin(text, from, to);
    int at = from;
    while (at < to) {
      int kind = FirstWords.KINDS[text[at] & 0xff];
      if (kind < 0) {
        if (kind != FirstWords.BETWEEN_CELLS) {
          words.endRow();
          if (kind == FirstWords.SPECIAL) {
            may |= separator(at);
          }
        }
        at++;
      } else {
        int start = at;
        int all = 0;
        while (kind >= 0) {
          all |= kind;
          kind = ++at < to ? FirstWords.KINDS[text[at] & 0xff] : -1;
        }
        words.take(start, at, all);
      }
    }
    may |= words.may();
    boolean head = (may & Mark.VERSION.bit()) != 0 || FirstField.may(text, from, to);
    may |= head ? Mark.HEAD.bit() : 0;
    for (Mark mark : MARKS) {
      if ((may & mark.bit()) == 0) {
        lines.setLacks(line, mark);
      }
    }
    if ((may & Mark.RUN.bit()) == 0) {
      lines.setLacks(line, Mark.LONE_RUN);
    }
  }

  private int separator(int at) {
    return switch (text[at]) {
      case '/' -> isVersion(at) ? Mark.VERSION.bit() : 0;
      case '\\' -> Mark.LITERAL.bit();
      case '%' -> isHex(at + 1) && isHex(at + 2) ? Mark.LITERAL.bit() : 0;
      case '\'' -> at > from && (text[at - 1] | 0x20) == 'x' ? Mark.LITERAL.bit() : 0;
      case '$' -> isHex(at + 1) ? mark(at + 1) : 0;
      case '#' -> is(at + 1, '$') || is(at + 1, 'x') ? mark(at + 2) : 0;
      case '&' -> is(at + 1, 'H') || is(at + 1, 'h') ? mark(at + 2) : 0;
      case ')' -> is(at + 1, ' ') && is(at + 2, '=') ? Mark.CALL.bit() : 0;
      case '<' -> isAngle(at + 1) ? Mark.BRACKET.bit() : 0;
      case '[' -> list(at) | (is(at + 1, '0') ? Mark.LITERAL.bit() : 0);
      default -> list(at);
    };
  }

  private boolean is(int at, char expected) {
    return at < to && text[at] == expected;
  }

  private boolean isHex(int at) {
    return at < to && FirstWords.hex(text[at]) >= 0;
  }

  /** Whether the slash of {@code HTTP/1} stands here. */
  private boolean isVersion(int at) {
    return at - 4 >= from
        && (text[at - 1] | 0x20) == 'p'
        && (text[at - 2] | 0x20) == 't'
        && (text[at - 3] | 0x20) == 't'
        && (text[at - 4] | 0x20) == 'h'
        && isHex(at + 1);
  }

  private boolean isAngle(int at) {
    return is(at, '<') || is(at, 'B') || is(at, 'S') || isHex(at);
  }

  private int list(int at) {
    return FirstItem.mayFollow(text, at, to) ? Mark.BRACKET.bit() : 0;
  }

  /** A mark of numbers, before digits that begin at an index. */
  private int mark(int digits) {
    return FirstItem.mayGoOn(text, digits, to) ? Mark.MARKED_NUMBER.bit() : 0;
  }
}
