package wscope.cli.decode;

import java.util.Locale;
import wscope.protocol.frame.Opcode;

/** What bytes are that have no frame header. */
enum PayloadKind {
  TEXT(Opcode.TEXT),
  BINARY(Opcode.BINARY),
  /** A text that was compressed with permessage-deflate. */
  DEFLATE(Opcode.TEXT),
  CLOSE(Opcode.CLOSE),
  PING(Opcode.PING),
  PONG(Opcode.PONG);

  private final Opcode opcode;

  PayloadKind(Opcode opcode) {
    this.opcode = opcode;
  }

  /** The opcode of the frame that they belong to. */
  Opcode opcode() {
    return opcode;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
