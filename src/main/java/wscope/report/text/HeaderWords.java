package wscope.report.text;

import java.util.concurrent.atomic.AtomicReferenceArray;
import wscope.protocol.frame.FrameHeader;

/**
 * Words that depend only on the first byte of a header and on its MASK bit, encoded once for each.
 */
abstract class HeaderWords {
  private static final int BYTES = 256;

  private final AtomicReferenceArray<byte[]> encoded = new AtomicReferenceArray<>(2 * BYTES);

  /** The words for a header, all of them ASCII. */
  abstract String words(FrameHeader header);

  /** The encoded words for a header. */
  byte[] of(FrameHeader header) {
    int place = header.byte0() + (header.masked() ? BYTES : 0);
    byte[] known = encoded.get(place);
    if (known == null) {
      known = Screen.encoded(words(header));
      encoded.set(place, known);
    }
    return known;
  }
}
