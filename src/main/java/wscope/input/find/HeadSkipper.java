package wscope.input.find;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Passes over the heads of a request and of a response at the start of a stream. */
final class HeadSkipper {
  private static final byte[] REQUEST = "GET ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] RESPONSE = "HTTP/1.".getBytes(StandardCharsets.US_ASCII);
  private static final int MOST_HEADS = 2;

  private int heads;
  private boolean inHead;
  private boolean done;
  private int lineEnds;
  private long length;

  /** Whether bytes may be the start of a head, by the first two. */
  static boolean canBegin(byte[] bytes, int from, int to) {
    return to - from > 1
        && ((bytes[from] == 'G' && bytes[from + 1] == 'E')
            || (bytes[from] == 'H' && bytes[from + 1] == 'T'));
  }

  /** Whether there is a head: four characters of it do not come by chance. */
  boolean hasHead() {
    return length >= REQUEST.length;
  }

  /** The bytes of all heads. */
  long length() {
    return length;
  }

  /**
   * Takes the bytes of a head.
   *
   * @return whether bytes were taken; otherwise frames begin here
   */
  boolean feed(ByteBuffer in) {
    if (done) {
      return false;
    }
    if (!inHead && (heads == MOST_HEADS || !(starts(in, REQUEST) || starts(in, RESPONSE)))) {
      done = true;
      return false;
    }
    heads += inHead ? 0 : 1;
    inHead = true;
    while (in.hasRemaining() && inHead) {
      byte c = in.get();
      length++;
      // An empty line: LF, perhaps CR, LF.
      lineEnds = c == '\n' ? lineEnds + 1 : c == '\r' ? lineEnds : 0;
      if (lineEnds == 2) {
        inHead = false;
        lineEnds = 0;
      }
    }
    return true;
  }

  private static boolean starts(ByteBuffer in, byte[] expected) {
    int count = Math.min(in.remaining(), expected.length);
    for (int i = 0; i < count; i++) {
      if (in.get(in.position() + i) != expected[i]) {
        return false;
      }
    }
    return count > 1;
  }
}
