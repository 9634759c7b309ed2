package wscope.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds error texts among words.
 *
 * <p>The text with the most words besides placeholders comes first, then the one that begins
 * earlier. A text that overlaps a better one is dropped, a second text of the same problem too, and
 * a general text unless nothing else is found.
 */
final class TextFinder {
  /** The most problems to report; more means that the input is a whole log. */
  private static final int MOST = 5;

  private static final Comparator<Hit> BEST_FIRST =
      Comparator.comparing((Hit hit) -> hit.text().isGeneral())
          .thenComparing(hit -> -hit.text().pattern().literals())
          .thenComparing(hit -> hit.match().start());

  /** The texts by their first word. */
  private final Map<String, List<Source>> texts = new HashMap<>();

  TextFinder(List<Entry> entries) {
    for (Entry entry : entries) {
      for (ErrorText text : entry.texts()) {
        texts
            .computeIfAbsent(text.pattern().first(), first -> new ArrayList<>())
            .add(new Source(entry, text));
      }
    }
  }

  /** The problems among words, the best first. */
  List<Hit> find(List<String> words) {
    List<Hit> hits = new ArrayList<>();
    for (int at = 0; at < words.size(); at++) {
      for (Source source : texts.getOrDefault(words.get(at), List.of())) {
        TextPattern.Match match = source.text().pattern().at(words, at);
        if (match != null) {
          hits.add(new Hit(source.entry(), source.text(), match));
        }
      }
    }
    hits.sort(BEST_FIRST);
    List<Hit> best = new ArrayList<>();
    for (Hit hit : hits) {
      if (best.size() < MOST && best.stream().noneMatch(better -> better.covers(hit))) {
        best.add(hit);
      }
    }
    return best;
  }

  private record Source(Entry entry, ErrorText text) {}

  /** An error text that was found. */
  record Hit(Entry entry, ErrorText text, TextPattern.Match match) {
    /** The text with its numbers; an ellipsis stands for words. */
    String shown() {
      String shown = text.text().replace("{text}", "…");
      List<String> placeholders = text.pattern().numbers();
      for (int i = 0; i < placeholders.size(); i++) {
        int at = shown.indexOf(placeholders.get(i));
        shown =
            shown.substring(0, at)
                + match.values().get(i)
                + shown.substring(at + placeholders.get(i).length());
      }
      return shown;
    }

    private boolean covers(Hit other) {
      return entry.name().equals(other.entry.name())
          || (other.text.isGeneral() && !text.isGeneral())
          || (match.start() < other.match.end() && other.match.start() < match.end());
    }
  }
}
