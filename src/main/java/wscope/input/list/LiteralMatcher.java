package wscope.input.list;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wscope.input.find.Candidate;
import wscope.input.find.Lines;
import wscope.input.find.Marks;
import wscope.input.find.Matcher;

/**
 * Finds text with escapes for bytes, quoted or not, anywhere on a line: {@code b'\x81\x05Hello'},
 * {@code read(3, "\201\5Hello", 4096) = 7}, <code>{"frame": "\u0081\u0005Hello"}</code>, {@code
 * "\129\ENQHello"}, {@code Received: \x81\x05Hello}, {@code %81%05Hello} and {@code \x810548} of
 * PostgreSQL.
 */
public final class LiteralMatcher implements Matcher {
  /** Texts without quotes on one line that are looked at; each is read to the end of the line. */
  private static final int MOST_UNQUOTED = 4;

  private static final LiteralReader.Form UNQUOTED =
      new LiteralReader.Form(1, LiteralReader.NO_QUOTE, 0, false);

  /** Characters with which a literal may begin. */
  private static final boolean[] MARKS = new boolean[256];

  static {
    for (char c : "\\%'[\u00c2".toCharArray()) {
      MARKS[c] = true;
    }
  }

  private final LiteralReader reader = new LiteralReader();

  @Override
  public void match(Lines lines, Consumer<Candidate> found) {
    new Search(lines, found, reader).run();
  }

  /** One search of some lines. */
  private static final class Search {
    private final Lines lines;
    private final byte[] text;
    private final LiteralReader reader;
    private final Continued continued;
    private final Literals literals;
    private final HexLiteral hex;
    private final PercentText percent;
    private final WireText wire;
    private int line;
    private int to;
    private int unquoted;

    Search(Lines lines, Consumer<Candidate> found, LiteralReader reader) {
      this.lines = lines;
      this.text = lines.text();
      this.reader = reader;
      continued = new Continued(lines, found);
      literals = new Literals(lines, found, continued, reader);
      hex = new HexLiteral(lines, found);
      percent = new PercentText(lines, found);
      wire = new WireText(lines, found);
    }

    void run() {
      int passed = 0;
      for (line = next(0); line < lines.count(); line = next(line + 1)) {
        to = lines.end(line);
        unquoted = 0;
        int at = Math.max(lines.start(line), passed);
        if (continued.isOpen()) {
          at = continuation(at);
        }
        boolean plain = at == lines.start(line);
        while (at < to) {
          byte c = text[at];
          if (!MARKS[c & 0xff] || (c == '[' && !WireText.begins(text, at, to))) {
            at++;
            continue;
          }
          plain = false;
          if (c == '\\') {
            at = backslash(at);
          } else if (c == (byte) 0xc2) {
            at = control(at);
          } else if (c == '%') {
            at = percent.match(line, at);
          } else if (c == '[') {
            at = wire.match(line, at);
          } else if (c == '\'' && hex.isPrefix(text, lines.start(line), at)) {
            at = hex.quoted(line, at);
          } else {
            at++;
          }
        }
        if (plain) {
          lines.setLacks(line, Marks.Mark.LITERAL);
        }
        passed = Math.max(passed, at);
      }
      continued.end();
    }

    /** The first line, from a line on, that may have a literal, or continue one. */
    private int next(int from) {
      return continued.isOpen() ? from : lines.next(from, Marks.Mark.LITERAL);
    }

    /** Reads the literal that may continue the frame of an earlier line. */
    private int continuation(int from) {
      continued.passed(line);
      int at = continued.beginning(line);
      if (at <= from || at >= to) {
        return from;
      }
      byte before = text[at - 1];
      LiteralReader.Form form =
          Characters.isQuote(before) ? new LiteralReader.Form(1, before, 0, false) : UNQUOTED;
      return literals.read(line, at, form, false);
    }

    /** A character from U+0080 to U+009F, as a text has it if bytes became characters. */
    private int control(int at) {
      boolean control = at + 1 < to && (text[at + 1] & 0xe0) == 0x80;
      boolean first = control && at > lines.start(line) && Characters.isQuote(text[at - 1]);
      return first ? literal(at, 1, at + 2) : at + 1;
    }

    private int backslash(int from) {
      int at = from;
      while (at < to && text[at] == '\\') {
        at++;
      }
      int slashes = at - from;
      if (at == to || !mayBeByte(text[at]) || (slashes != 1 && slashes != 2 && slashes != 4)) {
        return at;
      }
      int end = hex.bytea(line, from, at);
      return end > 0 ? end : literal(from, slashes, at + 1);
    }

    private static boolean mayBeByte(byte c) {
      return c == 'x' || c == 'u' || c == 'U' || Characters.isDigit(c) || c == 'S' || c == 'N';
    }

    /**
     * Reads a literal that begins with an escape.
     *
     * @param otherwise where to go on if it cannot
     */
    private int literal(int at, int slashes, int otherwise) {
      int lineStart = lines.start(line);
      int start = at - 2 >= lineStart && isWideLetter(at - 2) ? at - 2 : at;
      int quote = start - 1;
      if (quote >= lineStart && Characters.isQuote(text[quote])) {
        int before = slashesBefore(quote);
        if (before < slashes) {
          return quoted(start, new LiteralReader.Form(slashes, text[quote], before, false));
        }
      }
      boolean word = start > lineStart && isWord(start - 1);
      LiteralReader.Form form = new LiteralReader.Form(slashes, LiteralReader.NO_QUOTE, 0, false);
      LiteralReader.Form fit = word || unquoted == MOST_UNQUOTED ? null : fit(start, form);
      if (fit == null) {
        return otherwise;
      }
      unquoted++;
      return Math.max(otherwise, literals.read(line, start, fit, true));
    }

    private int quoted(int start, LiteralReader.Form form) {
      LiteralReader.Form fit = fit(start, form);
      return literals.read(line, start, fit == null ? form : fit, fit != null);
    }

    /** The form in which the first two bytes can begin a frame; null if there is none. */
    private LiteralReader.@Nullable Form fit(int start, LiteralReader.Form form) {
      if (begins(start, form)) {
        return form;
      }
      return begins(start, form.inDecimal()) ? form.inDecimal() : null;
    }

    private boolean begins(int start, LiteralReader.Form form) {
      reader.begin();
      reader.read(text, start, to, form, 2);
      return reader.count() >= 2 && reader.canBegin();
    }

    /** U+00C1 or U+00C2, with which a compressed message begins. */
    private boolean isWideLetter(int at) {
      return text[at] == (byte) 0xc3
          && (text[at + 1] == (byte) 0x81 || text[at + 1] == (byte) 0x82);
    }

    private int slashesBefore(int at) {
      int from = at;
      while (from > lines.start(line) && text[from - 1] == '\\' && at - from < 8) {
        from--;
      }
      return at - from;
    }

    /** Whether a character belongs to a word or a path, but not to the escape of a line end. */
    private boolean isWord(int at) {
      byte c = text[at];
      boolean lineEnd = (c == 'n' || c == 'r') && at > 0 && text[at - 1] == '\\';
      return c == '\\' || c < 0 || (Characters.isAlphanumeric(c) && !lineEnd);
    }
  }
}
