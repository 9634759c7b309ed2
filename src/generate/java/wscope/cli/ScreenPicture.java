package wscope.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An SVG picture of a terminal that shows the coloured output of a command. */
final class ScreenPicture {
  /**
   * The colours of a terminal.
   *
   * @param ground the background
   * @param text the default colour of text
   * @param colours the colours by their SGR parameters (ECMA-48)
   */
  record Theme(String ground, String border, String text, Map<String, String> colours) {
    static final Theme LIGHT =
        new Theme(
            "#f6f8fa",
            "#d1d9e0",
            "#1f2328",
            Map.of("2", "#59636e", "41", "#cf222e", "43", "#7d4e00"));
    static final Theme DARK =
        new Theme(
            "#151b23",
            "#3d444d",
            "#f0f6fc",
            Map.of("2", "#9198a1", "41", "#ff7b72", "43", "#e3b341"));
  }

  private static final Pattern SGR = Pattern.compile("\u001b\\[([0-9;]+)m");
  private static final String RESET = "0";
  private static final String BOLD = "1";

  /** Foregrounds on a background, whose colour the text has instead, and reverse video. */
  private static final Set<String> NOT_DRAWN = Set.of("97", "30", "7");

  private static final String UNDERLINE = "4";

  /** The width of a column in pixels, as in most monospace fonts at 14 px. */
  private static final double COLUMN = 8.4;

  private static final int LINE = 20;
  private static final int MARGIN = 16;

  /** The distance from the top of a line to its baseline. */
  private static final int ASCENT = 15;

  private static final String FONTS =
      "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace";

  private final Theme theme;
  private final StringBuilder svg = new StringBuilder();

  private ScreenPicture(Theme theme) {
    this.theme = theme;
  }

  /**
   * Draws a screen.
   *
   * @param title a text alternative for screen readers
   * @param screen lines with colours, without other escape sequences
   */
  static String of(Theme theme, String title, String screen) {
    ScreenPicture picture = new ScreenPicture(theme);
    picture.draw(title, screen.lines().toList());
    return picture.svg.toString();
  }

  /** A prompt and the command that the user typed. */
  static String typed(String command) {
    return "\u001b[2m$\u001b[0m \u001b[" + BOLD + "m" + command + "\u001b[0m\n";
  }

  private void draw(String title, List<String> lines) {
    int columns = lines.stream().mapToInt(ScreenPicture::columns).max().orElse(0);
    long width = Math.round(columns * COLUMN) + 2 * MARGIN;
    int height = lines.size() * LINE + 2 * MARGIN;
    add("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"title\"");
    add("     viewBox=\"0 0 " + width + " " + height + "\"");
    add("     width=\"" + width + "\" height=\"" + height + "\">");
    add("<title id=\"title\">" + escape(title) + "</title>");
    add("<style>");
    add("text{font:14px " + FONTS + ";fill:" + theme.text + ";white-space:pre}");
    add(".s" + BOLD + "{font-weight:bold}");
    add(".s" + UNDERLINE + "{text-decoration:underline}");
    new TreeMap<>(theme.colours)
        .forEach((sgr, colour) -> add(".s" + sgr + "{fill:" + colour + "}"));
    add("</style>");
    add(
        "<rect x=\"0.5\" y=\"0.5\" width=\"%d\" height=\"%d\" rx=\"6\" fill=\"%s\" stroke=\"%s\"/>"
            .formatted(width - 1, height - 1, theme.ground, theme.border));
    for (int i = 0; i < lines.size(); i++) {
      line(lines.get(i), MARGIN + i * LINE + ASCENT);
    }
    add("</svg>");
  }

  /** Draws a line; its textLength keeps columns aligned in every font. */
  private void line(String line, int y) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\" textLength=\"%.1f\" xml:space=\"preserve\">",
            MARGIN,
            y,
            columns(line) * COLUMN));
    Matcher sgr = SGR.matcher(line);
    String style = RESET;
    int at = 0;
    while (sgr.find()) {
      run(style, line.substring(at, sgr.start()));
      style = sgr.group(1);
      at = sgr.end();
    }
    run(style, line.substring(at));
    add("</text>");
  }

  private void run(String style, String text) {
    if (style.equals(RESET) || text.isEmpty()) {
      svg.append(escape(text));
      return;
    }
    StringJoiner classes = new StringJoiner(" ");
    for (String sgr : style.split(";", -1)) {
      if (NOT_DRAWN.contains(sgr)) {
        continue;
      }
      if (!sgr.equals(BOLD) && !sgr.equals(UNDERLINE) && !theme.colours.containsKey(sgr)) {
        throw new IllegalArgumentException("no colour for SGR " + sgr);
      }
      classes.add("s" + sgr);
    }
    svg.append("<tspan class=\"" + classes + "\">" + escape(text) + "</tspan>");
  }

  private static int columns(String line) {
    String plain = SGR.matcher(line).replaceAll("");
    return plain.codePointCount(0, plain.length());
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private void add(String text) {
    svg.append(text).append('\n');
  }
}
