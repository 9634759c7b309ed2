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
 *   stream  = frame* ended
 *   frame   = frameStarted (framePayload messageData?)* frameEnded (control | close | messageEnded)?
 * </pre>
 *
 * with {@code messageStarted} or {@code messageAbandoned} after {@code frameStarted}. Violations of
 * a header accompany it; those of a payload as soon as they are detected. Headers, messages, lists
 * and buffers are valid only during the call: copy what you keep.
 */
public interface FrameListener extends MessageListener {
  /**
   * A header is complete.
   *
   * @param sender of the frame
   * @param violations of the header, in the order of its bytes; usually empty
   */
  default void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {}

  /**
   * The next bytes of a payload, at least one, unmasked. Mask them with the key to get the wire
   * bytes.
   *
   * @param index of the first of them in the payload
   */
  default void framePayload(FrameHeader header, ByteBuffer payload, long index) {}

  /** The frame is complete; the message or control frame that it completes follows. */
  default void frameEnded(FrameHeader header) {}

  /** A ping, a pong or a reserved control frame is complete, unless it is too long (§5.5). */
  default void control(Opcode opcode, ByteBuffer payload) {}

  /** A Close frame is complete, unless it is too long; null if its body has one byte. */
  default void close(@Nullable CloseBody body) {}

  /** An error fails the connection (§7.1.7): open frames and messages are discarded. */
  default void failed() {}

  /** The input has ended; {@code incomplete} is the truncated frame, or null. */
  default void ended(@Nullable IncompleteFrame incomplete) {}
}
