package wscope.report;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.Message;

/** The message that one end is sending, and its first bytes. */
public final class JoinedMessage {
  private final Preview preview;
  private @Nullable Message message;

  /**
   * @param most how many bytes are kept
   */
  public JoinedMessage(long most) {
    preview = new Preview(most);
  }

  /** A message starts. */
  public void start(Message started) {
    message = started;
  }

  /** The next of its bytes, from position to limit. */
  public void add(ByteBuffer data) {
    preview.add(data);
  }

  /** Keeps the message as it is now: the next one is about to take its place. */
  public void freeze() {
    if (message != null) {
      message = message.copy();
    }
  }

  /** The message; null if none is open. */
  public @Nullable Message message() {
    return message;
  }

  /** Whether it is meant to be text. */
  public boolean isText() {
    return message != null && message.type() == Opcode.TEXT && !message.isOpaque();
  }

  /** Whether its frames show that text as it is. */
  public boolean isTextInFrames() {
    return isText() && message != null && message.compression() == null;
  }

  /** Its first bytes, from position to limit; free to change until {@link #clear}. */
  public ByteBuffer content() {
    return preview.content();
  }

  /** How many of its bytes came but were not kept. */
  public long omitted() {
    return preview.omitted();
  }

  /** Forgets the message. */
  public void clear() {
    message = null;
    preview.clear();
  }
}
