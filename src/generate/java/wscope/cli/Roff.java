package wscope.cli;

import java.util.List;
import java.util.Locale;

/** A manual page in man(7) markup, with lines of at most 80 characters. */
final class Roff {
  private static final int LONGEST_LINE = 80;

  private final StringBuilder page = new StringBuilder();

  /**
   * @param name of the page
   * @param section of the manual
   * @param purpose a short description
   */
  Roff(String name, int section, String purpose) {
    line(".\\\" Generated; do not edit.");
    line(".TH " + name.toUpperCase(Locale.ROOT) + " " + section + " 2026-11-21 wscope");
    section("NAME");
    words(name + " \\- ", purpose);
  }

  void section(String title) {
    line(".SH " + title);
  }

  void subsection(String title) {
    line(".SS " + escape(title));
  }

  /**
   * A term and its description.
   *
   * @param term in man(7) markup, see {@link #bold}
   */
  void entry(String term, String... text) {
    line(".TP");
    line(term);
    words("", String.join(" ", text));
  }

  /** Literal lines that belong to an entry. */
  void literalOfEntry(List<String> lines) {
    line(".IP");
    literal(lines);
  }

  /** Literal lines. */
  void literal(List<String> lines) {
    line(".nf");
    lines.forEach(text -> line(escape(text)));
    line(".fi");
  }

  /** The names of other pages, such as {@code wscope(1)}. */
  void seeAlso(List<String> pages) {
    section("SEE ALSO");
    for (int i = 0; i < pages.size(); i++) {
      String page = pages.get(i);
      int bracket = page.indexOf('(');
      String comma = i + 1 < pages.size() ? "," : "";
      line(".BR " + escape(page.substring(0, bracket)) + " " + page.substring(bracket) + comma);
    }
  }

  /** Wraps words into lines of at most 80 characters. */
  void words(String start, String text) {
    StringBuilder current = new StringBuilder(start);
    for (String word : text.split(" ", -1)) {
      String next = escape(word);
      if (current.length() + next.length() >= LONGEST_LINE) {
        line(current.toString().stripTrailing());
        current.setLength(0);
      }
      current.append(next).append(' ');
    }
    line(current.toString().stripTrailing());
  }

  /** Adds a line of man(7) markup. */
  void line(String text) {
    page.append(text).append('\n');
  }

  static String bold(String text) {
    return "\\fB" + escape(text) + "\\fR";
  }

  static String italic(String text) {
    return "\\fI" + escape(text) + "\\fR";
  }

  static String escape(String text) {
    String escaped =
        text.replace("\\", "\\e")
            .replace("-", "\\-")
            .replace("§", "\\(sc")
            .replace("^", "\\(ha")
            .replace("~", "\\(ti")
            .replace("`", "\\(ga");
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }

  @Override
  public String toString() {
    return page.toString();
  }
}
