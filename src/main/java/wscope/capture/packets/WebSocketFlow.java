package wscope.capture.packets;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wscope.packet.HeldBytes;
import wscope.packet.TcpEnd;
import wscope.protocol.Exchange;
import wscope.protocol.Limits;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.event.TeeListener;
import wscope.protocol.event.TransportEnd;
import wscope.protocol.message.CloseBody;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.RuleGroup;

/**
 * Reads one connection that may be a WebSocket. Its first head shows whether it is one; only then
 * the listener learns of it.
 */
final class WebSocketFlow implements ExchangeListener {
  /** The number of bytes of the client that may wait for the response. */
  static final int MOST_WAITING = 1 << 20;

  private final PacketCapture capture;
  private final Event.Captured ends;
  private final Exchange exchange;
  private final long began;
  private final HeldBytes fromClient = new HeldBytes();
  private final HeldBytes fromServer = new HeldBytes();

  /** What each direction lacks first: bytes, or their decryption. */
  private final Map<Endpoint, Event> lacks = new EnumMap<>(Endpoint.class);

  /** What retransmissions of each direction differ in, before the listener learns of them. */
  private final Map<Endpoint, Event.RetransmissionDiffers> differences =
      new EnumMap<>(Endpoint.class);

  /** How the directions are read on in which no frame has been found after a gap. */
  private final Map<Endpoint, Resumption> resumptions = new EnumMap<>(Endpoint.class);

  /** The directions that are not read any longer. */
  private final Set<Endpoint> stopped = EnumSet.noneOf(Endpoint.class);

  private final Map<Endpoint, CloseBody> closes = new EnumMap<>(Endpoint.class);
  private @Nullable ExchangeListener listener;
  private @Nullable Endpoint initiator;
  private @Nullable TransportEnd end;

  /** The memory of what waits, as the capture knows it. */
  private long counted;

  private boolean rejected;
  private boolean unfollowed;
  private boolean hasRequest;
  private boolean hasResponse;
  private long lastBytes;
  private long last;
  private long silence;

  WebSocketFlow(PacketCapture capture, Event.Captured ends, long began, boolean accepted) {
    this.capture = capture;
    this.began = began;
    this.ends = ends;
    lastBytes = capture.now();
    last = lastBytes;
    exchange = new Exchange(Limits.NONE, capture.agreed(), capture.pool(), this);
    if (!capture.assumesDeflate()) {
      exchange.assumeNoDeflate();
    }
    if (accepted) {
      accept();
    }
  }

  /** Whether it is a WebSocket, or was to be one. */
  boolean isAccepted() {
    return listener != null;
  }

  /** Whether no WebSocket opens, so that another request may follow. */
  boolean isRejected() {
    return rejected;
  }

  /** Whether the head does not even ask for a WebSocket. */
  boolean isRefused() {
    return rejected && listener == null;
  }

  /** Whether it is a WebSocket that is not read, because too many are open. */
  boolean isUnfollowed() {
    return unfollowed;
  }

  /** Whether neither end of TCP has been seen. */
  boolean isOpen() {
    return listener != null && end == null;
  }

  void bytes(Endpoint sender, ByteBuffer bytes) {
    if (!bytes.hasRemaining()) {
      return;
    }
    lastBytes = capture.now();
    last = lastBytes;
    if (stopped.contains(sender)) {
      return;
    }
    Resumption resumption = resumptions.get(sender);
    if (resumption == null) {
      read(sender, bytes);
    } else {
      resume(sender, resumption, bytes);
    }
  }

  /** Reads bytes that follow those that have been read. */
  private void read(Endpoint sender, ByteBuffer bytes) {
    HeldBytes waiting = waiting(sender);
    if (!waiting.bytes().hasRemaining()) {
      feed(sender, bytes);
    }
    if (bytes.hasRemaining()) {
      waiting.add(bytes);
      feedWaiting(sender);
    }
    feedWaiting(sender.peer());
    int rest = waiting.bytes().remaining();
    if ((!count() && rest > 0) || rest > MOST_WAITING) {
      stop(sender, new Event.Gap(sender, 0, Event.Gap.Then.CROWDED));
    }
  }

  /** Looks for the next frame after a gap, and reads on from there. */
  private void resume(Endpoint sender, Resumption resumption, ByteBuffer bytes) {
    Event.Resumed resumed = resumption.add(bytes);
    if (resumed != null) {
      resumed(resumption, resumed);
    } else if (!count()) {
      stop(sender, new Event.Gap(sender, 0, Event.Gap.Then.CROWDED));
    }
  }

  private void resumed(Resumption resumption, Event.Resumed event) {
    Endpoint sender = event.sender();
    resumptions.remove(sender);
    count();
    exchange.resume(sender, resumption.before());
    note(event);
    read(sender, resumption.frames());
  }

  /** Passes on what is known of the connection apart from its bytes. */
  void note(Event event) {
    if (listener != null) {
      listener.event(event);
    }
  }

  private HeldBytes waiting(Endpoint sender) {
    return sender == Endpoint.CLIENT ? fromClient : fromServer;
  }

  /** Tells the capture how much waits; false if that is too much. */
  private boolean count() {
    long before = counted;
    counted = (long) fromClient.size() + fromServer.size();
    for (Resumption resumption : resumptions.values()) {
      counted += resumption.size();
    }
    return capture.holds(counted - before);
  }

  private void feedWaiting(Endpoint sender) {
    HeldBytes waiting = waiting(sender);
    feed(sender, waiting.bytes());
    if (!waiting.bytes().hasRemaining()) {
      waiting.clear();
    }
  }

  /** Reads bytes up to those that wait for the other direction. */
  private void feed(Endpoint sender, ByteBuffer bytes) {
    int before = -1;
    while (bytes.hasRemaining() && bytes.remaining() != before && !isRefused()) {
      before = bytes.remaining();
      exchange.feed(sender, bytes);
    }
  }

  /**
   * Bytes are missing.
   *
   * @param dropped the number of bytes that follow, but were not kept
   * @param records the missing records of TLS, in which there may be less because of padding; null
   *     if it is sure how many bytes are missing
   */
  void gap(Endpoint sender, long missing, long dropped, Event.@Nullable RecordsMissing records) {
    Resumption resumption = resumptions.get(sender);
    if (stopped.contains(sender)) {
      return;
    }
    if (resumption != null) {
      resumption.gap(missing, records == null);
      lack(sender, records == null ? new Event.Gap(sender, missing, resumption.then()) : records);
      return;
    }
    // What waits for the other direction was to be read before the gap.
    HeldBytes waiting = waiting(sender);
    boolean waits = waiting.bytes().hasRemaining();
    waiting.clear();
    long rest = exchange.gap(sender, missing);
    if (!exchange.awaitsFrames(sender)) {
      stop(sender, new Event.Gap(sender, missing, Event.Gap.Then.UNREAD));
      return;
    }
    resumption =
        new Resumption(
            sender, waits || records != null ? -1 : rest, dropped, exchange.mayCompress());
    resumptions.put(sender, resumption);
    count();
    lack(sender, records == null ? new Event.Gap(sender, missing, resumption.then()) : records);
  }

  /** A retransmission has other bytes than the first ones, which are read. */
  void differs(Endpoint sender, long offset, long count) {
    Event.RetransmissionDiffers event = new Event.RetransmissionDiffers(sender, offset, count);
    if (listener == null) {
      differences.merge(
          sender,
          event,
          (first, more) ->
              new Event.RetransmissionDiffers(
                  sender, Math.min(first.offset(), more.offset()), first.bytes() + more.bytes()));
    } else {
      listener.event(event);
    }
  }

  private void lack(Endpoint sender, Event what) {
    lacks.putIfAbsent(sender, what);
    note(what);
  }

  /** TLS cannot be decrypted further: reads nothing more of this direction. */
  void undecrypted(Endpoint sender, String reason) {
    stop(sender, new Event.Undecrypted(sender, reason));
  }

  /** Reads nothing more of a direction. */
  private void stop(Endpoint sender, Event why) {
    if (stopped.add(sender)) {
      waiting(sender).clear();
      resumptions.remove(sender);
      count();
      exchange.stop(sender);
      lack(sender, why);
    }
  }

  void ended(Endpoint sender, TcpEnd how) {
    last = capture.now();
    Resumption resumption = resumptions.get(sender);
    Event.Resumed resumed = resumption == null ? null : resumption.end();
    if (resumption != null && resumed != null) {
      resumed(resumption, resumed);
    }
    if (end == null) {
      TransportEnd.Manner manner =
          how == TcpEnd.RST ? TransportEnd.Manner.RESET : TransportEnd.Manner.FIN;
      end = new TransportEnd(sender, manner);
      silence = last - lastBytes;
    }
  }

  /**
   * Ends the connection.
   *
   * @param until why it is not read to its end; null if TCP has ended, or the capture has
   */
  void finish(Event.@Nullable ReadUntil until) {
    if (listener != null) {
      exchange.end(Endpoint.SERVER);
      // Without a response, the end of the server shows how to read the client.
      feedWaiting(Endpoint.CLIENT);
      exchange.end(Endpoint.CLIENT);
      for (Map.Entry<Endpoint, Resumption> each : resumptions.entrySet()) {
        if (each.getValue().unread() > 0) {
          listener.event(new Event.Unread(each.getKey(), each.getValue().unread()));
        }
      }
      listener.event(
          new Event.CaptureEnded(
              closes.get(Endpoint.CLIENT),
              closes.get(Endpoint.SERVER),
              isUnread(initiator) ? null : initiator,
              isUnread(end == null ? null : end.by()) ? null : end,
              silence,
              capture.since(began) < 0 ? -1 : last - began,
              unjudged(until),
              capture.fidelity(),
              List.of(),
              until,
              null));
      capture.closed();
    }
    fromClient.clear();
    fromServer.clear();
    resumptions.clear();
    count();
    exchange.close();
  }

  /** Whether bytes of the other endpoint are missing, which may have done the same before. */
  private boolean isUnread(@Nullable Endpoint first) {
    return first != null && lacks.containsKey(first.peer());
  }

  /** The groups of rules that the missing bytes may break. */
  private List<RuleGroup> unjudged(Event.@Nullable ReadUntil until) {
    List<RuleGroup> groups = new ArrayList<>();
    if (!hasRequest) {
      groups.add(RuleGroup.REQUEST);
    }
    if (!hasResponse) {
      groups.add(RuleGroup.RESPONSE);
    }
    boolean whole = until == null || until == Event.ReadUntil.NEXT_REQUEST;
    if (!lacks.isEmpty() || !whole) {
      groups.add(RuleGroup.FRAME_HEADER);
      groups.add(RuleGroup.FRAME_ORDER);
      groups.add(RuleGroup.MESSAGE);
      groups.add(RuleGroup.COMPRESSION);
      groups.add(RuleGroup.CLOSE_BODY);
    } else if (!hasResponse) {
      groups.add(RuleGroup.COMPRESSION);
    }
    return groups;
  }

  private void accept() {
    ExchangeListener accepted = capture.accept();
    if (accepted == null) {
      rejected = true;
      unfollowed = true;
      return;
    }
    listener = accepted;
    accepted.event(ends);
    lacks.values().forEach(accepted::event);
    differences.values().forEach(accepted::event);
  }

  @Override
  public void event(Event event) {
    if (event instanceof Event.Request request) {
      hasRequest = true;
      decide(request.raw());
    } else if (event instanceof Event.Response response) {
      hasResponse = true;
      decide(response.raw());
    }
    if (listener != null) {
      listener.event(event);
    }
    if (event instanceof Event.Response response && !response.opens()) {
      // Another request may follow.
      boolean opened = response.head() != null && response.head().status() == 101;
      rejected |= !opened;
    }
  }

  /** A head that names WebSocket, however wrong, is one of a WebSocket. */
  private void decide(String head) {
    if (listener == null) {
      String text = head.toLowerCase(Locale.ROOT);
      if (text.contains("sec-websocket-")
          || (text.contains("\nupgrade:") && text.contains("websocket"))) {
        accept();
      } else {
        rejected = true;
      }
    }
  }

  @Override
  public @Nullable FrameListener frames(@Nullable Endpoint sender) {
    if (listener == null || sender == null) {
      return null;
    }
    FrameListener closing =
        new FrameListener() {
          @Override
          public void close(@Nullable CloseBody body) {
            if (body != null && closes.putIfAbsent(sender, body) == null && initiator == null) {
              initiator = sender;
            }
          }
        };
    FrameListener shown = listener.frames(sender);
    return shown == null ? closing : TeeListener.both(shown, closing);
  }
}
