package wscope.input.list;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;
import wscope.input.find.FrameCheck;
import wscope.input.find.Lines;

/** Makes candidates of items: of each base in which they may be frames. */
final class ListCandidates {
  private static final int FEW = 4;

  private final Lines lines;

  ListCandidates(Lines lines) {
    this.lines = lines;
  }

  /**
   * The candidates that items are, the most likely one first.
   *
   * @param whole whether only whole frames count
   * @param given what the text around them says
   */
  List<Candidate> of(Items items, boolean whole, Set<Evidence> given) {
    List<Candidate> candidates = new ArrayList<>();
    if (items.count() < 2) {
      return candidates;
    }
    Candidate otherwise = null;
    for (int base : items.bases()) {
      byte[] bytes = items.inBase(base);
      if (bytes == null) {
        continue;
      }
      boolean may = FrameCheck.canBegin(bytes, 0, bytes.length);
      if (!may && !FrameCheck.mayEnd(bytes, 0, bytes.length) && !isKept(items, bytes)) {
        continue;
      }
      FrameCheck check = FrameCheck.of(bytes);
      boolean begins = check.isValidSoFar() && may;
      if (check.isValid()) {
        candidates.add(candidate(items, bytes, base, given));
      } else if (otherwise == null
          && !whole
          && (begins || isBroken(check, bytes) || isKept(items, bytes))) {
        otherwise = candidate(items, bytes, base, given);
      }
    }
    if (candidates.isEmpty() && otherwise != null) {
      candidates.add(otherwise);
    }
    return candidates;
  }

  /** Whether bytes are whole frames that break rules; numbers are so by chance too. */
  private static boolean isBroken(FrameCheck check, byte[] bytes) {
    return check.isWhole() && bytes[0] < 0;
  }

  /** Whether marked bytes are worth a candidate although no frame begins with them. */
  private static boolean isKept(Items items, byte[] bytes) {
    return items.isMarked() && hasHighByte(bytes);
  }

  private static boolean hasHighByte(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return true;
      }
    }
    return false;
  }

  private Candidate candidate(Items items, byte[] bytes, int base, Set<Evidence> given) {
    EnumSet<Evidence> evidence = EnumSet.noneOf(Evidence.class);
    evidence.addAll(given);
    if (items.isMarked()) {
      evidence.add(Evidence.MARKED);
    } else if (bytes.length < FEW || !hasHighByte(bytes)) {
      evidence.add(Evidence.NUMBERS);
    }
    int line = items.firstLine();
    int last = items.lastLine();
    boolean numbers = evidence.contains(Evidence.NUMBERS);
    if (!numbers
        && Counts.agree(lines, line, items.firstStart(), last, items.lastEnd(), bytes.length)) {
      evidence.add(Evidence.COUNTED);
    }
    evidence.addAll(Continued.endOfLine(lines, last, items.lastEnd()));
    String name =
        base == 16 || !items.hasNumbers()
            ? "hex"
            : base == 10 ? "decimal" : base == 8 ? "octal" : "bits";
    return new Candidate(
        Candidate.Kind.BYTES,
        name + " list",
        name.equals("octal") ? "" : name,
        items.pieces(bytes),
        evidence);
  }
}
