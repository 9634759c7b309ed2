package wscope.report;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.Message;

/** The message that an endpoint is sending in a {@link Journal}, and its first bytes. */
public final class MessageEntry {
  /** How a message ended. */
  public enum Fate {
    /** Its last frame has ended. */
    COMPLETE,
    /** Another message began before its end. */
    INTERRUPTED,
    /** The stream ended before its end. */
    UNFINISHED,
    /** It was discarded because its connection failed. */
    DISCARDED
  }

  private final Preview preview;
  private @Nullable Message message;

  /**
   * @param most how many bytes are kept
   */
  MessageEntry(long most) {
    preview = new Preview(most);
  }

  void start(Message started) {
    message = started;
  }

  void add(ByteBuffer data) {
    preview.add(data);
  }

  /** Keeps a copy of the message, which the next one is about to replace. */
  void freeze() {
    message = message().copy();
  }

  void clear() {
    message = null;
    preview.clear();
  }

  /** Whether a message has begun and not ended. */
  boolean isOpen() {
    return message != null;
  }

  /** Whether its frames contain its text uncompressed. */
  boolean isTextInFrames() {
    return isText() && message().compression() == null;
  }

  /** The message, valid while this is printed. */
  public Message message() {
    return Objects.requireNonNull(message);
  }

  /** Whether it is meant to be text. */
  public boolean isText() {
    return message != null && message.type() == Opcode.TEXT && !message.isOpaque();
  }

  /** Its first bytes, from position to limit; free to change during the call. */
  public ByteBuffer content() {
    return preview.content();
  }

  /** How many of its bytes arrived but were not kept. */
  public long omitted() {
    return preview.omitted();
  }
}
