package wscope.explain;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds an error text among words. A placeholder stands for a part that differs each time: {@code
 * {status}}, {@code {close}}, {@code {opcode}} and {@code {n}} for a number, {@code {text}} for up
 * to 24 words.
 */
public final class TextPattern {
  /** The least number of words and codes; fewer would match anything. */
  private static final int LEAST_WORDS = 3;

  private static final int LONGEST_GAP = 24;
  private static final String GAP = "{text}";

  private final List<String> parts;
  private final int literals;

  private TextPattern(List<String> parts, int literals) {
    this.parts = parts;
    this.literals = literals;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if a placeholder is unknown, if the text begins or ends with
   *     {@code {text}}, or if it has too few words
   */
  static TextPattern of(String text) {
    List<String> parts = new ArrayList<>();
    int literals = 0;
    for (int at = 0; at < text.length(); ) {
      int open = text.indexOf('{', at);
      int end = open < 0 ? text.length() : open;
      List<String> words = Words.of(text.substring(at, end));
      parts.addAll(words);
      literals += words.size();
      if (open < 0) {
        break;
      }
      int close = text.indexOf('}', open) + 1;
      parts.add(placeholder(text, text.substring(open, Math.max(close, open + 1))));
      at = close;
    }
    long codes = parts.stream().filter(TextPattern::isCode).count();
    if (literals + codes < LEAST_WORDS) {
      throw new IllegalArgumentException("fewer than " + LEAST_WORDS + " words: " + text);
    }
    if (parts.get(0).startsWith("{") || parts.get(parts.size() - 1).equals(GAP)) {
      throw new IllegalArgumentException("a placeholder at the edge: " + text);
    }
    return new TextPattern(List.copyOf(parts), literals);
  }

  private static boolean isCode(String part) {
    return part.equals("{status}") || part.equals("{close}") || part.equals("{opcode}");
  }

  private static String placeholder(String text, String name) {
    return switch (name) {
      case GAP, "{n}", "{status}", "{close}", "{opcode}" -> name;
      default -> throw new IllegalArgumentException("unknown placeholder: " + text);
    };
  }

  /** The first word, by which patterns are looked up. */
  String first() {
    return parts.get(0);
  }

  /** The number of words besides placeholders. */
  int literals() {
    return literals;
  }

  /** The words besides placeholders. */
  List<String> words() {
    return parts.stream().filter(part -> !part.startsWith("{")).toList();
  }

  /** The words and placeholders, joined by spaces: equal for patterns that match the same. */
  String key() {
    return String.join(" ", parts);
  }

  /** Matches the pattern with the words from an index on; null if they differ. */
  @Nullable Match at(List<String> words, int start) {
    List<String> values = new ArrayList<>();
    int end = match(0, words, start, values);
    return end < 0 ? null : new Match(start, end, values);
  }

  /** Returns the index after the last word, or -1. */
  private int match(int part, List<String> words, int at, List<String> values) {
    for (int i = part; i < parts.size(); i++) {
      String wanted = parts.get(i);
      if (wanted.equals(GAP)) {
        return afterGap(i + 1, words, at, values);
      }
      if (at >= words.size()) {
        return -1;
      }
      String word = words.get(at);
      if (wanted.startsWith("{")) {
        if (number(wanted, word) < 0) {
          return -1;
        }
        values.add(word);
      } else if (!wanted.equals(word)) {
        return -1;
      }
      at++;
    }
    return at;
  }

  private int afterGap(int part, List<String> words, int at, List<String> values) {
    int known = values.size();
    for (int gap = 0; gap <= LONGEST_GAP && at + gap < words.size(); gap++) {
      int end = match(part, words, at + gap, values);
      if (end >= 0) {
        return end;
      }
      values.subList(known, values.size()).clear();
    }
    return -1;
  }

  /** A number; of an opcode, also a single hex digit, as some products print it. */
  static int number(String placeholder, String word) {
    boolean isDigit = placeholder.equals("{opcode}") && word.length() == 1;
    return Words.number(isDigit ? "0x" + word : word);
  }

  /** The placeholders for numbers, in order. */
  List<String> numbers() {
    return parts.stream().filter(part -> part.startsWith("{") && !part.equals(GAP)).toList();
  }

  /**
   * Where a pattern was found.
   *
   * @param start the index of its first word
   * @param end the index after its last word
   * @param values the words of the placeholders for numbers, in order
   */
  record Match(int start, int end, List<String> values) {}
}
