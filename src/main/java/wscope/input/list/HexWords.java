package wscope.input.list;

import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;
import wscope.input.find.FrameCheck;
import wscope.input.find.Lines;
import wscope.input.find.Piece;

/**
 * Reads pairs and groups of hex digits in brackets: {@code <Buffer 81 05 48>}, {@code <8105 4865>},
 * {@code [size=7 hex=81054865]} and <code>{length = 7, bytes = 0x81054865}</code>.
 */
final class HexWords {
  private static final List<String> NAMES = List.of("hex=", "data=", "bytes = 0x");
  private static final int LONGEST_NAME = 32;

  private final Lines lines;
  private final byte[] text;
  private final Consumer<Candidate> found;
  private final Continued continued;
  private final Octets octets = new Octets();
  private boolean even;

  HexWords(Lines lines, Consumer<Candidate> found, Continued continued) {
    this.lines = lines;
    this.text = lines.text();
    this.found = found;
    this.continued = continued;
  }

  /** Reads digits up to a closing angle bracket; returns where to go on. */
  int angle(int line, int at, int from) {
    int end = read(from, lines.end(line));
    boolean closed = end < lines.end(line) && text[end] == '>';
    boolean cut = Characters.ellipsis(text, end, lines.end(line)) > 0;
    String before = lines.string(Math.max(lines.start(line), at - 20), at);
    boolean marked = from > at + 1 || before.contains("Contents");
    int after = cut ? LeftOut.end(text, end, lines.end(line)) : end;
    if (cut && (marked || Characters.isAt(text, after, lines.end(line), ">"))) {
      leaveOut(line, from, end, marked);
    } else if (closed && even) {
      offer(line, from, end, marked);
    }
    return end;
  }

  /** Reads the digits after a name in brackets; returns where to go on, or -1. */
  int match(int line, int bracket) {
    int to = lines.end(line);
    boolean named =
        Characters.isAt(text, bracket + 1, to, "size=")
            || Characters.isAt(text, bracket + 1, to, "hex=")
            || Characters.isAt(text, bracket + 1, to, "length = ");
    if (!named) {
      return -1;
    }
    String beginning = lines.string(bracket, Math.min(to, bracket + LONGEST_NAME));
    for (String name : NAMES) {
      int at = beginning.indexOf(name);
      if (at > 0) {
        int from = bracket + at + name.length();
        int end = read(from, to);
        if (Characters.ellipsis(text, end, to) > 0) {
          leaveOut(line, from, end, true);
        } else if (even && end > from) {
          offer(line, from, end, true);
        }
        return Math.max(end, bracket + 1);
      }
    }
    return -1;
  }

  /** Reads groups of an even number of digits; returns the index after the last of them. */
  private int read(int from, int to) {
    octets.clear();
    even = true;
    int at = from;
    while (true) {
      int end = Characters.skipHex(text, at, to);
      if (end == at) {
        return at;
      }
      even &= (end - at) % 2 == 0;
      for (int i = at; i + 1 < end; i += 2) {
        octets.add(Characters.hex(text[i]) << 4 | Characters.hex(text[i + 1]));
      }
      at = end < to && text[end] == ' ' ? end + 1 : end;
    }
  }

  private void leaveOut(int line, int from, int to, boolean marked) {
    byte[] bytes = octets.copy();
    if (even && bytes.length > 1) {
      long count = LeftOut.count(text, to, lines.end(line));
      LeftOut.offer(candidate(line, from, to, bytes, marked), count, found);
    }
  }

  private void offer(int line, int from, int to, boolean marked) {
    byte[] bytes = octets.copy();
    boolean begins = FrameCheck.canBegin(bytes, 0, bytes.length);
    if (marked && bytes.length > 0 && (begins || continued.isOpen())) {
      continued.take(candidate(line, from, to, bytes, true), from);
    }
    if (bytes.length < 2 || (!begins && !marked)) {
      return;
    }
    if (!begins && !FrameCheck.of(bytes).isWhole() && !hasHighByte(bytes)) {
      return;
    }
    found.accept(candidate(line, from, to, bytes, marked));
  }

  private Candidate candidate(int line, int from, int to, byte[] bytes, boolean marked) {
    EnumSet<Evidence> evidence = EnumSet.of(Evidence.LIST);
    if (marked) {
      evidence.add(Evidence.MARKED);
    }
    if (Counts.agree(lines, line, from, line, to, bytes.length)) {
      evidence.add(Evidence.COUNTED);
    }
    evidence.addAll(Continued.endOfLine(lines, line, to));
    int end = to > from && text[to - 1] == ' ' ? to - 1 : to;
    List<Piece> pieces = List.of(new Piece(line, from, end, bytes, null));
    return new Candidate(Candidate.Kind.BYTES, "hex list", "hex", pieces, evidence);
  }

  private static boolean hasHighByte(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return true;
      }
    }
    return false;
  }
}
