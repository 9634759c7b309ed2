package wscope.report;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.IncompleteFrame;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.Cause;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;
import wscope.report.MessageEntry.Fate;

/**
 * The frames and messages of a {@link Journal}, of one direction or of both: {@code (frame
 * violation* (control | close | message)?)* message* end}, in the order of the bytes, regardless of
 * how they were split into reads.
 *
 * <p>A frame ends when its payload is complete or can no longer be completed. Violations in the
 * header and payload are printed with the frame; those that only the end of the frame reveals are
 * printed after it.
 */
final class FrameJournal implements FrameListener {
  private final Journal journal;
  private final LiveView view;
  private final Printer printer;
  private final @Nullable Endpoint direction;
  private final boolean fromPeer;
  private final Totals totals;
  private final long preview;
  private final FrameEntry frame;
  private MessageEntry fromClient;
  private MessageEntry fromServer;

  /** A message that the current frame interrupts. It is printed after that frame. */
  private @Nullable MessageEntry interrupted;

  /** The cause of what is wrong with the open frame. It is printed after that frame. */
  private @Nullable Cause heldCause;

  private boolean failed;

  /** The fault that the current frames commit; null if they commit none. */
  private @Nullable String fault;

  /** The time that the current bytes took through a proxy. */
  private long crossing = FrameEntry.NO_CROSSING;

  /**
   * Creates the journal of one or both directions.
   *
   * @param direction the sender of the frames; null if both endpoints send
   * @param fromPeer whether violations are printed even if nothing else is shown
   * @param totals counts these frames
   */
  FrameJournal(
      Journal journal,
      LiveView view,
      Printer printer,
      @Nullable Endpoint direction,
      boolean fromPeer,
      Totals totals) {
    this.journal = journal;
    this.view = view;
    this.printer = printer;
    this.direction = direction;
    this.fromPeer = fromPeer;
    this.totals = totals;
    Detail kept = view.kept();
    preview = kept == Detail.NONE ? 0 : view.preview();
    Endpoint sender = direction == null ? Endpoint.CLIENT : direction;
    frame = new FrameEntry(kept.atLeast(Detail.FRAMES) ? preview : 0, sender);
    fromClient = new MessageEntry(preview);
    fromServer = new MessageEntry(preview);
  }

  @Override
  public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {
    totals.frameStarted(header, sender, violations);
    if (!fromPeer) {
      journal.endBrokenFrame();
    }
    frame.start(header, sender, violations);
    frame.fault = fault;
    frame.crossing = crossing;
    if (isShown()) {
      frame.printed = printer.frameStarted(frame);
    } else if (fromPeer) {
      for (int i = 0; i < violations.size(); i++) {
        printer.violation(sender, violations.get(i));
      }
    }
  }

  @Override
  public void headerIncomplete(
      IncompleteFrame incomplete, FrameHeader known, Endpoint sender, List<Violation> violations) {
    totals.headerIncomplete(incomplete, known, sender, violations);
    if (!fromPeer) {
      journal.endBrokenFrame();
    }
    if (isShown()) {
      printer.headerIncomplete(incomplete, known, sender, violations);
    } else if (fromPeer) {
      for (int i = 0; i < violations.size(); i++) {
        printer.violation(sender, violations.get(i));
      }
    }
  }

  @Override
  public void framePayload(FrameHeader header, ByteBuffer payload, long index) {
    totals.framePayload(header, payload, index);
    frame.add(payload);
  }

  @Override
  public void crossed(long nanos) {
    crossing = nanos;
  }

  @Override
  public void frameEnded(FrameHeader header) {
    frame.crossing = crossing;
    endFrame(true);
  }

  @Override
  public void messageStarted(Message started) {
    entry(started.sender()).start(started);
  }

  @Override
  public void messageData(Message current, ByteBuffer data, boolean last) {
    entry(current.sender()).add(data);
  }

  @Override
  public void messageEnded(Message ended) {
    totals.messageEnded(ended);
    MessageEntry entry = entry(ended.sender());
    print(entry, Fate.COMPLETE);
    entry.clear();
  }

  @Override
  public void messageAbandoned(Message abandoned) {
    MessageEntry entry = entry(abandoned.sender());
    if (frame.isOpen()) {
      entry.freeze();
      interrupted = entry;
    } else {
      // The interrupting frame has already been printed, because it is broken.
      print(entry, Fate.INTERRUPTED);
    }
    MessageEntry next = new MessageEntry(preview);
    if (abandoned.sender() == Endpoint.CLIENT) {
      fromClient = next;
    } else {
      fromServer = next;
    }
  }

  @Override
  public void control(Opcode opcode, ByteBuffer payload) {
    if (isShown()) {
      printer.control(frame, opcode, payload);
    }
  }

  @Override
  public void close(@Nullable CloseBody body) {
    if (isShown()) {
      printer.close(frame, body);
    }
  }

  @Override
  public void cause(Endpoint sender, Cause cause) {
    if (isShown() && !frame.isOpen()) {
      printer.cause(sender, cause);
    } else if (isShown()) {
      heldCause = cause;
    }
  }

  @Override
  public void fault(@Nullable String id) {
    fault = id;
  }

  @Override
  public void violation(Violation violation) {
    totals.violation(violation);
    if (isShown() && frame.isOpen()) {
      frame.add(violation);
    } else if (isShown() || fromPeer) {
      printer.violation(frame.sender(), violation);
    }
  }

  @Override
  public void gap() {
    endFrame(false);
    for (MessageEntry entry : List.of(fromClient, fromServer)) {
      if (entry.isOpen()) {
        print(entry, Fate.UNFINISHED);
        entry.clear();
      }
    }
  }

  @Override
  public void failed() {
    failed = true;
  }

  @Override
  public void ended(@Nullable IncompleteFrame incomplete) {
    totals.ended(incomplete);
    endFrame(false);
    List<Message> unfinished = new ArrayList<>(0);
    endMessage(fromClient, unfinished);
    endMessage(fromServer, unfinished);
    journal.ended(direction, totals, unfinished, incomplete);
  }

  private void endMessage(MessageEntry entry, List<Message> unfinished) {
    if (entry.isOpen()) {
      print(entry, failed ? Fate.DISCARDED : Fate.UNFINISHED);
      if (!failed) {
        unfinished.add(entry.message());
      }
    }
  }

  /** Prints the received part of a broken frame, because the rest may never be read. */
  void endBrokenFrame() {
    if (isShown() && frame.isBroken()) {
      endFrame(false);
    }
  }

  private void endFrame(boolean complete) {
    if (!frame.isOpen()) {
      return;
    }
    if (isShown()) {
      frame.complete = complete;
      frame.text = isText(frame.header());
      printer.frameEnded(frame);
    }
    if (interrupted != null) {
      print(interrupted, Fate.INTERRUPTED);
      interrupted = null;
    }
    Cause cause = heldCause;
    heldCause = null;
    if (cause != null) {
      printer.cause(frame.sender(), cause);
    }
    frame.clear();
  }

  private void print(MessageEntry entry, Fate fate) {
    if (isShown()) {
      printer.message(frame, entry, fate);
    }
  }

  private boolean isText(FrameHeader header) {
    return switch (header.opcode()) {
      case PING, PONG -> true;
      case TEXT -> !header.anyRsv();
      case CONTINUATION -> entry(frame.sender()).isTextInFrames();
      default -> false;
    };
  }

  private boolean isShown() {
    return view.detail() != Detail.NONE;
  }

  private MessageEntry entry(Endpoint sender) {
    return sender == Endpoint.CLIENT ? fromClient : fromServer;
  }
}
