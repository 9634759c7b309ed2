package wscope.report;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Opcode;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/** A frame in a {@link Journal}: either the current one or the last one. */
public final class FrameEntry {
  /** The value for a frame that crosses no proxy. */
  static final long NO_CROSSING = FrameListener.NOT_MEASURED;

  private static final FrameHeader NONE = FrameHeader.of(Opcode.CONTINUATION, 0);

  private final Preview payload;
  private final List<Violation> headerViolations = new ArrayList<>(0);
  private final List<Violation> payloadViolations = new ArrayList<>(0);
  private FrameHeader header = NONE;
  private Endpoint sender;
  private boolean bothSenders;
  private boolean open;
  private boolean violated;
  private boolean broken;

  // The journal sets this, and the printer reads it.
  boolean printed;
  boolean complete;
  boolean text;
  @Nullable String fault;
  long crossing = NO_CROSSING;

  /**
   * Creates an empty entry.
   *
   * @param most the maximum number of payload bytes to keep
   * @param sender the sender if there is only one, before there is a frame
   */
  FrameEntry(long most, Endpoint sender) {
    payload = new Preview(most);
    this.sender = sender;
  }

  void start(FrameHeader started, Endpoint from, List<Violation> violations) {
    bothSenders |= header != NONE && sender != from;
    header = started;
    sender = from;
    open = true;
    printed = false;
    for (int i = 0; i < violations.size(); i++) {
      add(headerViolations, violations.get(i));
    }
  }

  void add(ByteBuffer slice) {
    payload.add(slice);
  }

  void add(Violation violation) {
    add(payloadViolations, violation);
  }

  private void add(List<Violation> violations, Violation violation) {
    violations.add(violation);
    violated = true;
    broken |= violation.rule().isError();
  }

  /** Clears everything except the header and the sender, after the frame has been printed. */
  void clear() {
    if (violated) {
      headerViolations.clear();
      payloadViolations.clear();
      violated = false;
      broken = false;
    }
    payload.clear();
    open = false;
  }

  /** Whether the frame has begun but has not been printed to its end. */
  boolean isOpen() {
    return open;
  }

  /** Whether one of the violations in the frame is an error. */
  boolean isBroken() {
    return broken;
  }

  /** Whether there has been a frame; there is none if a source shows only messages. */
  public boolean isKnown() {
    return header != NONE;
  }

  /** The header of the frame, valid only during the call. */
  public FrameHeader header() {
    return header;
  }

  /** The sender of the frame. */
  public Endpoint sender() {
    return sender;
  }

  /** Whether the stream has frames of both endpoints. */
  public boolean hasBothSenders() {
    return bothSenders;
  }

  /** The violations in the header. */
  public List<Violation> headerViolations() {
    return headerViolations;
  }

  /** The violations in the payload that were detected before the frame ended. */
  public List<Violation> payloadViolations() {
    return payloadViolations;
  }

  /** The first bytes of the payload, unmasked. The callee may change them during the call. */
  public ByteBuffer payload() {
    return payload.content();
  }

  /** The number of payload bytes that arrived but were not kept. */
  public long omitted() {
    return payload.omitted();
  }

  /** Whether the payload is meant to be text and is not compressed. */
  public boolean isText() {
    return text;
  }

  /** Whether the whole payload has arrived. */
  public boolean isComplete() {
    return complete;
  }

  /** The ID of the fault that this frame commits; null if there is none. */
  public @Nullable String fault() {
    return fault;
  }

  /** Whether the frame has crossed a proxy. */
  public boolean hasCrossed() {
    return crossing != NO_CROSSING;
  }

  /**
   * The time that the last bytes of the frame took through a proxy, in nanoseconds; negative if
   * they wait in a queue.
   */
  public long crossing() {
    return crossing;
  }

  /** Whether the line of the frame was printed when its header arrived. */
  public boolean isPrinted() {
    return printed;
  }
}
