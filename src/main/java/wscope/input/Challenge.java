package wscope.input;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import wscope.input.find.Candidate;
import wscope.input.find.Lines;

/** The eight bytes after the head of a request of hixie-76, which may be any bytes. */
final class Challenge {
  private Challenge() {}

  /** The index in the text where they begin; -1 if no such request is the last find. */
  static int start(Selection selection, Lines lines) {
    if (selection.chosen().isEmpty()) {
      return -1;
    }
    Candidate last = selection.chosen().get(selection.chosen().size() - 1);
    int empty = last.last().line() + 1;
    boolean ended = empty + 1 < lines.count() && lines.isEmpty(empty);
    return ended && isAwaitedAfter(last) ? lines.start(empty + 1) : -1;
  }

  /** Whether the challenge follows a find. */
  static boolean isAwaitedAfter(Candidate find) {
    if (find.kind() != Candidate.Kind.REQUEST) {
      return false;
    }
    String head = new String(find.bytes(), StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    return head.contains("\nsec-websocket-key1:") && head.contains("\nsec-websocket-key2:");
  }
}
