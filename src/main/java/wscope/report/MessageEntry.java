package wscope.report;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.Message;

/** A message in a {@link Journal}: the one that an endpoint is sending, and its first bytes. */
public final class MessageEntry {
  /** What has become of a message. */
  public enum Fate {
    /** Its last frame has ended. */
    COMPLETE,
    /** Another message has begun before it had ended. */
    INTERRUPTED,
    /** The stream has ended before. */
    UNFINISHED,
    /** It was discarded, for its connection has failed. */
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

  /** Keeps the message as it is now: the next one is about to take its place. */
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

  /** Whether its frames show its text as it is. */
  boolean isTextInFrames() {
    return isText() && message().compression() == null;
  }

  /** The message, on loan; there is one for as long as this is printed. */
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

  /** How many of its bytes came but were not kept. */
  public long omitted() {
    return preview.omitted();
  }
}
