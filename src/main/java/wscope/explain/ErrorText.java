package wscope.explain;

import java.util.List;

/**
 * An error text as its products write it, with placeholders.
 *
 * @param products the programs and libraries that write it
 * @param text the text, such as {@code Unexpected response code: {status}}
 * @param isGeneral whether the text says nothing where a more specific one is found
 * @param pattern finds the text
 */
public record ErrorText(
    List<String> products, String text, boolean isGeneral, TextPattern pattern) {
  /** The text with an ellipsis for each placeholder. */
  String outline() {
    StringBuilder outline = new StringBuilder();
    int end = 0;
    for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', end)) {
      outline.append(text, end, open).append('…');
      end = text.indexOf('}', open) + 1;
    }
    return outline.append(text, end, text.length()).toString();
  }
}
