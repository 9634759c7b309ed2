package wscope.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Explains a question: a number, a name, or an error text with anything around it.
 *
 * <p>A question that is nothing but a number or a name is about this. Otherwise the error texts in
 * it count, each with the codes that its placeholders contain. A question without a known error
 * text is about the rules, headers and codes that it mentions, or else the terms.
 */
public final class Explainer {
  /** The length of the longest question, in bytes. */
  public static final int LONGEST = 64 << 10;

  private static final int MOST_MENTIONED = 5;
  private static final int MOST_NEAREST = 3;

  /** The words of a question that are compared to find what is near. */
  private static final int MOST_WORDS = 200;

  private final List<Entry> entries = Catalogue.read();
  private final Topics topics = new Topics(entries);
  private final TextFinder texts = new TextFinder(entries);

  /** All entries, in the order of the resource files. */
  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** The names of all topics, rules and faults. */
  public List<String> names() {
    return topics.names();
  }

  /** What a question is about, the most important first; empty if nothing is known. */
  public List<Found> explain(String question) {
    List<Found> named = named(question);
    if (!named.isEmpty()) {
      return named;
    }
    List<String> words = Words.of(question);
    List<TextFinder.Hit> hits = texts.find(words);
    if (hits.isEmpty()) {
      List<Found> mentioned = topics.mentionedIn(question, words, MOST_MENTIONED);
      return mentioned.isEmpty() ? topics.termsIn(words, MOST_MENTIONED) : mentioned;
    }
    Set<Found> found = new LinkedHashSet<>();
    for (TextFinder.Hit hit : hits) {
      found.add(
          new Found.OfEntry(
              hit.entry(), hit.shown(), hit.text().products(), List.of(), causes(hit)));
    }
    hits.forEach(hit -> addCodes(hit, found));
    return List.copyOf(found);
  }

  /** What a question names that is nothing but a number or a name; empty for anything else. */
  public List<Found> named(String question) {
    return topics.named(question);
  }

  /** The causes of a problem; those that name one of the codes that were found come first. */
  private static List<String> causes(TextFinder.Hit hit) {
    List<String> first = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (String cause : hit.entry().causes()) {
      List<String> words = Words.of(cause);
      boolean names = hit.match().values().stream().anyMatch(words::contains);
      (names ? first : others).add(cause);
    }
    first.addAll(others);
    return List.copyOf(first);
  }

  private void addCodes(TextFinder.Hit hit, Set<Found> found) {
    List<String> placeholders = hit.text().pattern().numbers();
    for (int i = 0; i < placeholders.size(); i++) {
      int number = TextPattern.number(placeholders.get(i), hit.match().values().get(i));
      Kind kind =
          switch (placeholders.get(i)) {
            case "{status}" -> Kind.STATUS;
            case "{close}" -> Kind.CLOSE_CODE;
            case "{opcode}" -> Kind.OPCODE;
            default -> null;
          };
      Found code = kind == null ? null : topics.ofNumber(number, kind);
      if (code != null) {
        found.add(code);
      }
    }
  }

  /** The error texts that share most of their words with a question, the nearest first. */
  public List<String> nearest(String question) {
    List<String> words = Words.of(question);
    Set<String> asked = new HashSet<>(words.subList(0, Math.min(words.size(), MOST_WORDS)));
    List<Near> near = new ArrayList<>();
    for (Entry entry : entries) {
      for (ErrorText text : entry.texts()) {
        Set<String> known = new HashSet<>(text.pattern().words());
        int size = known.size();
        known.retainAll(asked);
        if (known.size() > 1 && 2 * known.size() >= size) {
          near.add(new Near(text.outline(), (double) known.size() / (size + asked.size())));
        }
      }
    }
    return near.stream()
        .sorted(Comparator.comparing(Near::likeness).reversed())
        .map(Near::text)
        .limit(MOST_NEAREST)
        .toList();
  }

  /** A text, and the part of the words that it shares with a question. */
  private record Near(String text, double likeness) {}
}
