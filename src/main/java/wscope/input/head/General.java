package wscope.input.head;

import wscope.input.find.Lines;

/**
 * What developer tools show of a request and its response before their fields: {@code Request URL:
 * ws://…}, {@code Request Method: GET}, {@code Status Code: 101 Switching Protocols}, with the
 * values on the same lines or on the next ones.
 */
final class General {
  private static final String[] IGNORED = {
    "remote address",
    "referrer policy",
    "version",
    "transferred",
    "request priority",
    "dns resolution",
    "scheme",
    "filename",
    "address",
    "source",
    "initiator"
  };

  /** A longer line holds none of these. */
  private static final int LONGEST = 8192;

  private final Lines lines;
  private final byte[] text;
  private String target = "";
  private String method = "";
  private String status = "";
  private boolean webSocket;
  private int from;
  private int to;

  General(Lines lines) {
    this.lines = lines;
    this.text = lines.text();
  }

  /** Whether something was read. */
  boolean isKnown() {
    return !target.isEmpty() || !status.isEmpty();
  }

  /** The request line; empty if the text does not show it. */
  String requestLine() {
    String shown = method.isEmpty() && webSocket ? "GET" : method;
    return shown.isEmpty() || target.isEmpty() ? "" : shown + " " + target + " HTTP/1.1";
  }

  /** The status line; empty if the text does not show it. */
  String statusLine() {
    return status.isEmpty() ? "" : "HTTP/1.1 " + status;
  }

  /** Reads what a line says. Returns the index of the line after it; -1 if it says nothing. */
  int read(int line) {
    int start = Chars.skipSpaces(text, lines.start(line), lines.end(line));
    int end = Chars.trim(text, start, lines.end(line));
    if (start == end || end - start > LONGEST) {
      return -1;
    }
    return switch (Chars.lower(text[start])) {
      case 'r' -> {
        int next = readUrl(line, start, end);
        next = next < 0 ? readMethod(line, start, end) : next;
        yield next < 0 ? ignore(line, start, end) : next;
      }
      case 's' -> {
        int next = readStatus(line, start, end);
        yield next < 0 ? ignore(line, start, end) : next;
      }
      case 'g' -> readGet(line, start, end);
      default -> ignore(line, start, end);
    };
  }

  private int readUrl(int line, int start, int end) {
    int next = value(line, start, end, "request url");
    if (next < 0 || !hasScheme()) {
      return -1;
    }
    target = target();
    method = "";
    status = "";
    return next;
  }

  private int readMethod(int line, int start, int end) {
    int next = value(line, start, end, "request method");
    if (next < 0 || !isMethod(from, to)) {
      return -1;
    }
    method = lines.string(from, to);
    return next;
  }

  /** {@code GET} and a URL, as Firefox shows them. */
  private int readGet(int line, int start, int end) {
    int next = value(line, start, end, "get");
    if (next < 0 || !hasScheme()) {
      return -1;
    }
    for (int i = from; i < to; i++) {
      if (text[i] == ' ') {
        return -1;
      }
    }
    target = target();
    method = "GET";
    status = "";
    return next;
  }

  private int readStatus(int line, int start, int end) {
    int next = value(line, start, end, "status code");
    next = next < 0 ? value(line, start, end, "status") : next;
    if (next < 0) {
      return -1;
    }
    while (from < to && !Chars.isAlphanumeric(text[from])) {
      from++;
    }
    int digits = from;
    while (digits < to && Chars.isDigit(text[digits])) {
      digits++;
    }
    if (digits != from + 3 || (digits < to && text[digits] != ' ')) {
      return -1;
    }
    status = lines.string(from, to) + (digits == to ? " " : "");
    return digits == to && next < lines.count() ? readReason(next) : next;
  }

  /** A reason on its own line after the status code. */
  private int readReason(int line) {
    int start = Chars.skipSpaces(text, lines.start(line), lines.end(line));
    int end = Chars.trim(text, start, lines.end(line));
    boolean words = end - start > 1 && end - start < 40 && Chars.isLetter(text[start]);
    for (int i = start; i < end; i++) {
      words &= Chars.isLetter(text[i]) || text[i] == ' ';
    }
    if (!words
        || FieldLine.isKnownName(text, start, end)
        || Labels.isHeadersLabel(text, start, end)
        || ignore(line, start, end) >= 0) {
      return line;
    }
    status += lines.string(start, end);
    return line + 1;
  }

  private int ignore(int line, int start, int end) {
    if (!isKnown()) {
      return -1;
    }
    for (String key : IGNORED) {
      if (Chars.isAt(text, start, end, key)) {
        return Math.max(value(line, start, end, key), line + 1);
      }
    }
    return -1;
  }

  /**
   * Finds the value after a key, on the same line or on the next one.
   *
   * @return the index of the line after it; -1 if there is none
   */
  private int value(int line, int start, int end, String key) {
    if (!Chars.isAt(text, start, end, key)) {
      return -1;
    }
    int at = start + key.length();
    boolean separated =
        at == end || text[at] == ':' || Chars.isSpace(text[at]) || Chars.isDigit(text[at]);
    if (!separated) {
      return -1;
    }
    at = Chars.skipSpaces(text, at, end);
    at = at < end && text[at] == ':' ? at + 1 : at;
    from = Chars.skipSpaces(text, at, end);
    to = end;
    int next = line + 1;
    if (from == end) {
      next += next + 1 < lines.count() && lines.isEmpty(next) ? 1 : 0;
      if (next >= lines.count()) {
        return -1;
      }
      from = Chars.skipSpaces(text, lines.start(next), lines.end(next));
      to = Chars.trim(text, from, lines.end(next));
      next++;
    }
    return to > from && to - from <= LONGEST ? next : -1;
  }

  private boolean hasScheme() {
    webSocket = Chars.isAt(text, from, to, "ws://") || Chars.isAt(text, from, to, "wss://");
    return webSocket
        || Chars.isAt(text, from, to, "http://")
        || Chars.isAt(text, from, to, "https://");
  }

  /** The target of the URL that was found last: its path and query (RFC 9112 §3.2.1). */
  private String target() {
    int at = from;
    while (text[at] != '/') {
      at++;
    }
    at += 2;
    while (at < to && text[at] != '/' && text[at] != '?' && text[at] != '#') {
      at++;
    }
    int end = at;
    while (end < to && text[end] != '#') {
      end++;
    }
    String path = lines.string(at, end);
    return path.startsWith("/") ? path : "/" + path;
  }

  private boolean isMethod(int first, int last) {
    for (int i = first; i < last; i++) {
      if (text[i] < 'A' || text[i] > 'Z') {
        return false;
      }
    }
    return last - first < 16;
  }
}
