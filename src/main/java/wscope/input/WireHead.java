package wscope.input;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import wscope.input.find.Candidate;
import wscope.input.find.Lines;

/**
 * A head as it was on the wire, with CRLF after its first line. If it has violations, it is read as
 * it stands, so that they can be seen.
 */
final class WireHead {
  private WireHead() {}

  /** The index after the empty line of the head that begins at an index; -1 if there is none. */
  static int end(byte[] text, int from, int to) {
    if (!Scorer.startsHead(ByteBuffer.wrap(text, from, to - from))) {
      return -1;
    }
    int lineStart = from;
    for (int i = from; i < to; i++) {
      if (text[i] == '\n') {
        boolean crlf = i > lineStart && text[i - 1] == '\r';
        if (lineStart == from && !crlf) {
          return -1;
        }
        if (i == lineStart || (crlf && i == lineStart + 1)) {
          return i + 1;
        }
        lineStart = i + 1;
        if (isStart(text, lineStart, to)) {
          return -1;
        }
      }
    }
    return -1;
  }

  /**
   * Whether a head begins at an index and has not ended: all its lines end with CRLF, and none of
   * them is empty. What looks like its end may be a line with a violation.
   */
  static boolean isOpen(byte[] text, int from, int to) {
    if (!Scorer.startsHead(ByteBuffer.wrap(text, from, to - from))) {
      return false;
    }
    int lineStart = from;
    for (int i = from; i < to; i++) {
      if (text[i] == '\n') {
        if (i < lineStart + 2 || text[i - 1] != '\r' || isStart(text, i + 1, to)) {
          return false;
        }
        lineStart = i + 1;
      }
    }
    return true;
  }

  private static boolean isStart(byte[] text, int from, int to) {
    int length = Math.min(7, to - from);
    String start = new String(text, from, length, StandardCharsets.ISO_8859_1);
    return start.startsWith("GET ") || start.equals("HTTP/1.");
  }

  /** Whether a matcher found the same head. */
  static boolean isFound(Selection selection, Lines lines, int end) {
    byte[] head = Arrays.copyOfRange(lines.text(), lines.start(0), end);
    for (Candidate candidate : selection.chosen()) {
      if (Arrays.equals(head, candidate.bytes())) {
        return true;
      }
    }
    return false;
  }
}
