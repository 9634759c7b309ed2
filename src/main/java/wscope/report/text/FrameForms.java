package wscope.report.text;

import org.jspecify.annotations.Nullable;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.LengthForm;
import wscope.protocol.rule.Endpoint;
import wscope.report.FrameEntry;

/**
 * The lines of frames from their first line to those of the second byte. Frames with the same first
 * two bytes differ only in their numbers, so their lines are copied. That takes a fraction of the
 * time to format them, most of all before the JVM has optimised the code.
 */
final class FrameForms {
  private static final int VALUES = 256;

  private final Screen screen;

  /** The numbers of the current frame, in the order of its lines. */
  private final long[] numbers = new long[6];

  /** The last form for each second byte; null before the first. */
  private @Nullable Known @Nullable [] known;

  private boolean recording;

  private record Known(int byte0, Endpoint sender, Form form) {}

  FrameForms(Screen screen) {
    this.screen = screen;
  }

  /**
   * Shows the lines of a frame if those of a similar one are known. If they are not, the caller
   * shows them, and calls {@link #end} then.
   *
   * @param plain whether the lines depend only on the first two bytes and on the numbers
   */
  boolean show(FrameEntry frame, boolean plain) {
    FrameHeader header = frame.header();
    recording =
        plain && header.lengthForm() == LengthForm.BITS_7 && !frame.hasCrossed() && screen.isBare();
    if (!recording) {
      return false;
    }
    numbers[0] = header.number();
    numbers[1] = header.payloadLength();
    numbers[2] = header.offset();
    numbers[3] = header.payloadOffset() + header.payloadLength() - 1;
    numbers[4] = header.offset();
    numbers[5] = header.offset() + 1;
    Known similar = known == null ? null : known[header.byte1()];
    if (similar != null
        && similar.byte0 == header.byte0()
        && similar.sender == frame.sender()
        && similar.form.fits(numbers)) {
      screen.fill(similar.form, numbers);
      return true;
    }
    screen.beginForm(numbers.length);
    return false;
  }

  /** Keeps the lines that the caller has shown since {@link #show}. */
  void end(FrameEntry frame) {
    if (!recording) {
      return;
    }
    Form form = screen.endForm();
    if (form == null) {
      return;
    }
    if (known == null) {
      known = new Known[VALUES];
    }
    known[frame.header().byte1()] = new Known(frame.header().byte0(), frame.sender(), form);
  }
}
