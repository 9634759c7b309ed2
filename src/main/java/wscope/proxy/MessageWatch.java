package wscope.proxy;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wscope.protocol.Exchange;
import wscope.protocol.Limits;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.event.AwaitedInput;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.event.TeeListener;
import wscope.protocol.handshake.HandshakeResult;
import wscope.protocol.handshake.Hixie76Challenge;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.handshake.ResponseHead;
import wscope.protocol.rule.Endpoint;

/** Looks at a WebSocket: its handshake, its frames and its messages. */
final class MessageWatch implements Watch, ExchangeListener {
  /** The bytes that a client may send before the response, to be looked at later. */
  private static final int MOST_EARLY = 64 << 10;

  /** The work of one turn, in inflated bytes. */
  private static final long TURN = 1 << 20;

  /** The bytes of a response's body that are shown. */
  private static final int MOST_BODY = 64 << 10;

  private final ExchangeListener shown;
  private final Runnable onResponse;
  private final int copies;
  private final Exchange exchange;
  private final Side client = new Side(Endpoint.CLIENT);
  private final Side server = new Side(Endpoint.SERVER);
  private final Tally fromClient;
  private final Tally fromServer;
  private @Nullable Endpoint closer;
  private boolean closedByProxy;
  private Event.@Nullable Response response;
  private @Nullable BodyEnd body;

  /** What may pass before the response; null for anything, because the request is valid. */
  private @Nullable BodyEnd early;

  private boolean gaveUp;

  /** One direction. */
  private static final class Side {
    private final Endpoint sender;
    private @Nullable ByteBuffer left;
    private FrameListener frames = new FrameListener() {};
    private @Nullable Editor editor;
    private long nanos;

    /** Whether the endpoint sends nothing more. */
    private boolean ended;

    /** Whether the exchange knows that, because it has everything before the end. */
    private boolean endRead;

    Side(Endpoint sender) {
      this.sender = sender;
    }
  }

  /**
   * Creates a watch.
   *
   * @param copies the number of copies of each unfinished message that the listener keeps
   * @param onResponse runs when the final response has passed
   */
  MessageWatch(
      Limits limits, BufferPool pool, int copies, ExchangeListener shown, Runnable onResponse) {
    this.shown = shown;
    this.copies = copies;
    this.onResponse = onResponse;
    Pings ofClient = new Pings();
    Pings ofServer = new Pings();
    fromClient = tally(Endpoint.CLIENT, ofClient, ofServer);
    fromServer = tally(Endpoint.SERVER, ofServer, ofClient);
    Limits heads =
        new Limits(Long.MAX_VALUE, Long.MAX_VALUE, limits.maxHead(), limits.maxHeaderFields());
    exchange = Exchange.ofPassing(heads, pool, this);
  }

  private Tally tally(Endpoint sender, Pings own, Pings others) {
    return new Tally(own, others, TURN, () -> pause(sender), () -> closed(sender));
  }

  private void pause(Endpoint sender) {
    exchange.pause(sender);
  }

  private void closed(Endpoint sender) {
    closer = closer == null && !closedByProxy ? sender : closer;
  }

  /**
   * The proxy has sent an endpoint a Close. If it was the first one, the endpoints respond to it.
   */
  void closedByProxy() {
    closedByProxy = true;
  }

  /** Lets an editor pass on the frames of an endpoint. Call it before the first frame. */
  void edit(Endpoint sender, Editor editor) {
    side(sender).editor = editor;
  }

  /** The parameters with which an endpoint compresses, when the response has arrived. */
  @Nullable DeflateParameters compressionOf(Endpoint sender) {
    return exchange.compressionOf(sender);
  }

  /** The parameters of permessage-deflate that the endpoints agreed on; null for none. */
  @Nullable DeflateParameters agreed() {
    return exchange.agreed();
  }

  /** Reads the head of the request, which is passed on later. */
  void request(ByteBuffer raw) {
    exchange.feed(Endpoint.CLIENT, raw);
  }

  @Override
  public int passable(Endpoint sender, ByteBuffer in) {
    if (sender == Endpoint.CLIENT && isRejected()) {
      return 0;
    }
    return sender == Endpoint.CLIENT && early != null && response == null
        ? early.pass(in)
        : in.remaining();
  }

  @Override
  public void passed(Endpoint sender, ByteBuffer in, long nanos) {
    Side side = side(sender);
    side.nanos = nanos;
    if (gaveUp) {
      event(new Event.Opaque(sender, Event.Opaque.Why.MEMORY, in));
    } else if (side.left == null) {
      look(side, in);
    } else {
      leave(side, in);
      catchUp(sender);
    }
  }

  private void look(Side side, ByteBuffer in) {
    tally(side.sender).beginTurn();
    side.frames.crossed(side.nanos);
    exchange.feed(side.sender, in);
    if (in.hasRemaining()) {
      leave(side, in);
    }
    if (side == server && client.left != null && response != null) {
      catchUp(Endpoint.CLIENT);
      if (client.ended) {
        endAfterAll(client);
      }
    }
  }

  /** Keeps bytes for later, after those that were left before. */
  private void leave(Side side, ByteBuffer in) {
    ByteBuffer before = side.left;
    int size = (before == null ? 0 : before.remaining()) + in.remaining();
    if (response == null && size > MOST_EARLY) {
      giveUp();
      return;
    }
    ByteBuffer all = ByteBuffer.allocate(size);
    if (before != null) {
      all.put(before);
    }
    side.left = all.put(in).flip();
  }

  @Override
  public boolean isBehind(Endpoint sender) {
    return side(sender).left != null && (sender == Endpoint.SERVER || response != null);
  }

  @Override
  public void catchUp(Endpoint sender) {
    Side side = side(sender);
    ByteBuffer left = side.left;
    if (left != null && !gaveUp) {
      side.left = null;
      look(side, left);
    }
  }

  @Override
  public void ended(Endpoint sender) {
    Side side = side(sender);
    if (!side.ended && !gaveUp) {
      side.ended = true;
      endAfterAll(side);
      if (client.ended) {
        endAfterAll(client);
      }
    }
  }

  /** Ends a direction after its last bytes, unless these wait for the response. */
  private void endAfterAll(Side side) {
    while (isBehind(side.sender) && !gaveUp) {
      catchUp(side.sender);
    }
    if (side.left == null || server.ended) {
      end(side);
    }
  }

  private void end(Side side) {
    if (!side.endRead) {
      side.endRead = true;
      exchange.end(side.sender);
    }
  }

  @Override
  public long held(Endpoint sender) {
    if (gaveUp) {
      return 0;
    }
    ByteBuffer left = side(sender).left;
    return (left == null ? 0 : left.capacity()) + copies * tally(sender).unfinished();
  }

  @Override
  public void giveUp() {
    if (!gaveUp) {
      gaveUp = true;
      giveUp(client);
      giveUp(server);
      client.left = null;
      server.left = null;
      end(client);
      end(server);
      exchange.close();
    }
  }

  private static void giveUp(Side side) {
    if (side.editor != null) {
      side.editor.giveUp();
    }
  }

  /** Whether it looks at nothing more. */
  boolean hasGivenUp() {
    return gaveUp;
  }

  /** Frees everything, because the pair has ended. */
  void close() {
    ended(Endpoint.SERVER);
    ended(Endpoint.CLIENT);
    if (!gaveUp) {
      exchange.close();
    }
  }

  @Override
  public void event(Event event) {
    if (event instanceof Event.Body part) {
      body(part);
      return;
    }
    shown.event(event);
    if (event instanceof Event.Opaque opaque) {
      Editor editor = side(opaque.sender()).editor;
      if (editor != null) {
        editor.opaque(opaque.bytes());
      }
    }
    if (event instanceof Event.Request first) {
      early = first.result() instanceof HandshakeResult.Accepted ? null : early(first.head());
    }
    if (event instanceof Event.Response last) {
      response = last;
      ResponseHead head = last.head();
      body = head == null ? BodyEnd.never() : BodyEnd.of(head, "GET");
      onResponse.run();
    }
  }

  /** Shows the beginning of the body of a response, which says why no WebSocket opens. */
  private void body(Event.Body part) {
    BodyEnd end = body;
    if (part.sender() == Endpoint.SERVER && end != null) {
      ByteBuffer bytes = part.bytes();
      long room = MOST_BODY - end.size();
      end.feed(part.bytes());
      if (room > 0) {
        bytes.limit(bytes.position() + (int) Math.min(room, bytes.remaining()));
        shown.event(new Event.Body(Endpoint.SERVER, bytes));
      }
    }
  }

  @Override
  public @Nullable FrameListener frames(@Nullable Endpoint sender) {
    Endpoint from = sender == null ? Endpoint.CLIENT : sender;
    FrameListener of = shown.frames(from);
    FrameListener both = of == null ? tally(from) : TeeListener.both(tally(from), of);
    Editor editor = side(from).editor;
    both = editor == null ? both : TeeListener.both(both, editor);
    side(from).frames = both;
    both.crossed(side(from).nanos);
    return both;
  }

  /** Whether the server has sent its final response. */
  boolean hasResponse() {
    return response != null;
  }

  /**
   * Whether nothing may pass before the response, because a server that does not see a WebSocket in
   * the request would read another request.
   */
  boolean isToWait() {
    return early != null && early.hasEnded();
  }

  private static BodyEnd early(@Nullable RequestHead head) {
    if (head != null && head.first("Sec-WebSocket-Key1") != null) {
      return BodyEnd.of(Hixie76Challenge.BODY_BYTES);
    }
    BodyEnd body = head == null ? null : BodyEnd.of(head);
    return body == null ? BodyEnd.of(0) : body;
  }

  /** Whether the WebSocket has opened. */
  boolean hasOpened() {
    ResponseHead head = response == null ? null : response.head();
    return head != null && head.status() == 101;
  }

  /** Whether the server has sent a response that opens nothing. */
  boolean isRejected() {
    ResponseHead head = response == null ? null : response.head();
    return head != null && head.status() != 101;
  }

  /** The endpoint that sent the first Close; null if there is none, or the proxy sent it. */
  @Nullable Endpoint closer() {
    return closer;
  }

  Tally tally(Endpoint sender) {
    return sender == Endpoint.CLIENT ? fromClient : fromServer;
  }

  /** The input that an endpoint is expected to send next. */
  AwaitedInput awaited(Endpoint sender) {
    return exchange.awaited(sender);
  }

  private Side side(Endpoint sender) {
    return sender == Endpoint.CLIENT ? client : server;
  }
}
