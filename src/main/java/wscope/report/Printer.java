package wscope.report;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.IncompleteFrame;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.Cause;
import wscope.protocol.message.CloseBody;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/**
 * Prints the entries of a {@link Journal} when they are due. A printer decides the layout of an
 * entry, and the part that the current detail shows. Arguments are valid only during the call.
 *
 * <p>At {@link Detail#NONE}, a journal calls only {@link #violation}, {@link #ended} and, for the
 * essential events, {@link #event}.
 */
public interface Printer {
  /**
   * Prints an event. At {@link Detail#NONE}, the event is a request, which may have violations, or
   * the end of a connection with a failure.
   */
  void event(Event event);

  /**
   * Prints the body after a head that opens no WebSocket, at the end of a decoded stream or of a
   * connection.
   *
   * @param content the first bytes of the body, from position to limit
   * @param omitted the number of further bytes that arrived
   */
  default void body(Endpoint sender, ByteBuffer content, long omitted) {}

  /**
   * Prints the header of a frame if the printer does not wait for the payload, which may arrive
   * late or never.
   *
   * @return whether the line of the frame was printed; the end of the frame does not repeat the
   *     line
   */
  boolean frameStarted(FrameEntry frame);

  /**
   * Prints the bytes of a header of which no more can be read.
   *
   * @param known the header, with the fields that are in these bytes
   */
  void headerIncomplete(
      IncompleteFrame incomplete, FrameHeader known, Endpoint sender, List<Violation> violations);

  /** Prints the rest of a frame whose payload is complete or can no longer be completed. */
  void frameEnded(FrameEntry frame);

  /**
   * Prints a message that has ended.
   *
   * @param last the frame that ended it, or the last one before the end of the stream
   */
  void message(FrameEntry last, MessageEntry message, MessageEntry.Fate fate);

  /** Prints the payload of a ping, a pong or a reserved control frame that has ended. */
  void control(FrameEntry frame, Opcode opcode, ByteBuffer payload);

  /**
   * Prints the body of a Close frame that has ended.
   *
   * @param body the body; null if it has only one byte
   */
  void close(FrameEntry frame, @Nullable CloseBody body);

  /** Prints the cause of a violation or of an incomplete frame. */
  void cause(Endpoint sender, Cause cause);

  /** Prints a violation outside a frame, or while frames are not shown. */
  void violation(Endpoint sender, Violation violation);

  /** Prints the end of a stream or of one direction of a connection. */
  void ended(StreamEnd end);
}
