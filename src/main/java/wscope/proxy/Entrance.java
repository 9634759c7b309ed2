package wscope.proxy;

import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import wscope.connect.Target;
import wscope.connection.Addresses;
import wscope.net.Deadline;
import wscope.net.Link;
import wscope.net.LinkHandler;
import wscope.protocol.event.ConnectionClosure;
import wscope.protocol.event.Crossings;
import wscope.protocol.event.DirectionTotals;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.LegEnd;
import wscope.protocol.event.LegTotals;
import wscope.protocol.event.PingRoundTrips;
import wscope.protocol.event.TransportEnd;
import wscope.protocol.handshake.HandshakeResult;
import wscope.protocol.handshake.HeaderField;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.RequestDecoder;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.handshake.ServerHandshake;
import wscope.protocol.rule.Endpoint;

/**
 * An accepted client until its request is read and judged. After that, a {@link Pair} handles its
 * link.
 */
final class Entrance implements LinkHandler {
  private static final LegTotals NOTHING =
      new LegTotals(DirectionTotals.NONE, 0, PingRoundTrips.NONE, Crossings.NONE);

  private static final RequestDecoder NO_MORE = new RequestDecoder(0, 0);

  /** The port of http and ws. */
  private static final int DEFAULT_PORT = 80;

  private final Proxy proxy;
  private final Link link;
  private final Desk desk;

  /** Reads the request; a pair needs it no more. */
  private RequestDecoder decoder;

  private final long started = System.nanoTime();
  private Deadline deadline;

  /** The handler of everything from now on; null until the request is read. */
  private @Nullable Pair pair;

  /** The listener of a connection that gets no pair; null before it is needed. */
  private @Nullable ExchangeListener listener;

  private TransportEnd.@Nullable Manner manner;
  private @Nullable Endpoint by;
  private @Nullable String trouble;

  Entrance(Proxy proxy, Link link, Desk desk) {
    this.proxy = proxy;
    this.link = link;
    this.desk = desk;
    ProxySettings settings = proxy.settings();
    decoder = new RequestDecoder(settings.limits().maxHead(), settings.limits().maxHeaderFields());
    deadline = link.after(settings.timeouts().handshake(), this::late);
  }

  @Override
  public void established() {
    Destination.Tunnel tunnel = desk.unseen();
    if (tunnel != null) {
      deadline.cancel();
      join("", tunnel);
    }
  }

  @Override
  public void received(ByteBuffer bytes) {
    if (pair != null) {
      pair.client().received(bytes);
    } else if (listener != null) {
      bytes.position(bytes.limit());
    } else if (decoder.feed(bytes)) {
      deadline.cancel();
      judge();
    } else {
      link.kept(decoder.received().length(), 0);
    }
  }

  private void judge() {
    RequestHead request = decoder.head();
    if (request == null) {
      HandshakeResult result = ServerHandshake.check(null, decoder.violations());
      announce(result);
      int status = ((HandshakeResult.Invalid) result).response().status();
      refuse(status, "the request cannot be read, so its server is not known", "GET");
      return;
    }
    Destination to = desk.judge(request);
    if (to instanceof Destination.Refusal refusal) {
      refuse(request, refusal.status(), refusal.why());
    } else if (to instanceof Destination.Tunnel tunnel) {
      join(request.target(), tunnel);
    } else {
      join(request, (Destination.Server) to);
    }
  }

  /** Whether a request is meant to open a WebSocket, whatever is wrong with it. */
  static boolean isWebSocket(RequestHead request) {
    for (HeaderField field : request.fields()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      String value = field.value().toLowerCase(Locale.ROOT);
      if (name.startsWith("sec-websocket-")
          || (name.equals("upgrade") && value.contains("websocket"))) {
        return true;
      }
    }
    return false;
  }

  private void join(RequestHead request, Destination.Server to) {
    BodyEnd body = to.watched() && isWebSocket(request) ? null : BodyEnd.of(request);
    if (body == null && !(to.watched() && isWebSocket(request))) {
      refuse(request, 400, "the end of the request's body is ambiguous");
      return;
    }
    if (body != null && !decoder.violations().isEmpty()) {
      String rule = decoder.violations().get(0).rule().id();
      refuse(request, 400, "the head is malformed, so servers may read it differently: " + rule);
      return;
    }
    long number = proxy.nextNumber();
    ExchangeListener shown = proxy.listener().connected(number);
    if (body == null) {
      shown.event(new Event.Connected(Addresses.of(link.remote()), Addresses.of(link.local()), -1));
    }
    if (to.watched()) {
      desk.introduce(shown);
    } else {
      Target target = to.route().target();
      unseen(shown, target.authority() + (target.port() == DEFAULT_PORT ? ":80" : ""));
    }
    join(new Pair(proxy, number, shown, link, request, decoder.received(), body, to));
  }

  /** Joins a tunnel to the target of CONNECT. */
  private void join(String authority, Destination.Tunnel to) {
    long number = proxy.nextNumber();
    ExchangeListener shown = proxy.listener().connected(number);
    if (to.announced()) {
      unseen(shown, authority);
    } else {
      desk.introduce(shown);
    }
    join(new Pair(proxy, number, shown, link, to));
  }

  private static void unseen(ExchangeListener shown, String authority) {
    shown.event(new Event.Proxied(authority, null, Event.Proxied.Treatment.NOT_NAMED));
  }

  private void join(Pair joined) {
    pair = joined;
    decoder = NO_MORE;
    proxy.add(joined);
    joined.dial();
  }

  /** Shows the connection and its request. */
  private ExchangeListener announce(@Nullable HandshakeResult result) {
    ExchangeListener shown = proxy.listener().connected(proxy.nextNumber());
    listener = shown;
    shown.event(new Event.Connected(Addresses.of(link.remote()), Addresses.of(link.local()), -1));
    desk.introduce(shown);
    if (result != null) {
      shown.event(new Event.Request(0, decoder.received(), decoder.head(), result));
    }
    return shown;
  }

  private void refuse(RequestHead request, int status, String why) {
    announce(
        isWebSocket(request)
            ? ServerHandshake.check(request, decoder.violations())
            : new HandshakeResult.PlainRequest(request));
    refuse(status, why, request.method());
  }

  private void refuse(int status, String why, String method) {
    HttpResponse response = Refusals.of(status, why, method);
    ExchangeListener shown = listener;
    if (shown != null) {
      shown.event(new Event.Refused(status, why, response));
    }
    link.write(response.bytes());
    link.end();
    manner = TransportEnd.Manner.FIN;
    deadline = link.after(proxy.settings().timeouts().close(), link::abort);
  }

  private void late() {
    announceIncomplete();
    if (listener != null) {
      manner = TransportEnd.Manner.DEADLINE;
      trouble = proxy.wording().noRequest(proxy.settings().timeouts());
    }
    link.abort();
  }

  /** Shows a connection without a whole request, unless the client has sent nothing. */
  private void announceIncomplete() {
    String raw = decoder.received();
    if (!raw.isEmpty()) {
      announce(null).event(new Event.HeadIncomplete(Endpoint.CLIENT, 0, raw));
    } else if (desk.isInUse()) {
      announce(null);
    }
  }

  @Override
  public void drained() {
    if (pair != null) {
      pair.client().drained();
    }
  }

  @Override
  public void giveUp() {
    if (pair != null) {
      pair.client().giveUp();
    }
  }

  @Override
  public void freeMemory() {
    if (pair != null) {
      pair.client().freeMemory();
    }
  }

  @Override
  public void ended() {
    if (pair != null) {
      pair.client().ended();
      return;
    }
    by = Endpoint.CLIENT;
    manner = TransportEnd.Manner.FIN;
    if (listener == null) {
      announceIncomplete();
    }
    link.end();
  }

  @Override
  public void closed(@Nullable Exception cause) {
    deadline.cancel();
    proxy.left();
    if (pair != null) {
      pair.client().closed(cause);
      return;
    }
    if (cause != null && listener == null) {
      announce(null);
    }
    ExchangeListener shown = listener;
    if (shown != null) {
      shown.event(
          new Event.Parted(
              false,
              new ConnectionClosure(null, null, null, null),
              new LegEnd(by, manner == null ? TransportEnd.Manner.ABORT : manner, false, 0),
              cause == null ? trouble : proxy.wording().trouble(cause),
              NOTHING,
              NOTHING,
              0,
              System.nanoTime() - started));
    }
  }
}
