package wscope.report.json;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Incomplete;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;
import wscope.report.Detail;
import wscope.report.JoinedMessage;
import wscope.report.LiveView;
import wscope.report.Preview;
import wscope.report.Totals;

/**
 * One direction of a connection as JSON: {@code (frame violation* (control | close | message)?)*
 * message* end}, in the order of the bytes and however these were cut.
 *
 * <p>A frame is told when its payload is there or will not come any more; so are the rules that it
 * breaks, but for those that only its end shows: they follow it.
 */
final class JsonFrames implements FrameListener {
  private final JsonEvents events;
  private final LiveView view;
  private final long preview;
  private final @Nullable Endpoint onlySender;
  private final @Nullable JsonFrames before;
  private final Preview framePreview;
  private final List<Violation> headerViolations = new ArrayList<>(0);
  private final List<Violation> payloadViolations = new ArrayList<>(0);
  private final Totals totals;
  private JoinedMessage fromClient;
  private JoinedMessage fromServer;

  /** The frame at hand, between its header and its line. */
  private @Nullable FrameHeader frame;

  /** A message that the frame at hand has put an end to; told behind it. */
  private @Nullable JoinedMessage interrupted;

  private long lastFrame;
  private Endpoint lastSender = Endpoint.CLIENT;
  private @Nullable TornHandshake tornHandshake;
  private boolean failed;

  /**
   * @param onlySender whose frames these are; null if both ends' come
   * @param totals of these frames, which hear of everything before this does
   * @param before the other direction, if it is told too: a broken frame there is what a frame here
   *     answers, and is told first
   */
  JsonFrames(
      JsonEvents events,
      LiveView view,
      @Nullable Endpoint onlySender,
      Totals totals,
      @Nullable JsonFrames before) {
    this.events = events;
    this.view = view;
    Detail kept = view.kept();
    preview = kept == Detail.NONE ? 0 : view.preview();
    this.onlySender = onlySender;
    this.totals = totals;
    this.before = before;
    framePreview = new Preview(kept.atLeast(Detail.FRAMES) ? preview : 0);
    fromClient = new JoinedMessage(preview);
    fromServer = new JoinedMessage(preview);
  }

  /** The input has ended inside a handshake. */
  void handshakeIncomplete(TornHandshake where) {
    tornHandshake = where;
  }

  @Override
  public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {
    if (before != null) {
      before.tellBrokenFrame();
    }
    frame = header;
    lastFrame = header.number();
    lastSender = sender;
    if (!violations.isEmpty()) {
      headerViolations.addAll(violations);
    }
  }

  @Override
  public void framePayload(FrameHeader header, ByteBuffer payload, long index) {
    framePreview.add(payload);
  }

  @Override
  public void frameEnded(FrameHeader header) {
    endFrame(true);
  }

  @Override
  public void messageStarted(Message started) {
    joined(started.sender()).start(started);
  }

  @Override
  public void messageData(Message current, ByteBuffer data, boolean last) {
    joined(current.sender()).add(data);
  }

  @Override
  public void messageEnded(Message ended) {
    JoinedMessage joined = joined(ended.sender());
    tell(joined, true);
    joined.clear();
  }

  @Override
  public void messageAbandoned(Message abandoned) {
    JoinedMessage torn = joined(abandoned.sender());
    if (frame == null) {
      // The frame that interrupts it was told already, because it breaks a rule.
      tell(torn, false);
    } else {
      torn.freeze();
      interrupted = torn;
    }
    JoinedMessage next = new JoinedMessage(preview);
    if (abandoned.sender() == Endpoint.CLIENT) {
      fromClient = next;
    } else {
      fromServer = next;
    }
  }

  @Override
  public void control(Opcode opcode, ByteBuffer payload) {
    if (view.detail() != Detail.NONE) {
      events.control(lastSender, lastFrame, opcode, payload, preview);
    }
  }

  @Override
  public void close(@Nullable CloseBody body) {
    if (view.detail() != Detail.NONE) {
      events.close(lastSender, lastFrame, body);
    }
  }

  @Override
  public void violation(Violation violation) {
    if (frame == null) {
      tell(violation);
    } else {
      payloadViolations.add(violation);
    }
  }

  @Override
  public void failed() {
    failed = true;
  }

  @Override
  public void ended(@Nullable Incomplete incomplete) {
    endFrame(false);
    long[] unfinished = failed ? new long[0] : unfinished();
    tell(fromClient, false);
    tell(fromServer, false);
    if (onlySender != null || !totals.isEmpty()) {
      events.end(onlySender, totals, unfinished, incomplete, tornHandshake);
    }
  }

  /** A frame that breaks a rule may not be read on: tells what has come of it. */
  private void tellBrokenFrame() {
    if (hasError(headerViolations) || hasError(payloadViolations)) {
      endFrame(false);
    }
  }

  private void endFrame(boolean complete) {
    FrameHeader header = frame;
    if (header == null) {
      return;
    }
    if (view.detail().atLeast(Detail.FRAMES)) {
      ByteBuffer payload = framePreview.content();
      boolean text = isText(header);
      long omitted = framePreview.omitted();
      events.frame(lastSender, header, complete, headerViolations, payload, text, omitted);
    }
    tell(headerViolations);
    tell(payloadViolations);
    if (interrupted != null) {
      tell(interrupted, false);
    }
    headerViolations.clear();
    payloadViolations.clear();
    framePreview.clear();
    interrupted = null;
    frame = null;
  }

  private void tell(List<Violation> violations) {
    for (int i = 0; i < violations.size(); i++) {
      tell(violations.get(i));
    }
  }

  private void tell(Violation violation) {
    if (view.detail() != Detail.NONE) {
      events.violation(lastSender, violation);
    }
  }

  private void tell(JoinedMessage joined, boolean complete) {
    Message message = joined.message();
    if (message != null && view.detail() != Detail.NONE) {
      events.message(message, complete, joined.content(), joined.isText(), joined.omitted());
    }
  }

  private long[] unfinished() {
    Message first = fromClient.message();
    Message second = fromServer.message();
    if (first != null && second != null) {
      return new long[] {first.number(), second.number()};
    }
    Message only = first == null ? second : first;
    return only == null ? new long[0] : new long[] {only.number()};
  }

  /** Whether a payload is meant to be text, as far as its own frame shows it. */
  private boolean isText(FrameHeader header) {
    return switch (header.opcode()) {
      case PING, PONG -> true;
      case TEXT -> !header.anyRsv();
      case CONTINUATION -> joined(lastSender).isTextInFrames();
      default -> false;
    };
  }

  private JoinedMessage joined(Endpoint sender) {
    return sender == Endpoint.CLIENT ? fromClient : fromServer;
  }

  private static boolean hasError(List<Violation> violations) {
    for (int i = 0; i < violations.size(); i++) {
      if (violations.get(i).rule().isError()) {
        return true;
      }
    }
    return false;
  }
}
