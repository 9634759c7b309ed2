package wscope.input.find;

/** The forms of lines: lines of one form have the same words and marks before their bytes. */
public final class Forms {
  /** Of a longer prefix, only the end counts. */
  private static final int LONGEST_PREFIX = 256;

  private Forms() {}

  /** What stands before an index of a line, with one letter for each word or number. */
  public static String of(Lines lines, int line, int before) {
    StringBuilder form = new StringBuilder();
    char last = 0;
    for (int i = Math.max(lines.start(line), before - LONGEST_PREFIX); i < before; i++) {
      byte c = lines.text()[i];
      if (c == '<' || c == '>' || c == '=' || c == '-') {
        last = arrow(form, last);
        continue;
      }
      boolean word = c < 0 || Character.isLetterOrDigit(c);
      char shown = word ? 'w' : c == '\t' ? ' ' : (char) c;
      if (shown != last || (shown != 'w' && shown != ' ')) {
        form.append(shown);
      }
      last = shown;
    }
    return form.toString();
  }

  /** All arrows and rows of dashes are one mark. */
  private static char arrow(StringBuilder form, char last) {
    if (last != '>') {
      form.append('>');
    }
    return '>';
  }
}
