package wscope.protocol;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Incomplete;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.MessageListener;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/**
 * Hears of everything in one direction of a connection, in the order of the bytes:
 *
 * <pre>
 *   stream  = frame* ended
 *   frame   = frameStarted (framePayload messageData?)* frameEnded (control | close | messageEnded)?
 * </pre>
 *
 * with {@code messageStarted} or {@code messageAbandoned} behind {@code frameStarted}. Violations
 * of a header come with it, those of a payload as soon as it shows them. Headers, messages, lists
 * and buffers are on loan for the call: copy what you keep.
 */
public interface InspectionListener extends MessageListener {
  /**
   * A header is complete.
   *
   * @param sender who sends the frame
   * @param violations what the header breaks, in the order of its bytes; mostly empty
   */
  default void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {}

  /**
   * The next bytes of a payload as they are on the wire, still masked; at least one.
   *
   * @param index of the first of them in the payload
   */
  default void framePayload(FrameHeader header, ByteBuffer wire, long index) {}

  /** The frame is complete; what it completes, a message or a control frame, is told next. */
  default void frameEnded(FrameHeader header) {}

  /** A ping, a pong or a reserved control frame is complete. Not told if it is too long (§5.5). */
  default void control(Opcode opcode, ByteBuffer payload) {}

  /** A Close frame is complete; null if its body has one byte. Not told if it is too long. */
  default void close(@Nullable CloseBody body) {}

  /** An error fails the connection (§7.1.7): what has not come to its end is refused. */
  default void failed() {}

  /** The input has ended; {@code incomplete} tells of the frame that it tore, or is null. */
  default void ended(@Nullable Incomplete incomplete) {}
}
