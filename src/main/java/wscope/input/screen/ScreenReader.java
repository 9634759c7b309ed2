package wscope.input.screen;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.input.find.Evidence;
import wscope.input.find.Lines;
import wscope.input.find.Piece;
import wscope.protocol.frame.FrameHeader;

/**
 * Reads the screens of {@code decode} and {@code serve}, with bits or with a line for each frame.
 * Frames of several connections may alternate, row by row.
 */
final class ScreenReader {
  private static final String FORM = "wscope screen";

  /** More frames at once are hardly on one screen. */
  private static final int MOST_OPEN = 16;

  /** A narrow terminal wraps a line. */
  private static final int MOST_WRAPPED = 2;

  private static final List<String> INCOMPLETE =
      List.of("\u00e2\u009c\u0097 incomplete", "x incomplete");
  private static final List<String> SUMMARIES = List.of("message ", "close  ", "cause  ");
  private static final String DETAIL = "      ";
  private static final List<String> JSON = List.of(DETAIL + "{", DETAIL + "[");
  private static final int NOTE_MARGIN = 12;
  private static final List<String> VIOLATIONS = List.of("  \u00e2\u009c\u0097 ", "  x ", "  ! ");

  private final Lines lines;
  private final Streams streams;
  private final List<BitsFrame> open = new ArrayList<>();

  /** The last frame line, if it shows no payload, and what stands before it. */
  private @Nullable Prefix heading;

  private int headingLine;

  /** The last of the lines into which the last frame line is wrapped. */
  private int wrapped = -1;

  /** A Close frame whose body is shown by the next line. */
  private @Nullable FrameLine close;

  private int closeLine;

  /** What stands before the lines of the last frame. */
  private @Nullable Prefix last;

  /** Whether the last line was about a violation or inside JSON, and more lines may follow. */
  private boolean inDetail;

  /** Whether the last line showed a message, which may follow once more as JSON. */
  private boolean afterMessage;

  ScreenReader(Lines lines, Streams streams) {
    this.lines = lines;
    this.streams = streams;
  }

  /** Whether lines without a mark are of interest. */
  boolean isActive() {
    return last != null || close != null || !open.isEmpty();
  }

  /** Reads the line that begins a frame. */
  void frameLine(int line, int at) {
    Prefix prefix = Prefix.of(lines, line, at);
    int end = prefix == null ? line : WrappedLine.last(lines, line, prefix);
    FrameLine read = prefix == null ? null : FrameLine.of(lines, line, at, end, prefix);
    if (read == null || prefix == null) {
      other(line);
      return;
    }
    supersede(line);
    loseHeading();
    last = prefix;
    heading = prefix;
    headingLine = line;
    wrapped = end;
    byte[] payload = read.payload();
    if (payload != null) {
      add(read, payload, line, end);
    } else if (read.isShownByNext()) {
      close = read;
      closeLine = line;
    }
  }

  private void add(FrameLine read, byte[] payload, int line, int end) {
    Prefix prefix = last;
    if (prefix == null) {
      return;
    }
    FrameHeader header = read.header();
    // What is compressed depends on the frames before it.
    if (header.rsv1()
        && !streams.isNext(prefix.connection(), header, prefix.way(), read.offset())) {
      streams.claim(end > line ? Covers.of(lines, end, lines.start(end), prefix.way()) : null);
      return;
    }
    byte[] bytes = Wire.frame(header, payload);
    int from = prefix.match(lines, line);
    List<Piece> pieces = new ArrayList<>();
    int before = prefix.start(lines, line, from);
    pieces.add(new Piece(line, before, lines.end(line), bytes, prefix.way()));
    for (int next = line + 1; next <= end; next++) {
      int at = prefix.match(lines, next);
      int start = at < 0 ? at : prefix.start(lines, next, at);
      Piece cover = start < 0 ? null : Covers.of(lines, next, start, prefix.way());
      if (cover != null) {
        pieces.add(cover);
      }
    }
    streams.add(prefix.connection(), FORM, header, read.offset(), bytes.length, pieces);
    heading = null;
    inDetail = false;
    afterMessage = true;
  }

  /** Reads a row that shows FIN. */
  void firstRow(int line, int fin) {
    BitsFrame frame = BitsFrame.of(lines, line, fin);
    if (frame == null) {
      other(line);
      return;
    }
    supersede(line);
    Prefix before = heading;
    if (before != null
        && line - headingLine <= MOST_WRAPPED
        && before.match(lines, headingLine) >= 0
        && before.match(lines, line) >= 0) {
      frame.cover(lines, headingLine, before.match(lines, headingLine));
      heading = null;
    }
    loseHeading();
    last = frame.prefix();
    interrupt(frame);
    if (open.size() == MOST_OPEN) {
      lose(open.remove(0));
    }
    open.add(frame);
  }

  /** Reads any other line. */
  void other(int line) {
    if (line <= wrapped || isCloseBody(line)) {
      return;
    }
    for (int i = open.size() - 1; i >= 0; i--) {
      BitsFrame frame = open.get(i);
      int at = frame.prefix().match(lines, line);
      if (at >= 0) {
        take(frame, line, at);
        return;
      }
    }
    Prefix before = last;
    int at = before == null ? -1 : before.match(lines, line);
    if (before == null || at < 0 || !isAbout(line, at)) {
      last = null;
    } else {
      int from = before.start(lines, line, at);
      streams.cover(before.connection(), Covers.of(lines, line, from, before.way()));
    }
  }

  /** Whether a line, from an index on, is about a frame before it. */
  private boolean isAbout(int line, int at) {
    boolean violation = isAt(line, at, VIOLATIONS);
    boolean summary = isAt(line, at, SUMMARIES);
    boolean detail = inDetail && isAt(line, at, List.of(DETAIL));
    // The JSON of a message has the same margin as a violation.
    boolean json = afterMessage && isAt(line, at, JSON);
    afterMessage = summary;
    inDetail = violation || detail || json;
    return inDetail || summary || isAt(line, at, INCOMPLETE) || isNote(line, at);
  }

  /** Whether this is the row of a length of zero, or says how a message was compressed. */
  private boolean isNote(int line, int at) {
    Cursor cursor = new Cursor(lines.text(), at, lines.end(line));
    if (cursor.spaces() < NOTE_MARGIN) {
      return false;
    }
    if (cursor.number() >= 0) {
      cursor.skip(" % of its size, ");
    }
    return cursor.isAt("window ") || cursor.isAt(".000 0000  payload length  0");
  }

  private boolean isAt(int line, int at, List<String> starts) {
    for (String start : starts) {
      if (Cursor.isAt(lines.text(), at, lines.end(line), start)) {
        return true;
      }
    }
    return false;
  }

  private boolean isCloseBody(int line) {
    FrameLine frame = close;
    Prefix prefix = last;
    int at = frame == null || prefix == null ? -1 : prefix.match(lines, line);
    if (frame == null || prefix == null || at < 0) {
      return false;
    }
    if (isAt(line, at, List.of("  "))) {
      streams.claim(Covers.of(lines, line, at, prefix.way()));
      return true;
    }
    byte[] body = FrameLine.closeBody(lines, line, at);
    if (body != null && body.length == frame.header().payloadLength()) {
      add(frame, body, closeLine, line);
    }
    close = null;
    return body != null;
  }

  private void take(BitsFrame frame, int line, int at) {
    boolean incomplete = false;
    if (frame.take(lines, line, at)) {
      interrupt(frame);
    } else if (isAt(line, at, INCOMPLETE)) {
      frame.cover(lines, line, at);
      incomplete = frame.isWholePart() || frame.isHeaderPart();
      open.remove(frame);
      if (!incomplete) {
        lose(frame);
      }
    } else {
      frame.pass(lines, line, at);
    }
    last = frame.prefix();
    if (incomplete || frame.isComplete()) {
      add(frame);
    }
  }

  private void interrupt(BitsFrame frame) {
    for (BitsFrame other : open) {
      if (other != frame) {
        other.interrupt();
      }
    }
  }

  private void add(BitsFrame frame) {
    open.remove(frame);
    String connection = frame.prefix().connection();
    streams.add(
        connection, FORM, frame.header(), frame.offset(), frame.bytes().length, frame.pieces());
    streams.add(connection, Evidence.OFFSETS);
  }

  /** A new frame begins: one with the same prefix received before must be complete. */
  private void supersede(int line) {
    close = null;
    for (int i = open.size() - 1; i >= 0; i--) {
      BitsFrame frame = open.get(i);
      if (frame.prefix().match(lines, line) >= 0) {
        open.remove(i);
        if (frame.hasAllBytes()) {
          add(frame);
        } else {
          lose(frame);
        }
      }
    }
  }

  /** The last frame line was all that was shown of its frame. */
  private void loseHeading() {
    Prefix prefix = heading;
    heading = null;
    if (prefix != null) {
      streams.lose(prefix.connection(), prefix.way());
      int from = prefix.match(lines, headingLine);
      streams.claim(Covers.of(lines, headingLine, from, prefix.way()));
    }
  }

  private void lose(BitsFrame frame) {
    streams.lose(frame.prefix().connection(), frame.prefix().way());
    frame.pieces().forEach(piece -> streams.claim(Covers.of(piece)));
  }

  /** Ends the lines: a frame may go on in those that follow. */
  void end() {
    while (!open.isEmpty()) {
      BitsFrame frame = open.remove(open.size() - 1);
      if (lines.isEnd() && frame.isWholePart()) {
        add(frame);
      } else {
        lose(frame);
      }
    }
    loseHeading();
  }
}
