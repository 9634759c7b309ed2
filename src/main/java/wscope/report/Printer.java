package wscope.report;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.CloseBody;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/**
 * Prints the entries of a {@link Journal} when they are due. The printer decides their layout, and
 * how much of them the detail shows. Arguments are valid only during the call.
 *
 * <p>At {@link Detail#NONE} only {@link #violation}, {@link #ended} and the essential {@link
 * #event}s are called.
 */
public interface Printer {
  /**
   * Prints an event. At {@link Detail#NONE} this is a request, for its violations, or the end of a
   * connection with a failure.
   */
  void event(Event event);

  /**
   * Prints the body after a head that opens no WebSocket, at the end of a decoded stream.
   *
   * @param content its first bytes, from position to limit
   * @param omitted how many more arrived
   */
  default void body(Endpoint sender, ByteBuffer content, long omitted) {}

  /**
   * The header of a frame is complete. Its payload may arrive late or never, so a printer may print
   * the header now.
   *
   * @return whether the line of the frame was printed; the end of the frame does not repeat it
   */
  boolean frameStarted(FrameEntry frame);

  /** Prints the rest of a frame whose payload is complete or will not be completed. */
  void frameEnded(FrameEntry frame);

  /**
   * Prints a message that has ended.
   *
   * @param last the frame that ended it, or the last one before the end of the stream
   */
  void message(FrameEntry last, MessageEntry message, MessageEntry.Fate fate);

  /** Prints the payload of a ping, a pong or a reserved control frame that has ended. */
  void control(FrameEntry frame, Opcode opcode, ByteBuffer payload);

  /** Prints the body of a Close frame that has ended; null if it is one byte. */
  void close(FrameEntry frame, @Nullable CloseBody body);

  /** Prints a violation outside a frame, or where frames are not shown. */
  void violation(Endpoint sender, Violation violation);

  /** Prints the end of a stream or of one direction of a connection. */
  void ended(StreamEnd end);
}
