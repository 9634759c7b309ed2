package wscope.input.list;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import wscope.input.find.Lines;
import wscope.input.find.Piece;

/** A word of base64, or several lines of it. */
final class Base64Token {
  /** Lines that are not the last are at least so long. */
  private static final int FEWEST_IN_LINE = 60;

  private static final int LONGEST_LABEL = 48;

  /** What stands before base64 that is something else. */
  private static final List<String> OTHERS =
      List.of(
          "ssh-",
          "ecdsa-",
          "sha256:",
          "sha256-",
          "sha384-",
          "sha512-",
          "sec-websocket-",
          ";base64,",
          "authorization",
          "bearer",
          "basic ",
          "cookie",
          "etag",
          "integrity",
          "certificate",
          "x509",
          "jwt",
          "token",
          "signature",
          "secret",
          "password");

  private final Lines lines;
  private final byte[] text;
  private final int line;
  private final int from;
  private final int to;
  private final List<Piece> pieces = new ArrayList<>();
  private int nextLine;

  /** A token, with its padding, on a line. */
  Base64Token(Lines lines, int line, int from, int to) {
    this.lines = lines;
    this.text = lines.text();
    this.line = line;
    this.from = from;
    this.to = to;
    nextLine = line + 1;
  }

  /** The index after the characters of base64, among which JSON may have {@code \/}. */
  static int end(byte[] text, int from, int to) {
    int at = from;
    while (at < to) {
      if (Base64Matcher.value(text[at]) >= 0) {
        at++;
      } else if (text[at] == '\\' && at + 1 < to && text[at + 1] == '/') {
        at += 2;
      } else {
        break;
      }
    }
    return at;
  }

  /** The index after the padding, if it is right; otherwise {@code to}. */
  static int padded(byte[] text, int from, int to, int lineEnd) {
    int end = to;
    while (end < lineEnd && end - to < 3 && text[end] == '=') {
      end++;
    }
    boolean apart = end == lineEnd || Base64Matcher.value(text[end]) < 0;
    return apart && (characters(text, from, to) + end - to) % 4 == 0 ? end : to;
  }

  private static int characters(byte[] text, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += text[i] == '\\' ? 0 : 1;
    }
    return count;
  }

  /** Whether what stands around a token says that it is a key, a digest, a JWT or a data URL. */
  static boolean isOther(Lines lines, int line, int from, int to) {
    byte[] text = lines.text();
    boolean joined = from > lines.start(line) && isJoint(text[from - 1]);
    boolean dot =
        to + 1 < lines.end(line) && text[to] == '.' && Base64Matcher.value(text[to + 1]) >= 0;
    if (joined || dot || (to < lines.end(line) && (text[to] == '\\' || text[to] == '('))) {
      return true;
    }
    String before =
        lines
            .string(Math.max(lines.start(line), from - LONGEST_LABEL), from)
            .toLowerCase(Locale.ROOT);
    for (String other : OTHERS) {
      if (before.contains(other)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isJoint(byte c) {
    return c == '.' || c == '%' || c == '\\' || c == '@' || c == '#' || c == '~' || c < 0;
  }

  /** Whether a token looks like a name, a path or a number, and not like base64. */
  static boolean isWord(byte[] text, int from, int to) {
    boolean upper = false;
    boolean lower = false;
    boolean digit = false;
    int separators = 0;
    for (int i = from; i < to; i++) {
      byte c = text[i];
      upper |= c >= 'A' && c <= 'Z';
      lower |= c >= 'a' && c <= 'z';
      digit |= Characters.isDigit(c);
      separators += c == '/' || c == '_' || c == '-' ? 1 : 0;
    }
    return !upper || !lower || (!digit && separators == 0) || separators * 8 > to - from;
  }

  /** Reads the token and the lines that continue it; false if it is not base64. */
  boolean read() {
    if (!add(line, from, to)) {
      return false;
    }
    if (!fillsLine() || to - from < FEWEST_IN_LINE || (to - from) % 4 != 0) {
      return true;
    }
    int length = to - from;
    int next = line + 1;
    while (next < lines.count()) {
      int start = Characters.skipWhite(text, lines.start(next), lines.end(next));
      int end = end(text, start, lines.end(next));
      int last = padded(text, start, end, lines.end(next));
      if (end == start
          || last - start > length
          || !isEmpty(last, next)
          || !add(next, start, last)) {
        break;
      }
      next++;
      if (last - start < length) {
        break;
      }
    }
    nextLine = next;
    return true;
  }

  private boolean fillsLine() {
    return Characters.skipWhite(text, lines.start(line), from) == from && isEmpty(to, line);
  }

  private boolean isEmpty(int at, int in) {
    return Characters.skipWhite(text, at, lines.end(in)) == lines.end(in);
  }

  private boolean add(int in, int start, int end) {
    byte[] bytes = new byte[(end - start) * 3 / 4];
    int count = 0;
    int bits = 0;
    int value = 0;
    boolean url = false;
    boolean plain = false;
    for (int i = start; i < end && text[i] != '='; i++) {
      byte c = text[i];
      if (c == '\\') {
        continue;
      }
      url |= c == '-' || c == '_';
      plain |= c == '+' || c == '/';
      value = (value << 6 | Base64Matcher.value(c)) & 0xfff;
      bits += 6;
      if (bits >= 8) {
        bits -= 8;
        bytes[count++] = (byte) (value >> bits);
      }
    }
    boolean whole = bits < 6 && (value & (1 << bits) - 1) == 0;
    if ((url && plain) || !whole) {
      return false;
    }
    pieces.add(new Piece(in, start, end, Arrays.copyOf(bytes, count), null));
    return true;
  }

  List<Piece> pieces() {
    return pieces;
  }

  byte[] bytes() {
    Octets octets = new Octets();
    for (Piece piece : pieces) {
      for (byte b : piece.bytes()) {
        octets.add(b);
      }
    }
    return octets.copy();
  }

  /** The line after the last one of the token. */
  int nextLine() {
    return nextLine;
  }

  /** Whether its line, or the line before it, says that it is base64. */
  boolean isMarked() {
    String before = lines.string(Math.max(lines.start(line), from - LONGEST_LABEL), from);
    if (line > 0 && fillsLine()) {
      int start = Math.max(lines.start(line - 1), lines.end(line - 1) - LONGEST_LABEL);
      before += lines.string(start, lines.end(line - 1));
    }
    String label = before.toLowerCase(Locale.ROOT);
    return label.contains("base64") || label.contains("b64") || label.contains("!!binary");
  }
}
