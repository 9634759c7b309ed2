package wscope.report.html;

import wscope.resource.Html;
import wscope.resource.Resource;

/**
 * The frame of a page that shows lines of JSON: one file without anything from elsewhere. Its
 * Content-Security-Policy allows only its own script and style, by their hashes. The data come
 * last, so a page whose writing was cut off still opens.
 */
public final class HtmlPage {
  /** The end of every page. */
  public static final String END = "</script>\n</body>\n</html>\n";

  private HtmlPage() {}

  /**
   * The page before its data.
   *
   * @param title the title of the document
   * @param without what a reader without JavaScript has to know, in plain text
   * @param scripts the names of the scripts in this package, which become one
   */
  public static String beginning(String title, String without, String... scripts) {
    StringBuilder script = new StringBuilder("'use strict';\n\n");
    for (String name : scripts) {
      script.append(Resource.text(HtmlPage.class, name));
    }
    String style = Resource.text(HtmlPage.class, "page.css");
    // The script and the style go last: nothing in them may be taken for a place to fill in.
    return Resource.text(HtmlPage.class, "page.html")
        .replace("{{title}}", Html.escaped(title))
        .replace("{{without}}", Html.escaped(without))
        .replace("{{scriptHash}}", Html.hash(script.toString()))
        .replace("{{styleHash}}", Html.hash(style))
        .replace("{{style}}", style)
        .replace("{{script}}", script);
  }

  /**
   * Makes JSON in ASCII safe inside the script element of the page. JSON has these characters in
   * strings only, where their escapes mean the same.
   */
  public static String safe(String json) {
    StringBuilder safe = new StringBuilder(json.length() + 16);
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      switch (c) {
        case '<' -> safe.append("\\u003c");
        case '>' -> safe.append("\\u003e");
        case '&' -> safe.append("\\u0026");
        default -> safe.append(c);
      }
    }
    return safe.toString();
  }
}
