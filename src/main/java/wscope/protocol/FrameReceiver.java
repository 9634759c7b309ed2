package wscope.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.Compression;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.FrameRules;
import wscope.protocol.frame.IncompleteFrame;
import wscope.protocol.frame.Mask;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.Message;
import wscope.protocol.message.MessageAssembler;
import wscope.protocol.message.MessageNumbers;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/** Checks the frames of one endpoint, unmasks them, assembles messages and reads control frames. */
final class FrameReceiver implements AutoCloseable {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** The longest slice of compressed data. It inflates to about 512 KiB at most. */
  private static final int LONGEST_COMPRESSED = 512;

  private final Endpoint sender;
  private final FrameListener listener;
  private final FrameReader reader;
  private final MessageAssembler assembler;
  private final List<Violation> headerViolations = new ArrayList<>(0);
  private final List<Violation> headerViolationsView =
      Collections.unmodifiableList(headerViolations);
  private final @Nullable Compression compression;
  private boolean closed;

  /** The masking key of the frame before; 0 if it has none. */
  private int lastKey;

  private boolean keyRepeats;

  /** The payload of the current control frame so far, from 0 to the position. */
  private ByteBuffer controlPayload = NOTHING;

  /**
   * Creates the receiver for one endpoint's frames.
   *
   * @param messageNumbers the message numbers, shared with the other direction
   * @param reader the reader to stop after a header that makes the rest unreadable
   */
  FrameReceiver(
      Endpoint sender,
      Limits limits,
      @Nullable Compression compression,
      MessageNumbers messageNumbers,
      FrameListener listener,
      FrameReader reader) {
    this.sender = sender;
    this.listener = listener;
    this.reader = reader;
    assembler =
        new MessageAssembler(
            sender,
            limits.maxMessage(),
            limits.maxFragments(),
            compression,
            messageNumbers,
            listener);
    this.compression = compression;
  }

  /** The message that has begun but not ended; null if there is none. */
  @Nullable Message openMessage() {
    return assembler.open();
  }

  /** Whether a message has begun but not ended. */
  boolean isInMessage() {
    return assembler.isOpen();
  }

  /** Whether the message that began last is text, but not UTF-8. */
  boolean isTextInvalid() {
    return assembler.isTextInvalid();
  }

  /** Releases the memory of an open message. */
  @Override
  public void close() {
    assembler.close();
  }

  /** Bytes are missing before the next frame: forgets what it is compared with. */
  void startUnknown() {
    controlPayload = NOTHING;
    lastKey = 0;
    keyRepeats = false;
    assembler.startUnknown();
  }

  void frameStarted(FrameHeader header) {
    listener.frameStarted(header, sender, headerViolationsView);
    if (!header.opcode().isControl()) {
      assembler.frameStarted(header);
      if (assembler.isInflating()) {
        reader.sliceAtMost(LONGEST_COMPRESSED);
      }
    }
  }

  /**
   * The violations in the bytes of an incomplete header, valid until the next call. They are the
   * first ones of those in the whole header.
   *
   * @param known the header, with the fields that have arrived
   */
  List<Violation> check(IncompleteFrame incomplete, FrameHeader known) {
    headerViolations.clear();
    FrameRules.check(incomplete, known, sender, givesRsv1Meaning(known), headerViolations);
    if (!known.opcode().isControl() && incomplete.hasLength()) {
      assembler.check(known, headerViolations);
    } else if (!known.opcode().isControl()) {
      assembler.checkOrder(known, headerViolations);
    }
    checkClosed(known);
    sort();
    return headerViolationsView;
  }

  /**
   * Whether permessage-deflate gives RSV1 a meaning. If it is only assumed, it does so only where a
   * compressed message may begin.
   */
  private boolean givesRsv1Meaning(FrameHeader header) {
    if (compression == null || !compression.isRead()) {
      return false;
    }
    return compression.use() == Compression.Use.AGREED
        || header.opcode() == Opcode.TEXT
        || header.opcode() == Opcode.BINARY;
  }

  private void checkClosed(FrameHeader header) {
    if (closed && !header.opcode().isControl()) {
      headerViolations.add(
          new Violation(
              Rule.DATA_AFTER_CLOSE, header.offset(), header.number(), header.opcode().label()));
    }
  }

  /** Checks that a client draws a new key for each frame (RFC 6455 §5.3). */
  private void checkKey(FrameHeader header) {
    // A key of zero is the choice to mask nothing.
    boolean repeats = header.masked() && header.maskingKey() == lastKey && lastKey != 0;
    // Report this once for each key, however many frames have it.
    if (repeats && !keyRepeats && sender == Endpoint.CLIENT) {
      headerViolations.add(
          new Violation(
              Rule.MASKING_KEY_REPEATED,
              header.payloadOffset() - Integer.BYTES,
              header.number(),
              "key " + HexFormat.of().toHexDigits(lastKey)));
    }
    keyRepeats = repeats;
    lastKey = header.maskingKey();
  }

  /** Sorts by offset, because an endpoint fails the connection for the first violation. */
  private void sort() {
    if (headerViolations.size() > 1) {
      headerViolations.sort(Comparator.comparingLong(Violation::offset));
    }
  }

  /** Finds the violations in a header, before {@link #frameStarted}. */
  void check(FrameHeader header) {
    headerViolations.clear();
    FrameRules.check(header, sender, givesRsv1Meaning(header), headerViolations);
    if (!header.opcode().isControl()) {
      assembler.check(header, headerViolations);
    }
    checkClosed(header);
    checkKey(header);
    sort();
    for (int i = 0; i < headerViolations.size(); i++) {
      if (!headerViolations.get(i).rule().isRecoverable()) {
        reader.stop();
      }
    }
  }

  /** Whether an error was found in the last header. */
  boolean isHeaderBroken() {
    for (int i = 0; i < headerViolations.size(); i++) {
      if (headerViolations.get(i).rule().isError()) {
        return true;
      }
    }
    return false;
  }

  void framePayload(FrameHeader header, ByteBuffer payload, long index) {
    if (header.masked()) {
      Mask.apply(payload, header.maskingKey(), index);
    }
    int start = payload.position();
    listener.framePayload(header, payload, index);
    payload.position(start);
    if (!header.opcode().isControl()) {
      assembler.framePayload(header, payload, index);
    } else if (isReadable(header)) {
      if (controlPayload.capacity() == 0) {
        controlPayload = ByteBuffer.allocate(FrameRules.LONGEST_CONTROL_PAYLOAD);
      }
      controlPayload.put(payload);
    }
  }

  void frameEnded(FrameHeader header) {
    listener.frameEnded(header);
    if (!header.opcode().isControl()) {
      assembler.frameEnded(header);
    } else if (isReadable(header)) {
      controlEnded(header);
      controlPayload = NOTHING;
    }
  }

  private void controlEnded(FrameHeader header) {
    if (header.opcode() != Opcode.CLOSE) {
      listener.control(header.opcode(), controlPayload.flip());
      return;
    }
    closed = true;
    List<Violation> broken = new ArrayList<>(0);
    CloseBody body =
        CloseBody.read(
            controlPayload.flip(), sender, header.payloadOffset(), header.number(), broken);
    broken.forEach(listener::violation);
    listener.close(body);
  }

  private static boolean isReadable(FrameHeader header) {
    return Long.compareUnsigned(header.payloadLength(), FrameRules.LONGEST_CONTROL_PAYLOAD) <= 0;
  }
}
