package wscope.input.spelling;

import java.nio.charset.StandardCharsets;

/**
 * Dumps: each row has an offset, bytes in hex, and perhaps the same bytes as characters. A {@code
 * *} line repeats the row above up to the next offset. Lines without an offset are skipped, and so
 * are the TLS records in the trace of curl.
 */
final class DumpReader extends SpellingReader {
  private static final int LINE_START = 64;

  /** All lines with {@code *} may stand for so many bytes. */
  private static final int MOST_REPEATED = 16 << 20;

  private enum State {
    OFFSET,
    /** After an offset, in the byte column. */
    BYTES,
    /** After the bytes, in the spaces. */
    GAP,
    /** Skipping the rest of the line. */
    REST,
  }

  private final DumpOffset address = new DumpOffset();
  private final DumpRow row = new DumpRow();
  private final byte[] line = new byte[LINE_START];
  private int lineLength;
  private State state = State.OFFSET;
  private boolean addressed;
  private long repetitions;
  private long repeated;
  private boolean rowOpen;
  private long rows;
  private boolean starred;
  private long starOffset;
  private boolean fits;
  private boolean certain;
  private boolean announced;
  private boolean inTls;

  DumpReader(Octets out) {
    super(out);
  }

  @Override
  int read(byte[] text, int from, int to, long offset) throws SpellingError {
    int at = from;
    while (!isFull() && (repetitions > 0 || at < to)) {
      if (repetitions > 0) {
        row.write(out);
        repetitions--;
      } else {
        take(text[at], offset + at - from);
        at++;
      }
    }
    return at;
  }

  @Override
  boolean hasMore() {
    return repetitions > 0;
  }

  private void take(byte c, long offset) throws SpellingError {
    if (lineLength < LINE_START) {
      line[lineLength++] = c;
    }
    if (c == '\n') {
      endLine(offset);
      return;
    }
    switch (state) {
      case OFFSET -> address(c, offset);
      case BYTES -> bytes(c, offset);
      case GAP -> gap(c);
      case REST -> {}
      default -> throw new AssertionError(state);
    }
  }

  private void address(byte c, long offset) throws SpellingError {
    if (address.take(c)) {
      return;
    }
    state = State.REST;
    addressed = address.endsBefore(c);
    if (addressed && !inTls) {
      startRow(offset);
      state = State.BYTES;
    }
  }

  /** Keeps the row above until its repetitions are written. */
  private void startRow(long offset) throws SpellingError {
    boolean follows = rows > 0 && !starred && address.follows(row.count());
    if (starred) {
      repetitions = row.count() == 0 ? 0 : address.repetitions(row.count());
      if (repetitions < 0) {
        repetitions = 0;
        throw new SpellingError(
            "an offset that does not fit the rows repeated by *",
            "remove the * line, or correct the offset",
            offset - 1);
      }
      limitRepetitions(offset);
      follows = true;
    }
    address.keep();
    starred = false;
    rowOpen = false;
    boolean colon = address.hasColon();
    boolean octal = address.isOctalLike();
    boolean zero = address.isZero();
    fits |= colon || octal || zero || follows;
    certain |= octal || (colon && (zero || address.isPrefixed()));
  }

  /** A few characters must not stand for bytes without end. */
  private void limitRepetitions(long offset) throws SpellingError {
    long left = MOST_REPEATED - repeated;
    if (repetitions > left / Math.max(1, row.count())) {
      repetitions = 0;
      throw new SpellingError(
          "an offset after a * that repeats rows for more than 16 MiB",
          "correct the offset, or give the bytes as they are",
          offset - 1);
    }
    repeated += repetitions * row.count();
  }

  private void bytes(byte c, long offset) throws SpellingError {
    if (!rowOpen) {
      if (Characters.isBlank(c)) {
        return;
      }
      if (Characters.hexValue(c) < 0) {
        state = State.REST;
        return;
      }
      row.start(address.column());
      rowOpen = true;
    }
    if (!row.take(c, offset)) {
      state = State.GAP;
      endRow(offset);
      if (Characters.hexValue(c) < 0) {
        gap(c);
      }
    }
  }

  /** A bar before the characters is the mark of hexdump -C. */
  private void gap(byte c) {
    if (!Characters.isBlank(c)) {
      certain |= c == '|';
      fits |= c == '|';
      state = State.REST;
    }
  }

  private void endRow(long offset) throws SpellingError {
    row.end(rows == 0, offset);
    row.write(out);
    rows++;
    rowOpen = false;
  }

  private void endLine(long offset) throws SpellingError {
    if (state == State.OFFSET && address.endsBefore((byte) '\n') && !inTls) {
      startRow(offset);
    } else if (state == State.BYTES && rowOpen) {
      endRow(offset);
    } else if (line[0] == '*' && lineLength <= 3) {
      starred = rows > 0;
      starOffset = offset - lineLength + 1;
    } else if (state == State.REST && !addressed) {
      traceLine();
    }
    address.reset();
    addressed = false;
    lineLength = 0;
    state = State.OFFSET;
  }

  /** The lines of curl --trace between its dumps. */
  private void traceLine() {
    String words = new String(line, 0, lineLength, StandardCharsets.ISO_8859_1);
    boolean sent = words.contains("=> Send ");
    boolean received = words.contains("<= Recv ");
    announced |= sent || received || words.contains("== Info: ");
    if (sent || received) {
      inTls = words.contains(" SSL data");
    }
  }

  @Override
  void end(long offset) throws SpellingError {
    if (state == State.BYTES && rowOpen) {
      endRow(offset);
    } else if (state == State.OFFSET && address.endsBefore((byte) '\n') && !inTls) {
      startRow(offset);
    }
    if (starred) {
      throw new SpellingError(
          "no offset follows the * line",
          "add the next row: its offset shows how often the row above repeats",
          starOffset);
    }
  }

  /** Whether a row has an offset that cannot be bytes, or is unlikely to be. */
  @Override
  boolean fits() {
    return fits;
  }

  @Override
  boolean isCertain() {
    return certain;
  }

  @Override
  boolean isAnnounced() {
    return announced;
  }
}
