package wscope.protocol.message;

import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.frame.Opcode;
import wscope.protocol.rule.Endpoint;

/**
 * The message being assembled (RFC 6455 §5.4). Each direction reuses one object for all its
 * messages: a listener may use it only during the call.
 */
public final class Message {
  private final Endpoint sender;
  private Opcode type = Opcode.TEXT;
  private boolean opaque;
  private @Nullable DeflateParameters compression;
  private long number;
  private long frames;
  private long length;
  private long wireLength;

  Message(Endpoint sender) {
    this.sender = sender;
  }

  /** Returns a copy of the current state, to keep. */
  public Message copy() {
    Message copy = new Message(sender);
    copy.number = number;
    copy.type = type;
    copy.opaque = opaque;
    copy.compression = compression;
    copy.frames = frames;
    copy.length = length;
    copy.wireLength = wireLength;
    return copy;
  }

  void start(long number, Opcode type, boolean opaque, @Nullable DeflateParameters compression) {
    this.number = number;
    this.type = type;
    this.opaque = opaque;
    this.compression = compression;
    frames = 0;
    length = 0;
    wireLength = 0;
  }

  void addFrame() {
    frames++;
  }

  void addPayload(int bytes) {
    length += bytes;
  }

  void addWire(int bytes) {
    wireLength += bytes;
  }

  /** The sender of the message. */
  public Endpoint sender() {
    return sender;
  }

  /** The number of the message in its stream, from 1. */
  public long number() {
    return number;
  }

  /** The type of the message: {@link Opcode#TEXT} or {@link Opcode#BINARY}. */
  public Opcode type() {
    return type;
  }

  /** Whether an RSV bit shows that an unknown extension changed the payload. */
  public boolean isOpaque() {
    return opaque;
  }

  /** The number of frames that have begun so far, at least 1. */
  public long frames() {
    return frames;
  }

  /** The parameters of the compression (RFC 7692); null if the message is not compressed. */
  public @Nullable DeflateParameters compression() {
    return compression;
  }

  /** The number of bytes that have arrived so far, inflated. */
  public long length() {
    return length;
  }

  /**
   * The number of payload bytes that have arrived on the wire. It differs from {@link #length} if
   * the message is compressed.
   */
  public long wireLength() {
    return wireLength;
  }
}
