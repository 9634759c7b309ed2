package wscope.input.head;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import wscope.input.find.Candidate;
import wscope.input.find.Candidate.Kind;
import wscope.input.find.Evidence;
import wscope.input.find.Lines;
import wscope.input.find.Piece;

/** What the matcher finds in a text. */
final class FoundHeads {
  private final byte[] text;
  private final List<Candidate> candidates = new ArrayList<>();

  private FoundHeads(String text, boolean last) {
    this.text = text.getBytes(StandardCharsets.UTF_8);
    Lines lines = new Lines(this.text, 0, this.text.length, 1, last);
    new HeadMatcher().match(lines, candidates::add);
  }

  /** Searches a whole text. */
  static FoundHeads in(String text) {
    return new FoundHeads(text, true);
  }

  /** Searches the beginning of a text. */
  static FoundHeads inWindow(String text) {
    return new FoundHeads(text, false);
  }

  List<Candidate> candidates() {
    return candidates;
  }

  /** The lines of each head, without the line ends that each of them must have. */
  List<String> heads() {
    return candidates.stream().filter(each -> each.kind() != Kind.BYTES).map(this::head).toList();
  }

  private String head(Candidate candidate) {
    String bytes = string(candidate.bytes());
    assertTrue(bytes.endsWith("\r\n\r\n"), bytes);
    return candidate.kind() + " " + bytes.substring(0, bytes.length() - 4).replace("\r\n", " | ");
  }

  /** The characters that each piece of a candidate stands for, with the numbers of their lines. */
  List<String> places(int candidate) {
    return candidates.get(candidate).pieces().stream()
        .map(piece -> piece.line() + 1 + " " + place(piece))
        .toList();
  }

  private String place(Piece piece) {
    return new String(text, piece.from(), piece.to() - piece.from(), StandardCharsets.UTF_8);
  }

  /** Who sent each head: OUT, IN, CLIENT, SERVER or null. */
  String ways() {
    return candidates.stream()
        .map(each -> String.valueOf(each.first().way()))
        .collect(Collectors.joining(" "));
  }

  boolean has(int candidate, Evidence evidence) {
    return candidates.get(candidate).evidence().contains(evidence);
  }

  static String string(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
