package wscope.protocol.message;

import wscope.protocol.frame.Opcode;

/**
 * The message that is being put together (RFC 6455 §5.4). There is one for each direction, filled
 * anew for each message; a listener that is handed it has it on loan for the call.
 */
public final class Message {
  private Opcode type = Opcode.TEXT;
  private boolean opaque;
  private long number;
  private long frames;
  private long length;

  Message() {}

  void start(Opcode type, boolean opaque) {
    this.type = type;
    this.opaque = opaque;
    number++;
    frames = 0;
    length = 0;
  }

  void addFrame() {
    frames++;
  }

  void addPayload(int bytes) {
    length += bytes;
  }

  /** The number of the message in its stream, from 1. */
  public long number() {
    return number;
  }

  /** {@link Opcode#TEXT} or {@link Opcode#BINARY}. */
  public Opcode type() {
    return type;
  }

  /**
   * Whether an RSV bit says that the payload is not plain: an extension that we lack changed it.
   */
  public boolean isOpaque() {
    return opaque;
  }

  /** How many frames have begun so far, from 1. */
  public long frames() {
    return frames;
  }

  /** How many bytes have come so far. */
  public long length() {
    return length;
  }
}
