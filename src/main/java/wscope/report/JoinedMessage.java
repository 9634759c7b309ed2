package wscope.report;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.Message;

/** The message that one end is sending, and its first bytes. */
final class JoinedMessage {
  private final Preview preview;
  private @Nullable Message message;

  /**
   * @param most how many bytes are kept
   */
  JoinedMessage(long most) {
    preview = new Preview(most);
  }

  /** A message starts. */
  void start(Message started) {
    message = started;
  }

  /** The next of its bytes, from position to limit. */
  void add(ByteBuffer data) {
    preview.add(data);
  }

  /** Keeps the message as it is now: the next one is about to take its place. */
  void freeze() {
    if (message != null) {
      message = message.copy();
    }
  }

  /** The message; null if none is open. */
  @Nullable Message message() {
    return message;
  }

  /** Whether it is meant to be text. */
  boolean isText() {
    return message != null && message.type() == Opcode.TEXT && !message.isOpaque();
  }

  /** Whether its frames show that text as it is. */
  boolean isTextInFrames() {
    return isText() && message != null && message.compression() == null;
  }

  ByteBuffer content() {
    return preview.content();
  }

  long omitted() {
    return preview.omitted();
  }

  void clear() {
    message = null;
    preview.clear();
  }
}
