package wscope.check;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Supplier;

/** A step of a client after the WebSocket has opened. */
public sealed interface Step {
  /**
   * Sends bytes, in a TCP segment of their own if they are few.
   *
   * @param bytes the bytes, from position to limit
   */
  record Send(ByteBuffer bytes) implements Step {
    @Override
    public ByteBuffer bytes() {
      return bytes.duplicate();
    }
  }

  /**
   * Sends bytes that are too many to keep until the case runs.
   *
   * @param maker makes the bytes, from position to limit
   */
  record SendMade(Supplier<ByteBuffer> maker) implements Step {}

  /** Sends nothing for a time. */
  record Pause(Duration time) implements Step {}

  /**
   * Waits for a pong.
   *
   * @param payload the payload of the pong, in ASCII
   */
  record AwaitPong(String payload) implements Step {}

  /** Gives the server a moment to close, before the bytes that every server detects. */
  record Watch() implements Step {}

  /** Ends the client's side of TCP (FIN). */
  record Finish() implements Step {}

  /** Resets TCP. */
  record Reset() implements Step {}

  /** Answers each ping from now on. */
  record AnswerPings() implements Step {}

  /** Reads nothing more. */
  record StopReading() implements Step {}
}
