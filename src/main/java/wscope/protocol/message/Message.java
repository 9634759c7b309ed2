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
  private boolean assumed;
  private boolean contextUnknown;
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
    copy.assumed = assumed;
    copy.contextUnknown = contextUnknown;
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
    assumed = false;
    contextUnknown = false;
    frames = 0;
    length = 0;
    wireLength = 0;
  }

  void assumeCompression(boolean now) {
    assumed = now;
  }

  /** The message refers to data that is not known. */
  void loseContext() {
    contextUnknown = true;
  }

  /** The payload does not inflate: it is shown as it is on the wire. */
  void showAsOnWire() {
    compression = null;
    assumed = false;
    opaque = true;
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

  /** The number of frames that have begun so far; 0 if the source shows no frames. */
  public long frames() {
    return frames;
  }

  /** The parameters of the compression (RFC 7692); null if the message is not compressed. */
  public @Nullable DeflateParameters compression() {
    return compression;
  }

  /** Whether the compression is only assumed, because no response was seen. */
  public boolean isCompressionAssumed() {
    return assumed;
  }

  /**
   * Whether the message refers to data that is not known, because bytes before it are missing. Only
   * its beginning can be inflated.
   */
  public boolean isContextUnknown() {
    return contextUnknown;
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
