package wscope.capture.logs;

import java.io.BufferedInputStream;
import java.io.IOException;

/** Recognises a trace of curl: remarks, then a head that curl sent. */
final class CurlStart {
  private static final int LONGEST = 64 << 10;
  private static final int LONGEST_LINE = 4096;

  private CurlStart() {}

  /** Whether the input begins as a trace. It keeps its position. */
  static boolean begins(BufferedInputStream in) throws IOException {
    in.mark(LONGEST);
    try {
      int left = LONGEST;
      StringBuilder line = new StringBuilder();
      while (left-- > 0 && line.length() < LONGEST_LINE) {
        int next = in.read();
        if (next < 0) {
          return isSent(CurlLine.of(line.toString()));
        }
        if (next == '\n') {
          CurlLine read = CurlLine.of(line.toString());
          if (read.kind() == CurlLine.Kind.BLOCK || read.kind() == CurlLine.Kind.OTHER) {
            return isSent(read);
          }
          line.setLength(0);
        } else {
          line.append((char) (next & 0xff));
          if (!CurlLine.mayBegin(line)) {
            return false;
          }
        }
      }
      return false;
    } finally {
      in.reset();
    }
  }

  private static boolean isSent(CurlLine line) {
    return line.kind() == CurlLine.Kind.BLOCK && line.sent() && !line.what().equals("data");
  }
}
