package wscope.proxy;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wscope.protocol.handshake.ChunkedBody;
import wscope.protocol.handshake.HeaderField;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.handshake.ResponseHead;

/** Finds the end of a body (RFC 9112 §6.3), so that nothing that follows it is passed on. */
final class BodyEnd {
  private final @Nullable ChunkedBody chunks;
  private final boolean endless;
  private long left;
  private long size;
  private boolean ended;

  private BodyEnd(@Nullable ChunkedBody chunks, long length) {
    this.chunks = chunks;
    left = length;
    endless = length == Long.MAX_VALUE;
    ended = chunks == null && length == 0;
  }

  /**
   * The body of a request.
   *
   * @return the body; null if its end is ambiguous, as in attacks that smuggle a second request
   */
  static @Nullable BodyEnd of(RequestHead head) {
    var codings = head.all("Transfer-Encoding");
    var lengths = head.all("Content-Length");
    if (codings.isEmpty() && lengths.isEmpty()) {
      return new BodyEnd(null, 0);
    }
    if (codings.size() + lengths.size() > 1) {
      return null;
    }
    if (!codings.isEmpty()) {
      boolean chunked = codings.get(0).value().equalsIgnoreCase("chunked");
      return chunked && !head.version().equals("HTTP/1.0")
          ? new BodyEnd(new ChunkedBody(), 0)
          : null;
    }
    long length = length(lengths.get(0));
    return length < 0 ? null : new BodyEnd(null, length);
  }

  /**
   * The body of a response.
   *
   * @param method the method of the request
   */
  static BodyEnd of(ResponseHead head, String method) {
    if (method.equals("HEAD") || head.status() == 204 || head.status() == 304) {
      return new BodyEnd(null, 0);
    }
    return head.isChunked()
        ? new BodyEnd(new ChunkedBody(), 0)
        : new BodyEnd(null, head.bodyLength());
  }

  /** A body with a length. */
  static BodyEnd of(long length) {
    return new BodyEnd(null, length);
  }

  /** The body of a response that cannot be read: everything up to the end of TCP. */
  static BodyEnd never() {
    return new BodyEnd(null, Long.MAX_VALUE);
  }

  private static long length(HeaderField field) {
    String digits = field.value();
    boolean number = !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return number && digits.length() <= 18 ? Long.parseLong(digits) : -1;
  }

  /** Reads the next bytes, up to the end of the body. The position moves. */
  void feed(ByteBuffer in) {
    int start = in.position();
    if (chunks != null) {
      ended = chunks.feed(in);
    } else {
      int count = (int) Math.min(left, in.remaining());
      in.position(start + count);
      left -= count;
      ended = left == 0;
    }
    size += in.position() - start;
  }

  /** Reads the next bytes like {@link #feed}, but only returns the number of those in the body. */
  int pass(ByteBuffer in) {
    ByteBuffer body = in.duplicate();
    feed(body);
    return body.position() - in.position();
  }

  /** Whether only the end of TCP ends the body. */
  boolean endsWithTcp() {
    return endless;
  }

  /** Whether the body has ended. */
  boolean hasEnded() {
    return ended;
  }

  /** The number of its bytes so far, with the sizes of chunks. */
  long size() {
    return size;
  }
}
