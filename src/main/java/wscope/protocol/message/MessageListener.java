package wscope.protocol.message;

import java.nio.ByteBuffer;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/** Receives messages: {@code started data* (ended | abandoned)}, with violations in between. */
public interface MessageListener {
  /** The first frame of a message has begun. */
  default void messageStarted(Message message) {}

  /**
   * The next bytes of a message have arrived. They are valid only during the call; the last ones,
   * until the message has ended.
   *
   * @param data at least one unmasked byte, between position and limit
   * @param last whether these bytes end the message; a message may also end with an empty frame
   */
  default void messageData(Message message, ByteBuffer data, boolean last) {}

  /** The message is complete. */
  default void messageEnded(Message message) {}

  /** A new message started before this one had ended (RFC 6455 §5.4). */
  default void messageAbandoned(Message message) {}

  /** The cause of a violation or of an incomplete frame is clear. */
  default void cause(Endpoint sender, Cause cause) {}

  /** The payload of a frame breaks a rule. */
  default void violation(Violation violation) {}
}
