package wscope.protocol.event;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.IncompleteFrame;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.MessageListener;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/**
 * Receives everything in one direction of a connection, in the order of the bytes:
 *
 * <pre>
 *   stream  = frame* (gap frame*)* headerIncomplete? ended
 *   frame   = frameStarted (framePayload messageData?)* frameEnded (control | close | messageEnded)?
 * </pre>
 *
 * with {@code messageStarted} or {@code messageAbandoned} after {@code frameStarted}. Violations of
 * a header accompany it; those of a payload as soon as they are detected. Headers, messages, lists
 * and buffers are valid only during the call: copy what you keep.
 */
public interface FrameListener extends MessageListener {
  /** The time of bytes whose way through a proxy is not measured. */
  long NOT_MEASURED = Long.MIN_VALUE;

  /**
   * The header of a frame is complete.
   *
   * @param sender the sender of the frame
   * @param violations the violations in the header, in the order of its bytes; usually none
   */
  default void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {}

  /**
   * The stream ends inside a header, or an endpoint reads no further because the bytes of the
   * header so far break a rule.
   *
   * @param incomplete the bytes of the header
   * @param known the fields in these bytes; others are 0
   * @param sender the sender of the frame
   * @param violations the violations in these bytes
   */
  default void headerIncomplete(
      IncompleteFrame incomplete, FrameHeader known, Endpoint sender, List<Violation> violations) {}

  /**
   * The next bytes of a payload have arrived. They are already unmasked: mask them with the key to
   * get the bytes on the wire.
   *
   * @param payload at least one byte
   * @param index the index of the first of these bytes in the payload
   */
  default void framePayload(FrameHeader header, ByteBuffer payload, long index) {}

  /** A frame is complete. The next call is for the message or control frame that it completes. */
  default void frameEnded(FrameHeader header) {}

  /** A ping, a pong or a reserved control frame is complete, unless it is too long (§5.5). */
  default void control(Opcode opcode, ByteBuffer payload) {}

  /**
   * A Close frame is complete, unless it is too long.
   *
   * @param body the body; null if it has only one byte
   */
  default void close(@Nullable CloseBody body) {}

  /**
   * A proxy has read the bytes that follow and passed them on.
   *
   * @param nanos the time from one to the other in nanoseconds; {@link #NOT_MEASURED}, or another
   *     negative number if the bytes wait in a queue
   */
  default void crossed(long nanos) {}

  /**
   * The endpoint breaks a rule on purpose in the frames that follow.
   *
   * @param id the ID of the fault; null after its last frame
   */
  default void fault(@Nullable String id) {}

  /**
   * Bytes are missing: the open frame and the open messages have no end. The next frame, if there
   * is one, begins later.
   */
  default void gap() {}

  /** An error fails the connection (§7.1.7), and open frames and messages are discarded. */
  default void failed() {}

  /**
   * The input has ended.
   *
   * @param incomplete the truncated frame; null if there is none
   */
  default void ended(@Nullable IncompleteFrame incomplete) {}
}
