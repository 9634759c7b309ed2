package wscope.report.html;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

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
      script.append(read(name));
    }
    String style = read("page.css");
    // The script and the style go last: nothing in them may be taken for a place to fill in.
    return read("page.html")
        .replace("{{title}}", escaped(title))
        .replace("{{without}}", escaped(without))
        .replace("{{scriptHash}}", hash(script.toString()))
        .replace("{{styleHash}}", hash(style))
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

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String hash(String content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String read(String resource) {
    try (InputStream in = HtmlPage.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing in the jar");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
