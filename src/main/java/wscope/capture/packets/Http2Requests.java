package wscope.capture.packets;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Finds out whether a client of HTTP/2 (RFC 9113) asks for a WebSocket (RFC 8441). */
final class Http2Requests {
  /** The number of bytes of a field block that are looked at. */
  static final int MOST_OF_BLOCK = 16 << 10;

  private static final int PREFACE = 24;
  private static final int FRAME_HEADER = 9;
  private static final int HEADERS = 1;
  private static final int CONTINUATION = 9;
  private static final int END_HEADERS = 4;
  private static final int PADDED = 8;
  private static final int PRIORITY = 0x20;
  private static final int PRIORITY_FIELDS = 5;
  private static final byte[] NOTHING = {};

  private final byte[] header = new byte[FRAME_HEADER];
  private int prefaceLeft = PREFACE;
  private int headerLength;
  private int missing;

  /** The field block so far. */
  private byte[] block = NOTHING;

  private int blockLength;
  private boolean found;

  /** Whether a request for a WebSocket was there. */
  boolean hasWebSocket() {
    return found;
  }

  /** Reads the next bytes of the client. */
  void read(ByteBuffer bytes) {
    while (!found && bytes.hasRemaining()) {
      if (prefaceLeft > 0) {
        prefaceLeft -= skip(bytes, prefaceLeft);
      } else if (headerLength < FRAME_HEADER) {
        header[headerLength++] = bytes.get();
        missing = headerLength < FRAME_HEADER ? 1 : ByteBuffer.wrap(header).getInt() >>> 8;
      } else {
        payload(bytes);
      }
      if (missing == 0 && headerLength == FRAME_HEADER) {
        headerLength = 0;
        end();
      }
    }
  }

  private static int skip(ByteBuffer bytes, int most) {
    int count = Math.min(most, bytes.remaining());
    bytes.position(bytes.position() + count);
    return count;
  }

  private void payload(ByteBuffer bytes) {
    boolean kept = header[3] == HEADERS || header[3] == CONTINUATION;
    int count = kept ? Math.min(missing, MOST_OF_BLOCK - blockLength) : 0;
    if (count > 0) {
      count = Math.min(count, bytes.remaining());
      if (block.length < blockLength + count) {
        block = Arrays.copyOf(block, Math.max(2 * block.length, blockLength + count));
      }
      bytes.get(block, blockLength, count);
      blockLength += count;
    } else {
      count = skip(bytes, missing);
    }
    missing -= count;
  }

  /** A frame is complete. The first frame of a block may have padding and a priority. */
  private void end() {
    int flags = header[4];
    if (header[3] != HEADERS && header[3] != CONTINUATION) {
      return;
    }
    if (header[3] == HEADERS) {
      ByteBuffer fields = ByteBuffer.wrap(block, 0, blockLength);
      int padding = (flags & PADDED) != 0 && fields.hasRemaining() ? fields.get() & 0xff : 0;
      skip(fields, (flags & PRIORITY) != 0 ? PRIORITY_FIELDS : 0);
      fields.limit(Math.max(fields.position(), fields.limit() - padding));
      blockLength = fields.remaining();
      fields.get(block, 0, blockLength);
    }
    if ((flags & END_HEADERS) != 0) {
      found = FieldBlock.hasWebSocket(ByteBuffer.wrap(block, 0, blockLength));
      block = NOTHING;
      blockLength = 0;
    }
  }
}
