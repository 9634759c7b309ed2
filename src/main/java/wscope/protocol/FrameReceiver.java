package wscope.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.Compression;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameDecoder;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.FrameRules;
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
final class FrameReceiver implements FrameDecoder.Listener, AutoCloseable {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Endpoint sender;
  private final FrameListener listener;
  private final FrameReader reader;
  private final MessageAssembler assembler;
  private final List<Violation> headerViolations = new ArrayList<>(0);
  private final List<Violation> headerViolationsView =
      Collections.unmodifiableList(headerViolations);
  private final boolean compressed;
  private boolean closed;

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
    compressed = compression != null;
  }

  /** The message that has begun but not ended; null if there is none. */
  @Nullable Message openMessage() {
    return assembler.open();
  }

  /** Whether a message has begun but not ended. */
  boolean isInMessage() {
    return assembler.isOpen();
  }

  /** Releases the memory of an open message. */
  @Override
  public void close() {
    assembler.close();
  }

  @Override
  public void frameStarted(FrameHeader header) {
    check(header);
    listener.frameStarted(header, sender, headerViolationsView);
    if (!header.opcode().isControl()) {
      assembler.frameStarted(header);
    }
  }

  private void check(FrameHeader header) {
    headerViolations.clear();
    FrameRules.check(header, sender, compressed, headerViolations);
    if (!header.opcode().isControl()) {
      assembler.check(header, headerViolations);
      if (closed) {
        headerViolations.add(
            new Violation(
                Rule.DATA_AFTER_CLOSE, header.offset(), header.number(), header.opcode().label()));
      }
    }
    if (headerViolations.size() > 1) {
      // Sort by offset, because an endpoint fails the connection for the first violation.
      headerViolations.sort(Comparator.comparingLong(Violation::offset));
    }
    for (int i = 0; i < headerViolations.size(); i++) {
      if (!headerViolations.get(i).rule().isRecoverable()) {
        reader.stop();
      }
    }
  }

  @Override
  public void framePayload(FrameHeader header, ByteBuffer payload, long index) {
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

  @Override
  public void frameEnded(FrameHeader header) {
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
        CloseBody.read(controlPayload.flip(), header.payloadOffset(), header.number(), broken);
    broken.forEach(listener::violation);
    listener.close(body);
  }

  private static boolean isReadable(FrameHeader header) {
    return Long.compareUnsigned(header.payloadLength(), FrameRules.LONGEST_CONTROL_PAYLOAD) <= 0;
  }
}
