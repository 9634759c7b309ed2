package wscope.input.dump;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;
import wscope.input.find.Lines;
import wscope.input.find.Piece;
import wscope.input.find.Way;

/**
 * Reads what {@code socat -x} prints: a line {@code > 2024/05/01 12:00:00.000123 length=11 from=0
 * to=10}, then rows of hex bytes without offsets, {@code 81 85 37 fa}, which are as many as the
 * line says.
 */
final class SocatRows {
  private static final String LENGTH = "length=";
  private static final int MOST_BYTES = 1 << 24;

  private final Lines lines;
  private final byte[] text;
  private final Consumer<Candidate> found;
  private final List<Piece> pieces = new ArrayList<>();
  private @Nullable Way way;
  private int missing;

  SocatRows(Lines lines, Consumer<Candidate> found) {
    this.lines = lines;
    this.text = lines.text();
    this.found = found;
  }

  void take(int line) {
    int start = lines.start(line);
    boolean arrow =
        lines.end(line) - start > 1
            && (text[start] == '>' || text[start] == '<')
            && text[start + 1] == ' ';
    if (arrow) {
      header(line);
    } else if (missing > 0) {
      row(line);
    }
  }

  private void header(int line) {
    pieces.clear();
    missing = 0;
    String header = lines.string(line).toLowerCase(Locale.ROOT);
    int at = header.indexOf(LENGTH);
    if (at < 0 || !header.contains(" from=")) {
      return;
    }
    long length = 0;
    for (int i = at + LENGTH.length(); i < header.length() && length < MOST_BYTES; i++) {
      int digit = Digits.isDecimal((byte) header.charAt(i)) ? header.charAt(i) - '0' : -1;
      if (digit < 0) {
        break;
      }
      length = 10 * length + digit;
    }
    way = text[lines.start(line)] == '>' ? Way.OUT : Way.IN;
    missing = (int) Math.min(length, MOST_BYTES);
  }

  private void row(int line) {
    int end = lines.end(line);
    int at = lines.start(line);
    int first = at + 1;
    int count = 0;
    byte[] bytes = new byte[(end - at) / 3];
    while (count < missing && end - at >= 3 && isByte(at, end)) {
      bytes[count++] = (byte) (Digits.hex(text[at + 1]) << 4 | Digits.hex(text[at + 2]));
      at += 3;
    }
    if (count == 0) {
      missing = 0;
      return;
    }
    pieces.add(new Piece(line, first, at, Arrays.copyOf(bytes, count), way));
    missing -= count;
    if (missing == 0) {
      EnumSet<Evidence> evidence = EnumSet.of(Evidence.COUNTED, Evidence.LABELLED);
      found.accept(new Candidate(Candidate.Kind.BYTES, "hex", "hex", pieces, evidence));
    }
  }

  private boolean isByte(int at, int end) {
    return text[at] == ' '
        && Digits.areHex(text, at + 1, at + 3)
        && (at + 3 == end || Digits.isBlank(text[at + 3]));
  }
}
