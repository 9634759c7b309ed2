package wscope.report;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.Message;

/** The message that an endpoint is sending in a {@link Journal}, and its first bytes. */
public final class MessageEntry {
  /** The way a message ended. */
  public enum Fate {
    /** The last frame of the message has ended. */
    COMPLETE,
    /** Another message began before this one ended. */
    INTERRUPTED,
    /** The stream ended before the message did. */
    UNFINISHED,
    /** The message was discarded because its connection failed. */
    DISCARDED
  }

  private final Preview preview;
  private @Nullable Message message;

  /**
   * Creates an empty entry.
   *
   * @param most the maximum number of bytes to keep
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

  /** Whether a message has begun but not ended. */
  boolean isOpen() {
    return message != null;
  }

  /** Whether the frames contain the text of the message uncompressed. */
  boolean isTextInFrames() {
    return isText() && message().compression() == null;
  }

  /** The message, valid while this entry is printed. */
  public Message message() {
    return Objects.requireNonNull(message);
  }

  /** Whether the message is meant to be text. */
  public boolean isText() {
    return message != null && message.type() == Opcode.TEXT && !message.isOpaque();
  }

  /**
   * The first bytes of the message, from position to limit. The callee may change them during the
   * call.
   */
  public ByteBuffer content() {
    return preview.content();
  }

  /** The number of bytes that arrived but were not kept. */
  public long omitted() {
    return preview.omitted();
  }
}
