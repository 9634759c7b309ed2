package wscope.diff;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import wscope.cli.decode.DeflateText;
import wscope.protocol.Vectors;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.rule.Endpoint;

/**
 * A known kind of disagreement: a row of {@code disagreements.csv}, which says who is right by
 * which section, and has an example.
 *
 * @param ours rules or verdicts; an empty one means any
 * @param reason how the reason of the other one begins; empty means any
 */
record Explanation(
    String name,
    String library,
    List<String> ours,
    String theirs,
    String reason,
    Condition condition,
    FrameStream example) {
  private static final int LIMIT = 2_000;
  private static final Set<String> RIGHT = Set.of("wscope", "both");
  private static final Pattern CITATION = Pattern.compile("RFC (6455|7692) §\\d+(\\.\\d+)*");

  /** All rows; the first that fits explains a disagreement. */
  static List<Explanation> all() {
    return Vectors.rows("disagreements.csv").stream().map(Explanation::of).toList();
  }

  private static Explanation of(Vectors.Row row) {
    check(row);
    String condition = row.cell("condition").replace(' ', '_').toUpperCase(Locale.ROOT);
    return new Explanation(
        row.name(),
        row.cell("library"),
        List.of(row.cell("wscope").split(" \\| ")),
        row.cell("other"),
        row.cell("reason"),
        condition.isEmpty() ? Condition.ANY : Condition.valueOf(condition),
        example(row));
  }

  /** A row must not say that only the other one is right: then wscope must be fixed. */
  private static void check(Vectors.Row row) {
    boolean known = RIGHT.contains(row.cell("right")) && !row.cell("why").isEmpty();
    if (!known || !CITATION.matcher(row.cell("citation")).matches()) {
      throw new IllegalStateException(
          "a row must say who is right, why, and by which section: " + row);
    }
    if (row.cell("other").equals(Disagreement.OTHER_FRAMES)) {
      throw new IllegalStateException("nothing explains other frames: " + row);
    }
  }

  private static FrameStream example(Vectors.Row row) {
    String deflate = row.cell("deflate");
    DeflateParameters agreed = deflate.isEmpty() ? null : DeflateText.read(deflate).parameters();
    Endpoint sender = Endpoint.valueOf(row.cell("sender").toUpperCase(Locale.ROOT));
    return new FrameStream(0, sender, agreed, LIMIT, List.of(Vectors.bytes(row.cell("example"))));
  }

  boolean explains(Disagreement found, FrameStream stream) {
    return found.library().equals(library)
        && (ours.contains("") || ours.contains(found.ours()))
        && found.theirs().equals(theirs)
        && found.reason().startsWith(reason)
        && condition.holds(stream, found.frames());
  }
}
