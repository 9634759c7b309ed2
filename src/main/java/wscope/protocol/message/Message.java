package wscope.protocol.message;

import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.frame.Opcode;
import wscope.protocol.rule.Endpoint;

/**
 * The message being assembled (RFC 6455 §5.4). Each direction reuses one for all its messages: a
 * listener may use it only during the call.
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

  /** A copy of the current state, to keep. */
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

  /** {@link Opcode#TEXT} or {@link Opcode#BINARY}. */
  public Opcode type() {
    return type;
  }

  /** Whether an RSV bit shows that an unknown extension changed the payload. */
  public boolean isOpaque() {
    return opaque;
  }

  /** How many frames have begun so far, from 1. */
  public long frames() {
    return frames;
  }

  /** The parameters of its compression (RFC 7692); null if it is not compressed. */
  public @Nullable DeflateParameters compression() {
    return compression;
  }

  /** How many bytes have arrived so far, inflated. */
  public long length() {
    return length;
  }

  /** How many payload bytes have arrived on the wire: fewer or more if it is compressed. */
  public long wireLength() {
    return wireLength;
  }
}
