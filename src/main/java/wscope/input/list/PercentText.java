package wscope.input.list;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;
import wscope.input.find.FrameCheck;
import wscope.input.find.Lines;
import wscope.input.find.Piece;

/** Reads percent-encoded bytes, as in a URL: {@code payload=%81%05Hello}. */
final class PercentText {
  private static final String UNRESERVED = "-_.~!*'()/+";

  private final Lines lines;
  private final Consumer<Candidate> found;
  private final Octets octets = new Octets();
  private int escapes;
  private boolean high;

  PercentText(Lines lines, Consumer<Candidate> found) {
    this.lines = lines;
    this.found = found;
  }

  /** Reads the text that begins with a percent sign; returns where to go on. */
  int match(int line, int from) {
    byte[] text = lines.text();
    int to = lines.end(line);
    octets.clear();
    escapes = 0;
    high = false;
    int at = read(text, from, to, 2);
    if (octets.count() < 2 || !FrameCheck.canBegin(octets.array(), 0, octets.count())) {
      return from + 1;
    }
    at = read(text, at, to, Integer.MAX_VALUE);
    byte[] bytes = octets.copy();
    byte[] characters = characters(bytes);
    if (characters != null && !FrameCheck.of(bytes).isValid()) {
      bytes = characters;
    }
    if (escapes < 2 || (!high && !FrameCheck.of(bytes).isValid())) {
      return at;
    }
    EnumSet<Evidence> evidence = EnumSet.of(Evidence.MARKED);
    evidence.addAll(Continued.endOfLine(lines, line, at));
    List<Piece> pieces = List.of(new Piece(line, from, at, bytes, null));
    found.accept(new Candidate(Candidate.Kind.BYTES, "percent-encoded", "", pieces, evidence));
    return at;
  }

  private int read(byte[] text, int from, int to, int most) {
    int at = from;
    for (int i = 0; i < most && at < to; i++) {
      byte c = text[at];
      if (c == '%') {
        if (Characters.skipHex(text, at + 1, Math.min(to, at + 3)) < at + 3) {
          break;
        }
        octets.add(Characters.hex(text[at + 1]) << 4 | Characters.hex(text[at + 2]));
        high |= Characters.hex(text[at + 1]) >= 8;
        escapes++;
        at += 3;
      } else if (Characters.isAlphanumeric(c) || UNRESERVED.indexOf(c) >= 0) {
        octets.add(c == '+' ? ' ' : c);
        at++;
      } else {
        break;
      }
    }
    return at;
  }

  /** The bytes that were encoded as characters, one each; null if they were not. */
  private static byte @Nullable [] characters(byte[] bytes) {
    String decoded = new String(bytes, StandardCharsets.UTF_8);
    byte[] single = decoded.getBytes(StandardCharsets.ISO_8859_1);
    boolean lossless = new String(single, StandardCharsets.ISO_8859_1).equals(decoded);
    return lossless && single.length < bytes.length && FrameCheck.of(single).isValid()
        ? single
        : null;
  }
}
