package wscope.protocol;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import wscope.protocol.frame.Opcode;
import wscope.protocol.frame.RsvBits;
import wscope.protocol.message.Framing;
import wscope.protocol.message.OutgoingMessage;

/**
 * Faults in frames that break the rules of RFC 7692 when permessage-deflate is in use. The data is
 * compressed by hand, in stored blocks (RFC 1951 §3.2.4), so each bit is known.
 */
final class DeflateFaults {
  /** A final block of the reserved type 11 (RFC 1951 §3.2.3). */
  private static final byte[] RESERVED_BLOCK = {7};

  /**
   * A block with fixed codes that copies 3 bytes from a distance of 1, the end of the previous
   * message, then an empty stored block (RFC 1951 §3.2.6).
   */
  private static final byte[] COPY_FROM_NEAR = {2, 2, 0, 0, 0, 0, -1, -1};

  /** The same as {@link #COPY_FROM_NEAR}, but from a distance of 32768, the largest of DEFLATE. */
  private static final byte[] COPY_FROM_FAR = {2, (byte) 0xde, -1, 15, 0, 0, 0, -1, -1};

  /**
   * A block with fixed codes: the letter a, 64 copies of 258 bytes from a distance of 1, and a copy
   * of 3 bytes from a distance of 16385, which exceeds every window of less than 32 KiB. Then an
   * empty stored block.
   */
  private static final byte[] COPY_BEYOND_WINDOW =
      HexFormat.of()
          .parseHex(
              "4a1c05"
                  + "a360148c8251300a46c1281805".repeat(7)
                  + "a360148c8251300a46c128001e000000"
                  + "0000ffff");

  /** The length of 00 00 ff ff, which end a flush and are not sent (§7.2.1). */
  private static final int TAIL = 4;

  /** The header of a byte-aligned stored block: type, LEN, NLEN. */
  private static final int STORED_HEADER = 5;

  /** The longest stored block that leaves room for the tail in its 16-bit length. */
  private static final int LONGEST_STORED = 0xffff - TAIL;

  private DeflateFaults() {}

  /**
   * Sends the message in two or more frames, the second with RSV1. If the message is a control
   * frame, sends a text message like that before it.
   */
  static List<OutgoingMessage> setRsv1OnContinuation(OutgoingMessage message) {
    if (message.opcode().isControl()) {
      OutgoingMessage text = FrameFaults.companion(message, Opcode.TEXT, FrameFaults.NOTHING);
      return List.of(first(text, 0), second(text, 0), message);
    }
    int length = message.payload().remaining();
    int cut = Math.min((length + 1) / 2, message.framing().maxPayload());
    return List.of(first(message, cut), second(message, cut));
  }

  private static OutgoingMessage first(OutgoingMessage message, int length) {
    ByteBuffer payload = message.payload();
    Framing framing = message.framing().unfragmented().fin(false);
    return message.payload(payload.slice(payload.position(), length)).framing(framing);
  }

  private static OutgoingMessage second(OutgoingMessage message, int from) {
    ByteBuffer payload = message.payload();
    ByteBuffer rest = payload.slice(payload.position() + from, payload.remaining() - from);
    return FrameFaults.withRsv(message.opcode(Opcode.CONTINUATION).payload(rest), RsvBits.RSV1);
  }

  /** Sends a control frame with RSV1. If the message is data, sends a ping with RSV1 before it. */
  static List<OutgoingMessage> setRsv1OnControlFrame(OutgoingMessage message) {
    if (message.opcode().isControl()) {
      return FrameFaults.setRsv(message, RsvBits.RSV1);
    }
    OutgoingMessage ping = FrameFaults.companion(message, Opcode.PING, FrameFaults.NOTHING);
    return List.of(FrameFaults.withRsv(ping, RsvBits.RSV1), message);
  }

  /** Starts the payload with a block of the reserved type. */
  static List<OutgoingMessage> corrupt(OutgoingMessage message) {
    OutgoingMessage data = data(message);
    ByteBuffer plain = data.payload();
    ByteBuffer corrupt =
        ByteBuffer.allocate(Math.addExact(RESERVED_BLOCK.length, plain.remaining()));
    corrupt.put(RESERVED_BLOCK).put(plain.duplicate()).flip();
    return replaceOrPrecede(message, compressed(data, corrupt));
  }

  /**
   * Makes the last block announce four more bytes than it has: a receiver mistakes the tail for
   * them.
   */
  static List<OutgoingMessage> leaveUnfinished(OutgoingMessage message) {
    OutgoingMessage data = data(message);
    OutgoingMessage ended = data.framing(data.framing().fin(true));
    ByteBuffer open = stored(new byte[0], data.payload(), TAIL);
    return replaceOrPrecede(message, compressed(ended, open));
  }

  /** Refers to data before the first byte, unless at least 32 KiB have already been compressed. */
  static List<OutgoingMessage> referTooFarBack(OutgoingMessage message) {
    OutgoingMessage data = data(message);
    return replaceOrPrecede(message, compressed(data, stored(COPY_FROM_FAR, data.payload(), 0)));
  }

  /** Copies the end of the previous message, to which the next one must not refer. */
  static List<OutgoingMessage> referToEarlierMessage(OutgoingMessage message) {
    OutgoingMessage data = data(message);
    return replaceOrPrecede(message, compressed(data, stored(COPY_FROM_NEAR, data.payload(), 0)));
  }

  /** Refers back farther than the window, to the beginning of the same message. */
  static List<OutgoingMessage> exceedWindow(OutgoingMessage message) {
    OutgoingMessage data = data(message);
    return replaceOrPrecede(
        message, compressed(data, stored(COPY_BEYOND_WINDOW, data.payload(), 0)));
  }

  /**
   * Returns the message if it is data; otherwise a text message, because a control frame is never
   * compressed.
   */
  private static OutgoingMessage data(OutgoingMessage message) {
    if (message.opcode().isControl()) {
      return FrameFaults.companion(message, Opcode.TEXT, FrameFaults.NOTHING);
    }
    return message.opcode(message.opcode() == Opcode.BINARY ? Opcode.BINARY : Opcode.TEXT);
  }

  private static OutgoingMessage compressed(OutgoingMessage data, ByteBuffer payload) {
    return FrameFaults.withRsv(data.payload(payload), RsvBits.RSV1);
  }

  /** Sends data instead of a message, or before the message if it is a control frame. */
  private static List<OutgoingMessage> replaceOrPrecede(
      OutgoingMessage message, OutgoingMessage data) {
    return message.opcode().isControl() ? List.of(data, message) : List.of(data);
  }

  /**
   * Creates stored blocks, without the tail of the flush.
   *
   * @param before the blocks that precede them
   * @param missing the number of bytes that the last block announces but does not have; if it is
   *     not 0, nothing follows
   */
  private static ByteBuffer stored(byte[] before, ByteBuffer plain, int missing) {
    int blocks = Math.max(1, (int) ((plain.remaining() + LONGEST_STORED - 1L) / LONGEST_STORED));
    int end = missing > 0 ? 0 : 1;
    int added = before.length + blocks * STORED_HEADER + end;
    ByteBuffer out = ByteBuffer.allocate(Math.addExact(plain.remaining(), added)).put(before);
    ByteBuffer in = plain.duplicate();
    for (int block = 1; block <= blocks; block++) {
      int length = Math.min(in.remaining(), LONGEST_STORED);
      int announced = block == blocks ? length + missing : length;
      out.put((byte) 0).put((byte) announced).put((byte) (announced >> 8));
      out.put((byte) ~announced).put((byte) (~announced >> 8));
      out.put(in.slice(in.position(), length));
      in.position(in.position() + length);
    }
    return out.position(out.position() + end).flip();
  }
}
