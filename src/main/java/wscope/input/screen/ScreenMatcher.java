package wscope.input.screen;

import java.util.function.Consumer;
import wscope.input.find.Candidate;
import wscope.input.find.Lines;
import wscope.input.find.Marks;
import wscope.input.find.Matcher;

/**
 * Finds what wscope printed: the bits of frames, the lines of frames whose payload is shown whole,
 * and JSON events.
 *
 * <pre>
 * #2 &gt;     0  89           1... ....  FIN             1
 * </pre>
 *
 * A frame is found only if each of its bytes follows from the text: not if a preview cut its
 * payload, and not if a line for a whole frame does not show its masking key, and not if it may go
 * on after the last line. What wscope printed of such frames is a candidate without bytes, so that
 * nothing else is found there.
 */
public final class ScreenMatcher implements Matcher {
  /** The first characters of what wscope prints. */
  private static final boolean[] MARKS = new boolean[256];

  static {
    MARKS['{'] = true;
    MARKS['F'] = true;
    MARKS['f'] = true;
  }

  /** Creates a matcher. It keeps nothing from one text to another. */
  public ScreenMatcher() {}

  @Override
  public void match(Lines lines, Consumer<Candidate> found) {
    Streams streams = new Streams(lines.count() > 0 && lines.number(0) == 1, found);
    ScreenReader screen = new ScreenReader(lines, streams);
    EventReader events = new EventReader(lines, streams, found);
    byte[] text = lines.text();
    for (int line = new LostRows(lines, streams).skip(); line < lines.count(); line++) {
      int end = lines.end(line);
      int at = lines.lacks(line, Marks.Mark.SCREEN) ? end : mark(text, lines.start(line), end);
      if (at == end) {
        lines.setLacks(line, Marks.Mark.SCREEN);
        if (screen.isActive()) {
          screen.other(line);
        }
        if (!streams.isEmpty() && hasVersion(text, lines.start(line), end)) {
          streams.flush();
        }
      } else if (text[at] == 'F') {
        screen.firstRow(line, at);
      } else if (text[at] == 'f') {
        screen.frameLine(line, at);
      } else {
        while (at < end) {
          at = JsonEvent.begins(text, at, end) ? events.read(line, at) : at + 1;
        }
      }
    }
    screen.end();
    streams.flush();
  }

  /**
   * The index of the first mark of what wscope prints in a part of a line; its end if none is
   * there.
   */
  private static int mark(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (MARKS[text[i] & 0xff] && isMark(text, i, from, to)) {
        return i;
      }
    }
    return to;
  }

  private static boolean isMark(byte[] text, int at, int from, int to) {
    return switch (text[at]) {
      case '{' -> JsonEvent.begins(text, at, to);
      case 'F' -> BitsFrame.begins(text, at, from, to);
      default -> (at == from || text[at - 1] == ' ') && FrameLine.begins(text, at, to);
    };
  }

  /** Whether a line may be the start line of a head. */
  private static boolean hasVersion(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] == 'H' && Cursor.isAt(text, i, to, "HTTP/1.")) {
        return true;
      }
    }
    return false;
  }
}
