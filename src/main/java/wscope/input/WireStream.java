package wscope.input;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import wscope.input.find.FrameCheck;

/** What one endpoint sent: perhaps a head, then frames. It is passed on in whole units. */
final class WireStream {
  private static final String END_OF_HEAD = "\r\n\r\n";

  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private boolean mayBeHead = true;
  private FrameCheck check = new FrameCheck();

  /** Takes bytes, which stay as they are. */
  void add(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    pending.writeBytes(copy);
    if (!isHead()) {
      mayBeHead = false;
      check.feed(copy, 0, copy.length);
    }
  }

  /** Whether a head has begun and not ended. */
  private boolean isHead() {
    return mayBeHead && Scorer.startsHead(ByteBuffer.wrap(pending.toByteArray()));
  }

  /**
   * Takes the head or the frames that are whole.
   *
   * @param all whether to take the rest too
   */
  ByteBuffer take(boolean all) {
    byte[] bytes = pending.toByteArray();
    int count = bytes.length;
    if (!all && isHead()) {
      count = Math.max(0, endOfHead(bytes));
    } else if (!all) {
      count = check.wholeBytes();
    }
    mayBeHead &= count == 0;
    pending.reset();
    pending.write(bytes, count, bytes.length - count);
    check = FrameCheck.of(bytes, count, bytes.length);
    return ByteBuffer.wrap(bytes, 0, count);
  }

  private static int endOfHead(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int end = text.indexOf(END_OF_HEAD);
    return end < 0 ? -1 : end + END_OF_HEAD.length();
  }
}
