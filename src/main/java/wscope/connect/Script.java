package wscope.connect;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.connection.Behaviour;
import wscope.protocol.frame.Opcode;

/**
 * What a client does with an open WebSocket.
 *
 * @param steps the steps, in order
 * @param within the time that each expectation may take
 * @param hasInput whether further messages follow, until {@link Conversation#endInput}
 * @param staysOpen whether the client waits for the server to close
 * @param linger the time without a message from the server after which the client closes, once it
 *     has sent everything
 * @param lasts the time after which the client closes; null for no limit
 * @param count the number of received messages after which the client closes; 0 for no limit
 * @param close the Close that the client sends
 * @param halfCloses whether the client ends its side of TCP instead of sending a Close
 */
public record Script(
    List<Step> steps,
    Duration within,
    boolean hasInput,
    boolean staysOpen,
    Duration linger,
    @Nullable Duration lasts,
    long count,
    Behaviour.Close close,
    boolean halfCloses) {

  /** A step of a script. */
  public sealed interface Step {}

  /**
   * Sends a message.
   *
   * @param type {@link Opcode#TEXT} or {@link Opcode#BINARY}
   */
  public record Send(Opcode type, ByteBuffer payload) implements Step {
    @Override
    public ByteBuffer payload() {
      return payload.duplicate();
    }
  }

  /**
   * Waits for a message.
   *
   * @param expected what the message must be, in words
   */
  public record Expect(String expected, Matcher matcher) implements Step {}

  /** Compares messages with an expectation. */
  public interface Matcher {
    /**
     * Compares a message.
     *
     * @param payload the payload, valid only during the call
     */
    Match compare(Opcode type, ByteBuffer payload);
  }

  /**
   * The result of a comparison.
   *
   * @param fits whether the message is the expected one
   * @param doubt why that cannot be said, or why it does not fit; null if nothing is to be said
   */
  public record Match(boolean fits, @Nullable String doubt) {}

  /** The messages before the first expectation. */
  public List<Send> first() {
    return steps.stream().takeWhile(Send.class::isInstance).map(Send.class::cast).toList();
  }

  /** Whether the script expects a message. */
  boolean hasExpectations() {
    return steps.stream().anyMatch(Expect.class::isInstance);
  }
}
