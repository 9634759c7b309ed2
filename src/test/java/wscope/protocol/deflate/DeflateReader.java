package wscope.protocol.deflate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Endpoint;

/** Inflates whole messages of a client, in pieces, and checks what must hold for every message. */
final class DeflateReader implements AutoCloseable {
  /** The inflated bytes, and the error; its index counts from the start of the message. */
  record Outcome(String hex, @Nullable InflateError error) {
    /** Hex of the bytes, then the rule and the index of the error. */
    String text() {
      return error == null ? hex : (hex + " " + error.rule().id() + "@" + error.index()).strip();
    }
  }

  private final BufferPool pool = new BufferPool();
  private final MessageInflater inflater;

  DeflateReader(DeflateParameters agreed, long maxMessage) {
    inflater = new MessageInflater(agreed, Endpoint.CLIENT, maxMessage, pool);
  }

  Outcome read(byte[] compressed, int... cuts) {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    boolean[] ended = new boolean[1];
    ByteSink sink =
        (slice, last) -> {
          assertFalse(ended[0]);
          assertTrue(slice.hasRemaining() && slice.remaining() <= BufferPool.SLICE);
          ended[0] = last;
          while (slice.hasRemaining()) {
            plain.write(slice.get());
          }
        };
    InflateError error = null;
    int start = 0;
    for (int i = 0; i <= cuts.length; i++) {
      int end = i == cuts.length ? compressed.length : Math.min(cuts[i], compressed.length);
      // Not at the start of its buffer, since an index is relative to the buffer.
      ByteBuffer piece = ByteBuffer.allocate(end - start + 3).position(3);
      piece.put(compressed, start, end - start).position(3);
      InflateError found = inflater.inflate(piece, i == cuts.length, sink);
      assertFalse(piece.hasRemaining());
      if (found != null) {
        assertEquals(null, error, "a second error in one message");
        error = new InflateError(found.rule(), start + found.index() - 3, found.found());
      }
      start = end;
    }
    inflater.release();
    assertEquals(compressed.length, inflater.compressedLength());
    assertEquals(plain.size(), inflater.inflatedLength());
    return new Outcome(HexFormat.of().formatHex(plain.toByteArray()), error);
  }

  MessageInflater inflater() {
    return inflater;
  }

  @Override
  public void close() {
    inflater.close();
    pool.close();
  }
}
