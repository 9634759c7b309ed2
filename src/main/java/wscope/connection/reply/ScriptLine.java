package wscope.connection.reply;

/** One line of a script, read from left to right. */
final class ScriptLine {
  private final int number;
  private final String text;
  private int at;
  private int start;

  ScriptLine(int number, String text) {
    this.number = number;
    this.text = text;
  }

  /** The number of the line, from 1. */
  int number() {
    return number;
  }

  /** Whether the line has only spaces and perhaps a comment. */
  boolean isBlank() {
    skipSpaces();
    return at == text.length() || text.charAt(at) == '#';
  }

  /** Whether nothing but spaces is left. */
  boolean isAtEnd() {
    skipSpaces();
    return at == text.length();
  }

  /** The next word, which ends before a space; empty at the end of the line. */
  String word() {
    skipSpaces();
    start = at;
    while (at < text.length() && !isSpace(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  /** The rest of the line without the spaces around it. */
  String rest() {
    skipSpaces();
    start = at;
    at = text.length();
    return text.substring(start, end());
  }

  /** The next character; a space at the end of the line. */
  char peek() {
    return at < text.length() ? text.charAt(at) : ' ';
  }

  /** Takes the next character. */
  char next() {
    return text.charAt(at++);
  }

  /** The place of the next character, from 0. */
  int place() {
    return at;
  }

  /** The place after the last character that is not a space. */
  int end() {
    int end = text.length();
    while (end > at && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  /** Requires that nothing but spaces is left. */
  void finish() throws InvalidScript {
    if (!isAtEnd()) {
      throw errorAt(at, "unexpected '" + excerpt(text.substring(at)) + "'; remove it");
    }
  }

  /** An error at the last word. */
  InvalidScript error(String problem) {
    return errorAt(start, problem);
  }

  /** An error at a place, from 0. */
  InvalidScript errorAt(int place, String problem) {
    return new InvalidScript(number, place + 1, problem);
  }

  /** The beginning of a text, for a message. */
  static String excerpt(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }

  void skipSpaces() {
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }
}
