package wscope.report;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.IncompleteFrame;
import wscope.protocol.handshake.Hixie76Challenge;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/**
 * Keeps the input of a connection, or of a decoded stream, until a {@link Printer} can print it. A
 * journal has everything that a printer needs to know about earlier events.
 */
public final class Journal implements ExchangeListener {
  private final LiveView view;
  private final Printer printer;
  private final @Nullable Endpoint self;
  private final boolean live;
  private final Totals totals;
  private final Preview body;
  private Endpoint bodySender = Endpoint.CLIENT;
  private @Nullable IncompleteHandshake incomplete;
  private @Nullable FrameJournal received;

  private Journal(
      LiveView view, Printer printer, @Nullable Endpoint self, boolean live, Totals totals) {
    this.live = live;
    this.view = view;
    this.printer = printer;
    this.self = self;
    this.totals = totals;
    body = new Preview(view.kept() == Detail.NONE ? 0 : view.preview());
  }

  /**
   * Creates the journal of a decoded stream.
   *
   * @param totals counts the stream
   */
  public static Journal ofStream(LiveView view, Printer printer, Totals totals) {
    return new Journal(view, printer, null, false, totals);
  }

  /**
   * Creates the journal of a connection, as seen from one of its ends or from between them.
   *
   * @param self that end; null for a proxy between both
   */
  public static Journal ofConnection(LiveView view, Printer printer, @Nullable Endpoint self) {
    return new Journal(view, printer, self, true, new Totals());
  }

  @Override
  public void event(Event event) {
    totals.event(event);
    if (event instanceof Event.Body part) {
      bodySender = part.sender();
      body.add(part.bytes());
      return;
    }
    if (event instanceof Event.Disconnected
        || event instanceof Event.Parted
        || event instanceof Event.CaptureEnded) {
      body();
    } else if (event instanceof Event.HeadIncomplete head) {
      incomplete = new IncompleteHandshake("head", head.offset() + head.raw().length(), 0);
    } else if (event instanceof Event.ChallengeIncomplete challenge) {
      int length = challenge.body().remaining();
      int missing = Hixie76Challenge.BODY_BYTES - length;
      incomplete = new IncompleteHandshake("challenge", challenge.offset() + length, missing);
    }
    if (view.detail() != Detail.NONE || isNeeded(event)) {
      printer.event(event);
    }
  }

  /**
   * Whether a connection shows an event at any detail, because it may have violations or a failure.
   */
  private boolean isNeeded(Event event) {
    return live
        && (event instanceof Event.Request
            || (event instanceof Event.Expectation missed && !missed.met())
            || (event instanceof Event.Response && self != Endpoint.SERVER)
            || event instanceof Event.Refused
            || (event instanceof Event.Parted parted && parted.trouble() != null)
            || (event instanceof Event.Disconnected end && end.trouble() != null));
  }

  @Override
  public @Nullable FrameListener frames(@Nullable Endpoint sender) {
    if (!live || sender == null) {
      return new FrameJournal(this, view, printer, null, false, totals);
    }
    boolean shown = view.kept() != Detail.NONE;
    if (sender == self) {
      return shown ? new FrameJournal(this, view, printer, sender, false, new Totals()) : null;
    }
    if (!shown) {
      return new ViolationsOnly(printer, sender);
    }
    Totals counted = self == null ? new Totals() : totals;
    FrameJournal journal = new FrameJournal(this, view, printer, sender, true, counted);
    received = self == null ? null : journal;
    return journal;
  }

  /** Prints a broken frame of the peer before our frames, which respond to it. */
  void endBrokenFrame() {
    if (received != null) {
      received.endBrokenFrame();
    }
  }

  /** Ends the report after all frames have been printed. */
  void ended(
      @Nullable Endpoint sender,
      Totals counted,
      List<Message> unfinished,
      @Nullable IncompleteFrame frame) {
    if (!live) {
      body();
    }
    printer.ended(new StreamEnd(sender, counted, unfinished, frame, live ? null : incomplete));
  }

  /** Prints the body after a head that opened no WebSocket, if the peer or a stream had one. */
  private void body() {
    ByteBuffer content = body.content();
    boolean any = content.hasRemaining() || body.omitted() > 0;
    if (any && self != Endpoint.SERVER && view.detail() != Detail.NONE) {
      printer.body(bodySender, content, body.omitted());
    }
  }

  /** Prints only the violations of the peer. */
  private record ViolationsOnly(Printer printer, Endpoint peer) implements FrameListener {
    @Override
    public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {
      for (int i = 0; i < violations.size(); i++) {
        violation(violations.get(i));
      }
    }

    @Override
    public void headerIncomplete(
        IncompleteFrame incomplete,
        FrameHeader known,
        Endpoint sender,
        List<Violation> violations) {
      frameStarted(known, sender, violations);
    }

    @Override
    public void violation(Violation violation) {
      printer.violation(peer, violation);
    }
  }
}
