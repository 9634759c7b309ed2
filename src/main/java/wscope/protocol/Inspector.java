package wscope.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.frame.FrameDecoder;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.FrameRules;
import wscope.protocol.frame.Mask;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.Message;
import wscope.protocol.message.MessageAssembler;
import wscope.protocol.message.PayloadBuffer;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/**
 * Reads what one endpoint sends, frame by frame, and tells a listener everything about it: layout,
 * messages and every broken rule. It goes on after violations for as long as frames can be found.
 *
 * <p>It keeps no payload but that of an unfinished control frame, so its memory does not depend on
 * what a header declares.
 */
public final class Inspector {
  private final InspectionListener listener;
  private final FrameDecoder decoder;
  private final MessageAssembler assembler;
  private final List<Violation> headerViolations = new ArrayList<>(0);
  private final List<Violation> headerViolationsView =
      Collections.unmodifiableList(headerViolations);
  private final PayloadBuffer controlPayload = new PayloadBuffer();
  private @Nullable Endpoint sender;
  private boolean closed;

  /**
   * @param sender whose bytes these are; null to take it from the MASK bit of the first frame
   * @param listener hears of everything
   */
  public Inspector(@Nullable Endpoint sender, Limits limits, InspectionListener listener) {
    this.sender = sender;
    this.listener = listener;
    decoder = new FrameDecoder(new Frames());
    assembler = new MessageAssembler(limits.longestMessage(), limits.mostFragments(), listener);
  }

  /**
   * Reads the next bytes, up to the limit of the buffer or to a {@link #stop}. Masked payloads are
   * unmasked in place: the content of the buffer is used up.
   */
  public void feed(ByteBuffer in) {
    decoder.feed(in);
  }

  /** Reads nothing more; the listener may call it at any event. */
  public void stop() {
    decoder.stop();
  }

  /** The input ends here. */
  public void end() {
    listener.ended(decoder.isStopped() ? null : decoder.incomplete());
  }

  /** The message that is still open; null if none is. */
  public @Nullable Message openMessage() {
    return assembler.openMessage();
  }

  /** Whose bytes these are; null before the first frame if it was not said. */
  public @Nullable Endpoint sender() {
    return sender;
  }

  private final class Frames implements FrameDecoder.Listener {
    @Override
    public void frameStarted(FrameHeader header) {
      if (sender == null) {
        sender = header.masked() ? Endpoint.CLIENT : Endpoint.SERVER;
      }
      judge(header, sender);
      listener.frameStarted(header, headerViolationsView);
      if (!header.opcode().isControl()) {
        assembler.frameStarted(header);
      }
    }

    private void judge(FrameHeader header, Endpoint from) {
      headerViolations.clear();
      FrameRules.check(header, from, headerViolations);
      if (!header.opcode().isControl()) {
        assembler.check(header, headerViolations);
        if (closed) {
          headerViolations.add(
              new Violation(
                  Rule.DATA_AFTER_CLOSE,
                  header.offset(),
                  header.number(),
                  header.opcode().label()));
        }
      }
      if (headerViolations.size() > 1) {
        // In the order of the bytes: the first one is what an endpoint answers.
        headerViolations.sort(Comparator.comparingLong(Violation::offset));
      }
      for (int i = 0; i < headerViolations.size(); i++) {
        if (!headerViolations.get(i).rule().readsOn()) {
          decoder.stop();
        }
      }
    }

    @Override
    public void framePayload(FrameHeader header, ByteBuffer payload, long index) {
      int start = payload.position();
      listener.framePayload(header, payload, index);
      payload.position(start);
      if (header.masked()) {
        Mask.apply(payload, header.maskingKey(), index);
      }
      if (!header.opcode().isControl()) {
        assembler.framePayload(header, payload, index);
      } else if (isReadable(header)) {
        controlPayload.add(payload);
      }
    }

    @Override
    public void frameEnded(FrameHeader header) {
      listener.frameEnded(header);
      if (!header.opcode().isControl()) {
        assembler.frameEnded(header);
      } else if (isReadable(header)) {
        controlEnded(header);
        controlPayload.clear();
      }
    }

    private void controlEnded(FrameHeader header) {
      if (header.opcode() != Opcode.CLOSE) {
        listener.control(header.opcode(), controlPayload.content());
        return;
      }
      closed = true;
      List<Violation> broken = new ArrayList<>(0);
      CloseBody body =
          CloseBody.read(controlPayload.content(), header.payloadOffset(), header.number(), broken);
      broken.forEach(listener::violation);
      listener.close(body);
    }

    private static boolean isReadable(FrameHeader header) {
      return Long.compareUnsigned(header.payloadLength(), FrameRules.LONGEST_CONTROL_PAYLOAD) <= 0;
    }
  }
}
