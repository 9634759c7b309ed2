package wscope.report;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.CloseBody;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/**
 * Prints what a {@link Journal} has, once it is due; how it reads, and how much of it the detail
 * asks for, is the printer's. What is handed over is on loan for the call.
 *
 * <p>At {@link Detail#NONE} only {@link #violation}, {@link #ended} and the {@link #event}s that
 * nobody can do without are called.
 */
public interface Printer {
  /**
   * Something rare has happened. At {@link Detail#NONE} this is a request, for its violations, or
   * the end of a connection with trouble.
   */
  void event(Event event);

  /**
   * A stream that is decoded has ended with the body after a head that opens no WebSocket.
   *
   * @param content its first bytes, from position to limit
   * @param omitted how many more came
   */
  default void body(Endpoint sender, ByteBuffer content, long omitted) {}

  /**
   * The header of a frame is complete. Its payload may come late or never, so a printer that can
   * begin with the header does so.
   *
   * @return whether the line of the frame was printed, which the end of the frame does not repeat
   */
  boolean frameStarted(FrameEntry frame);

  /** The payload of a frame is there, or will not come any more: prints the rest of it. */
  void frameEnded(FrameEntry frame);

  /**
   * A message has ended, in one way or another.
   *
   * @param last the frame that ended it, or the last one before the end of the stream
   */
  void message(FrameEntry last, MessageEntry message, MessageEntry.Fate fate);

  /** A ping, a pong or a reserved control frame, which has ended, has this payload. */
  void control(FrameEntry frame, Opcode opcode, ByteBuffer payload);

  /** A Close frame, which has ended, has this body; null if it is one byte. */
  void close(FrameEntry frame, @Nullable CloseBody body);

  /** A rule is broken, outside of a frame or where frames are not shown. */
  void violation(Endpoint sender, Violation violation);

  /** A stream has ended, or one direction of a connection. */
  void ended(StreamEnd end);
}
