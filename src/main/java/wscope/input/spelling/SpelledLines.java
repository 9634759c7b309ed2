package wscope.input.spelling;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines that are nothing but bytes in hex, decimal or bits, up to the first line that is not.
 * A line is read as a whole, except one of more than {@value #PIECE} characters.
 */
public final class SpelledLines {
  /** The text that is read at once. Its bytes fit into {@link Octets}. */
  static final int PIECE = 8 << 10;

  private final Spelling spelling;
  private final Octets decoded = new Octets();
  private WordReader reader;
  private long lineEnds;
  private boolean inLine;
  private boolean hasWords;
  private @Nullable SpellingError error;

  /**
   * @param spelling {@link Spelling#HEX}, {@link Spelling#DECIMAL} or {@link Spelling#BITS}
   */
  public SpelledLines(Spelling spelling) {
    this.spelling = spelling;
    reader = reader();
  }

  private WordReader reader() {
    return switch (spelling) {
      case HEX -> new HexReader(decoded);
      case DECIMAL -> new DecimalReader(decoded);
      case BITS -> new BitReader(decoded);
      default -> throw new IllegalArgumentException(spelling.toString());
    };
  }

  /** The spelling of the lines. */
  public Spelling spelling() {
    return spelling;
  }

  /**
   * Reads as much as it can at once. If that is nothing although there is a whole line, the line is
   * something else: see {@link #hasWords} and {@link #error}.
   *
   * @param to the end of the text that has arrived
   * @param last whether the whole text ends there
   * @param out receives the bytes; it has room for {@value #PIECE}
   * @return the index after what was read; {@code from} if more text is needed, or if the line is
   *     not in this spelling
   */
  public int read(byte[] text, int from, int to, boolean last, ByteBuffer out) {
    error = null;
    hasWords = false;
    lineEnds = 0;
    int limit = Math.min(to, from + PIECE);
    int end = lineEnd(text, from, limit);
    if (end < 0) {
      if (limit < from + PIECE && !(last && limit == to)) {
        return from;
      }
      end = limit;
    }
    boolean ended = last && end == to;
    if (tryRead(text, from, end, ended)) {
      inLine = end > from ? text[end - 1] != '\n' : inLine;
      decoded.moveTo(out);
      return end;
    }
    return inLine ? from : readLines(text, from, end, ended, out);
  }

  /** How many line ends were read last. */
  public long lineEnds() {
    return lineEnds;
  }

  /** Whether the line that follows was not read because it has words. */
  public boolean hasWords() {
    return hasWords;
  }

  /**
   * Why the line that follows was not read; null if more text is needed.
   *
   * @param before the number of characters before {@code from} in its line
   */
  public @Nullable InvalidSpelling error(byte[] text, int from, int to, long line, long before) {
    SpellingError found = error;
    return found == null ? null : Excerpts.locate(found, spelling, text, from, to, line, before);
  }

  /** The index after the last line end, or -1. */
  private static int lineEnd(byte[] text, int from, int to) {
    for (int i = to - 1; i >= from; i--) {
      if (text[i] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  private int readLines(byte[] text, int from, int to, boolean last, ByteBuffer out) {
    int at = from;
    while (at < to) {
      int end = at;
      while (end < to && text[end] != '\n') {
        end++;
      }
      end = Math.min(to, end + 1);
      if (!tryRead(text, at, end, last && end == to)) {
        break;
      }
      decoded.moveTo(out);
      at = end;
    }
    return at;
  }

  /** Reads a piece wholly, or drops it and begins again. */
  private boolean tryRead(byte[] text, int from, int to, boolean last) {
    long before = reader.lineEnds();
    try {
      int read = reader.read(text, from, to, from);
      if (last) {
        reader.end(to);
      }
      if (!reader.hasWords()) {
        lineEnds += reader.lineEnds() - before;
        return read == to;
      }
      hasWords = true;
    } catch (SpellingError e) {
      error = e;
    }
    decoded.clear();
    reader = reader();
    return false;
  }
}
