package wscope.report.text;

import java.nio.ByteBuffer;

/**
 * Shows a JSON object or array (RFC 8259) with one member in each line. It moves only the
 * whitespace between tokens; strings and numbers stay as they were sent.
 */
final class PrettyJson {
  private static final int MARGIN = 6;
  private static final int INDENT = 2;

  /** Deeper values would stand too far to the right. */
  private static final int DEEPEST = 32;

  private final ByteBuffer json;
  private int at;

  private PrettyJson(ByteBuffer json) {
    this.json = json;
    at = json.position();
  }

  /** Shows the bytes between position and limit, if they are an object or an array. */
  static void show(Screen screen, ByteBuffer json) {
    PrettyJson reader = new PrettyJson(json);
    reader.skipSpace();
    int start = reader.at;
    boolean nested = reader.is('{') || reader.is('[');
    if (nested && reader.value(0) && reader.isAtEnd()) {
      reader.at = start;
      screen.pad(MARGIN);
      reader.print(screen, 0);
      screen.endLine();
    }
  }

  private boolean isAtEnd() {
    skipSpace();
    return at == json.limit();
  }

  // Checks.

  /** Skips a value; false if there is none, or if it is too deep. */
  private boolean value(int depth) {
    skipSpace();
    if (is('{')) {
      return members('}', true, depth);
    }
    if (is('[')) {
      return members(']', false, depth);
    }
    return is('"') ? string() : literal("true") || literal("false") || literal("null") || number();
  }

  private boolean members(char end, boolean named, int depth) {
    at++;
    skipSpace();
    if (skip(end)) {
      return true;
    }
    while (depth < DEEPEST) {
      skipSpace();
      if (named && !(is('"') && string() && name())) {
        return false;
      }
      if (!value(depth + 1)) {
        return false;
      }
      skipSpace();
      if (!skip(',')) {
        return skip(end);
      }
    }
    return false;
  }

  private boolean name() {
    skipSpace();
    return skip(':');
  }

  /** Skips a string; its escapes are shown as they are, so they are not checked. */
  private boolean string() {
    at++;
    while (at < json.limit()) {
      byte b = json.get(at++);
      if (b == '"') {
        return true;
      }
      if (b == '\\') {
        at++;
      } else if (b >= 0 && b < ' ') {
        return false;
      }
    }
    return false;
  }

  private boolean literal(String word) {
    if (at + word.length() > json.limit()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (json.get(at + i) != word.charAt(i)) {
        return false;
      }
    }
    at += word.length();
    return true;
  }

  private boolean number() {
    skip('-');
    boolean valid = skip('0') || digits();
    if (valid && skip('.')) {
      valid = digits();
    }
    if (valid && (skip('e') || skip('E'))) {
      if (!skip('+')) {
        skip('-');
      }
      valid = digits();
    }
    return valid;
  }

  private boolean digits() {
    int from = at;
    while (at < json.limit() && json.get(at) >= '0' && json.get(at) <= '9') {
      at++;
    }
    return at > from;
  }

  private void skipSpace() {
    while (is(' ') || is('\n') || is('\r') || is('\t')) {
      at++;
    }
  }

  private boolean skip(char c) {
    boolean there = is(c);
    at += there ? 1 : 0;
    return there;
  }

  private boolean is(char c) {
    return at < json.limit() && json.get(at) == c;
  }

  // The screen, after the checks.

  private void print(Screen screen, int depth) {
    skipSpace();
    if (is('{')) {
      print(screen, '{', '}', depth);
    } else if (is('[')) {
      print(screen, '[', ']', depth);
    } else {
      int from = at;
      value(0);
      token(screen, from);
    }
  }

  private void print(Screen screen, char begin, char end, int depth) {
    at++;
    screen.codePoint(begin);
    skipSpace();
    if (skip(end)) {
      screen.codePoint(end);
      return;
    }
    do {
      screen.endLine();
      screen.pad(MARGIN + INDENT * (depth + 1));
      skipSpace();
      if (end == '}') {
        int from = at;
        string();
        token(screen, from);
        name();
        screen.text(": ");
      }
      print(screen, depth + 1);
      skipSpace();
    } while (comma(screen));
    at++;
    screen.endLine();
    screen.pad(MARGIN + INDENT * depth).codePoint(end);
  }

  private boolean comma(Screen screen) {
    boolean more = skip(',');
    if (more) {
      screen.codePoint(',');
    }
    return more;
  }

  /** Shows a token as it was sent, except for characters that could control the terminal. */
  private void token(Screen screen, int from) {
    SafeText.raw(screen, json.duplicate().limit(at).position(from));
  }
}
