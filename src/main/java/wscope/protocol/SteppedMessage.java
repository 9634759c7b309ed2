package wscope.protocol;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wscope.protocol.message.Framing;
import wscope.protocol.message.OutgoingMessage;

/** A message that is sent in steps, because its compression or its frames take long. */
final class SteppedMessage {
  /** The number of bytes that are compressed in a step. */
  private static final int MOST_BYTES = 128 << 10;

  /** The number of frames that are sent in a step. */
  static final int MOST_FRAMES = 1024;

  private final OutgoingMessage plain;

  /** The plain bytes that are not compressed yet. */
  private final ByteBuffer rest;

  private @Nullable OutgoingMessage ready;
  private int next;

  /**
   * Creates the steps of a message.
   *
   * @param plain the message, not compressed
   */
  SteppedMessage(OutgoingMessage plain) {
    this.plain = plain;
    rest = plain.payload().duplicate();
  }

  /** Whether a message takes so long that it should be sent in steps. */
  static boolean isLong(int length, Framing framing, boolean compressed) {
    return (compressed && length > MOST_BYTES)
        || length >= (long) MOST_FRAMES * framing.maxPayload();
  }

  OutgoingMessage plain() {
    return plain;
  }

  /** The next bytes to compress. */
  ByteBuffer nextSlice() {
    int count = Math.min(MOST_BYTES, rest.remaining());
    ByteBuffer slice = rest.slice(rest.position(), count);
    rest.position(rest.position() + count);
    return slice;
  }

  /** Whether all bytes were passed on to be compressed. */
  boolean isRead() {
    return !rest.hasRemaining();
  }

  /** The message whose frames can be sent; null while it is being compressed. */
  @Nullable OutgoingMessage ready() {
    return ready;
  }

  void ready(OutgoingMessage message) {
    ready = message;
    next = message.payload().position();
  }

  /** The index of the next frame in the payload. */
  int next() {
    return next;
  }

  void next(int index) {
    next = index;
  }
}
