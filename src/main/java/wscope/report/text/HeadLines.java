package wscope.report.text;

/** Shows an HTTP head as received, one character for each byte (ISO 8859-1). */
final class HeadLines {
  private HeadLines() {}

  /** Shows each line as received, without its line end. */
  static void show(Screen screen, String indent, String head) {
    int start = 0;
    while (start < head.length()) {
      int end = head.indexOf('\n', start);
      int next = end < 0 ? head.length() : end + 1;
      String line = head.substring(start, end < 0 ? next : end);
      if (line.endsWith("\r")) {
        line = line.substring(0, line.length() - 1);
      }
      if (!line.isEmpty()) {
        screen.text(indent).head();
        SafeText.line(screen, line);
      }
      screen.endLine();
      start = next;
    }
  }
}
