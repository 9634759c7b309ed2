package wscope.input.list;

import org.jspecify.annotations.Nullable;
import wscope.input.find.FrameCheck;

/**
 * Reads the text of a literal, between its quotes, as bytes. Characters from U+0080 to U+00FF may
 * be one byte each, as in JavaScript, or two bytes in UTF-8, as in gdb; it reads both.
 */
final class LiteralReader {
  /** The quote of a text without quotes; no line has it. */
  static final byte NO_QUOTE = '\n';

  /** Letters follow it; as characters, they belong to texts. */
  private static final int LAST_CONTROL = 0x9f;

  private final Escape escape = new Escape();
  private final Octets latin1 = new Octets();
  private final Octets utf8 = new Octets();
  private boolean beyondLatin1;
  private boolean characters;
  private boolean lost;
  private int highEscapes;
  private int escapes;
  private int end;
  private boolean closed;

  /**
   * How a literal is written.
   *
   * @param slashes how many backslashes begin an escape: 1, or 2 and 4 for a literal in another one
   * @param quote that ends it, or {@link #NO_QUOTE}
   * @param quoteSlashes how many backslashes stand before that quote
   * @param decimal whether numbers in escapes are decimal
   */
  record Form(int slashes, byte quote, int quoteSlashes, boolean decimal) {
    Form inDecimal() {
      return new Form(slashes, quote, quoteSlashes, true);
    }
  }

  /** Begins a literal of one part or several. */
  void begin() {
    latin1.clear();
    utf8.clear();
    beyondLatin1 = false;
    characters = false;
    lost = false;
    highEscapes = 0;
    escapes = 0;
  }

  /** Reads a part up to its end quote, to the end of the line, or up to a number of bytes. */
  void read(byte[] text, int from, int to, Form form, int most) {
    int at = from;
    closed = false;
    int stop = utf8.count() + most;
    while (at < to && utf8.count() < stop) {
      byte c = text[at];
      if (c == '\\') {
        at = backslashes(text, at, to, form);
        if (closed) {
          return;
        }
      } else if (c == form.quote() && form.quoteSlashes() == 0) {
        closed = true;
        end = at;
        return;
      } else if (c < 0) {
        at = character(text, at, to);
      } else {
        latin1.add(c);
        utf8.add(c);
        at++;
      }
    }
    end = at;
  }

  private int backslashes(byte[] text, int from, int to, Form form) {
    int at = from;
    while (at < to && text[at] == '\\') {
      at++;
    }
    int count = at - from;
    int rest = count % (2 * form.slashes());
    for (int i = 0; i < count / (2 * form.slashes()); i++) {
      both('\\');
    }
    if (at < to && text[at] == form.quote() && rest == form.quoteSlashes()) {
      closed = true;
      end = at - rest;
      return at;
    }
    if (rest < form.slashes()) {
      return at < to && rest > 0 && Characters.isQuote(text[at]) ? both(text[at], at + 1) : at;
    }
    escape.read(text, at, to, form.decimal());
    add(at);
    return escape.end();
  }

  private void add(int at) {
    int value = escape.value();
    escapes += escape.isNumeric() ? 1 : 0;
    int last = escape.isCharacter() ? LAST_CONTROL : 0xff;
    highEscapes += escape.isNumeric() && value >= 0x80 && value <= last ? 1 : 0;
    if (value == Escape.NONE) {
      both('\\', at);
    } else if (escape.isCharacter()) {
      code(value);
    } else if (value >= 0) {
      both(value);
    }
  }

  private void both(int value) {
    latin1.add(value);
    utf8.add(value);
  }

  private int both(int value, int next) {
    both(value);
    return next;
  }

  private void code(int value) {
    characters |= value >= 0x80;
    beyondLatin1 |= value > 0xff;
    lost |= value == 0xfffd;
    latin1.add(value);
    utf8.addCharacter(value);
  }

  /** Reads a byte over 0x7f: a part of a character, or of a text that is not UTF-8. */
  private int character(byte[] text, int at, int to) {
    int first = text[at] & 0xff;
    boolean pair = at + 1 < to && (text[at + 1] & 0xc0) == 0x80;
    if (pair && (first == 0xc2 || first == 0xc3)) {
      characters |= first == 0xc2 && (text[at + 1] & 0xe0) == 0x80;
      latin1.add((first & 0x03) << 6 | (text[at + 1] & 0x3f));
      utf8.add(first);
      utf8.add(text[at + 1]);
      return at + 2;
    }
    lost |= first == 0xef && Characters.isAt(text, at, to, "\u00ef\u00bf\u00bd");
    beyondLatin1 = true;
    utf8.add(first);
    return at + 1;
  }

  /** Adds a byte. */
  void add(char value) {
    both(value);
  }

  /** Adds the last byte again. */
  void repeatLast(int times) {
    byte last = utf8.array()[utf8.count() - 1];
    for (int i = 0; i < times; i++) {
      both(last);
    }
  }

  /** Forgets what was read after a number of bytes, all of them ASCII. */
  void forget(int count) {
    latin1.truncate(latin1.count() - (utf8.count() - count));
    utf8.truncate(count);
  }

  /** The index of the end quote, or where reading ended. */
  int end() {
    return end;
  }

  /** Whether the end quote was there. */
  boolean isClosed() {
    return closed;
  }

  /** Whether a character shows that bytes were lost when they were decoded as text. */
  boolean isLost() {
    return lost;
  }

  /** How many escapes can only stand for bytes over 0x7f. */
  int highEscapes() {
    return highEscapes;
  }

  /** How many escapes are written as numbers. */
  int escapes() {
    return escapes;
  }

  /** How many bytes there are so far. */
  int count() {
    return utf8.count();
  }

  int latin1Count() {
    return latin1.count();
  }

  /** The bytes with each character as one byte; null if a character has no such byte. */
  byte @Nullable [] latin1() {
    return beyondLatin1 ? null : latin1.copy();
  }

  /** The bytes with each character in UTF-8. */
  byte[] utf8() {
    return utf8.copy();
  }

  /** Whether characters are more likely to be one byte each. */
  boolean prefersLatin1() {
    return characters && !beyondLatin1;
  }

  /** Whether the first two bytes can begin a frame, in either reading. */
  boolean canBegin() {
    boolean single = !beyondLatin1 && FrameCheck.canBegin(latin1.array(), 0, latin1.count());
    return single || FrameCheck.canBegin(utf8.array(), 0, utf8.count());
  }
}
