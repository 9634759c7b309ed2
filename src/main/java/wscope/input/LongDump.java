package wscope.input;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;
import wscope.input.find.Lines;
import wscope.input.find.Piece;
import wscope.input.spelling.Guess;
import wscope.input.spelling.InvalidSpelling;
import wscope.input.spelling.SpelledBytes;
import wscope.input.spelling.Spelling;

/** A dump that fills its window, and which the reader of dumps reads in the same way. */
final class LongDump {
  private static final int MOST_LINES_BEFORE = 2;

  private LongDump() {}

  static boolean is(Selection selection, Lines lines) {
    if (selection.chosen().size() != 1) {
      return false;
    }
    Candidate dump = selection.chosen().get(0);
    boolean rows = dump.evidence().contains(Evidence.OFFSETS);
    if (!rows || !Scorer.goesOn(dump, lines) || dump.first().line() > MOST_LINES_BEFORE) {
      return false;
    }
    for (Piece piece : dump.pieces()) {
      if (piece.way() != null) {
        return false;
      }
    }
    Guess guess = SpelledBytes.recognise(lines.text(), lines.start(0), lines.to(), false);
    return guess != null && guess.spelling() == Spelling.DUMP && readsTheSame(dump, lines);
  }

  private static boolean readsTheSame(Candidate dump, Lines lines) {
    byte[] expected = dump.bytes();
    ByteBuffer bytes = ByteBuffer.allocate(expected.length);
    int count = lines.to() - lines.start(0);
    SpelledBytes spelled =
        new SpelledBytes(
            new ByteArrayInputStream(lines.text(), lines.start(0), count), Spelling.DUMP);
    try {
      boolean more = true;
      while (more && bytes.hasRemaining()) {
        more = spelled.read(bytes);
      }
    } catch (InvalidSpelling e) {
      return false;
    } catch (IOException e) {
      throw new AssertionError("memory can be read", e);
    }
    return Arrays.equals(expected, bytes.array());
  }
}
