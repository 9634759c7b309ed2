package wscope.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import wscope.connect.DialResult;
import wscope.connect.Dialling;
import wscope.connect.SecuredLink;
import wscope.connection.Addresses;
import wscope.connection.Behaviour;
import wscope.net.Deadline;
import wscope.net.Link;
import wscope.net.LinkHandler;
import wscope.net.SocketFailure;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.TransportEnd;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.rule.Endpoint;

/**
 * A client and the server that its request is for: two links joined. Bytes are passed on as
 * received; the watch looks at them afterwards. The end of one link is passed on to the other.
 */
final class Pair {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Proxy proxy;
  private final long number;
  private final ExchangeListener listener;
  private final Route route;
  private final Watch watch;
  private final Leg client;
  private final PairEnd end;

  /** How bytes of the client are passed on. */
  private final Shape ofClient;

  /** The method of the request; empty if the client cannot read a response any more. */
  private final String method;

  /** The head to pass on, until it is. */
  private ByteBuffer head;

  /** Whether what follows the request waits for the response, because it may be another request. */
  private final boolean waits;

  /** The response to the client once the server is connected. */
  private final ByteBuffer greeting;

  private @Nullable Leg server;
  private @Nullable Dialling dial;
  private @Nullable Deadline deadline;

  /** What the user changes; null if nothing can be changed. */
  private final @Nullable Edits edits;

  private boolean halfClosed;
  private boolean refused;
  private boolean gone;

  /**
   * Creates a pair whose server is not connected yet.
   *
   * @param link the link of the client, whose request has been read
   * @param raw the bytes of the request's head, one character each
   * @param body the body of a plain HTTP request; null for a WebSocket
   */
  Pair(
      Proxy proxy,
      long number,
      ExchangeListener listener,
      Link link,
      RequestHead request,
      String raw,
      @Nullable BodyEnd body,
      Destination.Server to) {
    this.proxy = proxy;
    this.number = number;
    this.listener = listener;
    route = to.route();
    method = request.method();
    greeting = NOTHING;
    ProxySettings settings = proxy.settings();
    Shape ofServer = to.watched() ? settings.ofServer().shape() : Shape.NONE;
    ofClient = to.watched() ? settings.ofClient().shape() : Shape.NONE;
    client = new Leg(this, Endpoint.CLIENT, link, settings.link().highWater(), ofServer);
    client.read(raw.length());
    RequestEdit edit = new RequestEdit(request, raw).rewrite(route);
    if (to.whole()) {
      edit.toOrigin(route.target());
    }
    if (body == null) {
      MessageWatch messages =
          new MessageWatch(
              settings.limits(), proxy.pool(), settings.copies(), listener, this::responded);
      watch = messages;
      edits = Edits.of(this, proxy, listener, messages, request);
      messages.request(StandardCharsets.ISO_8859_1.encode(raw));
      waits = messages.isToWait() || (edits != null && edits.waitsForResponse());
      edit.events().forEach(listener::event);
    } else {
      waits = false;
      edits = null;
      watch = new PageWatch(settings.limits(), request, body, to.watched(), this::pageEnded);
      if (!Entrance.isWebSocket(request)) {
        edit.closeAfterwards();
      }
    }
    head = edits == null ? edit.bytes() : edits.request(edit.bytes());
    end = new PairEnd(listener, watch);
  }

  /** Creates a tunnel whose server is not connected yet. */
  Pair(Proxy proxy, long number, ExchangeListener listener, Link link, Destination.Tunnel to) {
    this.proxy = proxy;
    this.number = number;
    this.listener = listener;
    route = to.route();
    method = to.announced() ? "CONNECT" : "";
    greeting = to.announced() ? Reception.established() : NOTHING;
    head = NOTHING;
    waits = false;
    long highWater = proxy.settings().link().highWater();
    client = new Leg(this, Endpoint.CLIENT, link, highWater, Shape.NONE);
    ofClient = Shape.NONE;
    watch = new TunnelWatch();
    edits = null;
    end = new PairEnd(listener, watch);
  }

  /** The handler of the client's link from now on. */
  Leg client() {
    return client;
  }

  long number() {
    return number;
  }

  Watch watch() {
    return watch;
  }

  /** What the user changes; null if nothing can be changed. */
  @Nullable Edits edits() {
    return edits;
  }

  /** The leg to an endpoint, which is connected. */
  Leg to(Endpoint endpoint) {
    Leg leg = endpoint == Endpoint.CLIENT ? client : server;
    if (leg == null) {
      throw new IllegalStateException("the server is not connected");
    }
    return leg;
  }

  /** Whether the proxy has responded instead of the server. */
  boolean isRefused() {
    return refused;
  }

  /** The other leg; null if there is none yet. */
  @Nullable Leg other(Leg leg) {
    return leg == client ? server : client;
  }

  /** Connects to the server. */
  void dial() {
    client.hold(true);
    dial = new Dialling(proxy.loop(), route.target(), route.dial(), event -> {}, new Dialled());
    dial.start();
  }

  /** The server's link is established. */
  void joined() {
    Leg to = server;
    if (to == null || gone) {
      return;
    }
    setDeadline();
    end.joined();
    client.write(greeting);
    if (waits) {
      client.bar(Leg.Bar.RESPONSE, true);
    }
    to.write(head);
    head = NOTHING;
    client.hold(false);
  }

  /** Sets the deadline for the response to a handshake. */
  private void setDeadline() {
    if (watch instanceof MessageWatch) {
      deadline =
          proxy
              .loop()
              .after(
                  proxy.settings().timeouts().handshake(),
                  () -> late(proxy.wording().noResponse(proxy.settings().timeouts())));
    }
  }

  private void late(String words) {
    Leg to = server;
    if (to != null && to.bytes() == 0) {
      refuse(504, words);
    } else {
      ended(null, TransportEnd.Manner.DEADLINE);
      end.trouble(words);
      abort();
    }
  }

  /** The final response of the server has passed. */
  private void responded() {
    client.bar(Leg.Bar.RESPONSE, false);
    if (deadline != null) {
      deadline.cancel();
      deadline = null;
    }
    if (watch instanceof MessageWatch messages && messages.isRejected()) {
      // A rejected client usually disconnects; a further request needs another connection.
      endAfter(proxy.settings().timeouts().close());
    } else if (edits != null) {
      edits.opened();
    }
  }

  /** A plain response has passed to its end, so both links end. */
  private void pageEnded() {
    proxy
        .loop()
        .execute(
            () -> {
              end.report(client, server, refused);
              endBoth();
            });
  }

  private void endBoth() {
    client.end();
    if (server != null) {
      server.end();
    }
    abortOnceWritten();
  }

  /** Ends both links when the client has had time to disconnect after the last output for it. */
  private void abortOnceWritten() {
    deadline =
        proxy
            .loop()
            .after(
                proxy.settings().timeouts().close(),
                () -> {
                  if (!client.isClosed() && client.link().waiting() > 0) {
                    abortOnceWritten();
                  } else {
                    abort();
                  }
                });
  }

  /** Bytes of a leg were passed on. */
  void passed(Leg leg, long now) {
    end.passed(now);
    Leg other = other(leg);
    if (!halfClosed && other != null && other.hasEnded() && watch instanceof MessageWatch) {
      halfClosed = true;
      listener.event(new Event.HalfClosed(other.endpoint()));
    }
  }

  /** The watch has looked at bytes. */
  void looked() {
    client.looked();
    if (server != null) {
      server.looked();
    }
  }

  /**
   * A link has ended.
   *
   * @param leg the leg whose endpoint has ended it; null for the proxy
   */
  void ended(@Nullable Leg leg, TransportEnd.Manner manner) {
    Leg other = leg == null ? null : other(leg);
    boolean passedOn = other != null && !other.isClosed();
    end.set(leg == null ? null : leg.endpoint(), manner, passedOn);
  }

  /** Something has failed below the protocol, on one leg. */
  void trouble(Leg leg, @Nullable Exception cause) {
    if (cause != null) {
      end.trouble(
          leg == client ? proxy.wording().trouble(cause) : proxy.wording().serverTrouble(cause));
    }
  }

  /** Responds to the client instead of the server. */
  void refuse(int status, String why) {
    refused = true;
    if (deadline != null) {
      deadline.cancel();
    }
    client.bar(Leg.Bar.RESPONSE, false);
    client.hold(false);
    HttpResponse response = method.isEmpty() ? null : Refusals.of(status, why, method);
    listener.event(new Event.Refused(status, why, response));
    if (response == null) {
      abort();
      return;
    }
    client.write(response.bytes());
    ended(null, TransportEnd.Manner.FIN);
    client.end();
    if (server != null) {
      server.link().abort();
    }
    abortOnceWritten();
  }

  /** Resets both connections on purpose, after the output so far. */
  void drop(Behaviour.Trigger trigger, Endpoint sender) {
    if (!end.isKnown()) {
      ended(null, TransportEnd.Manner.DROP);
      end.trouble("on purpose after " + words(trigger) + " of the " + sender.id());
    }
    proxy.loop().execute(this::reset);
  }

  private static String words(Behaviour.Trigger trigger) {
    boolean messages = trigger instanceof Behaviour.Trigger.Messages;
    long count =
        trigger instanceof Behaviour.Trigger.Messages counted
            ? counted.count()
            : trigger instanceof Behaviour.Trigger.Bytes bytes ? bytes.count() : 0;
    return count + (messages ? " message" : " byte") + (count == 1 ? "" : "s");
  }

  /** Ends both connections after a time, unless the endpoints end them before. */
  void endAfter(Duration time) {
    if (deadline != null) {
      deadline.cancel();
    }
    deadline =
        proxy
            .loop()
            .after(
                time,
                () -> {
                  ended(null, TransportEnd.Manner.DEADLINE);
                  endBoth();
                });
  }

  /** Ends both connections, because what comes cannot be passed on. */
  void fail(String why) {
    if (!end.isKnown()) {
      ended(null, TransportEnd.Manner.ABORT);
      end.trouble(why);
    }
    proxy.loop().execute(this::reset);
  }

  private void reset() {
    client.reset();
    if (server != null) {
      server.reset();
    }
  }

  /** The user has changed something, perhaps outside of a turn. */
  void changed() {
    client.link().push();
    looked();
  }

  /** Ends the pair because the proxy stops. */
  void stop() {
    if (!end.isKnown()) {
      ended(null, TransportEnd.Manner.ABORT);
      end.trouble("the proxy stops");
    }
    abort();
  }

  /** Ends both links at once. */
  void abort() {
    if (dial != null) {
      dial.cancel();
    }
    client.link().abort();
    if (server != null) {
      server.link().abort();
    }
  }

  /** One of the links is gone. */
  void closed() {
    if (client.isClosed() && server == null && dial != null) {
      dial.cancel();
    }
    if (refused && client.isClosed() && server != null) {
      server.link().abort();
    }
    if (!gone && client.isClosed() && (server == null || server.isClosed())) {
      gone = true;
      if (deadline != null) {
        deadline.cancel();
      }
      end.report(client, server, refused);
      if (edits != null) {
        edits.close();
      }
      proxy.gone(this);
    }
  }

  /** What the user sees and changes. */
  ProxiedConnection proxied() {
    return new ProxiedConnection(this, client.link(), route, end, edits);
  }

  /** Joins the server's link to the client's. */
  private final class Dialled implements DialResult {
    @Override
    public LinkHandler connected(Link link, long nanos) {
      dial = null;
      if (watch instanceof MessageWatch) {
        listener.event(
            new Event.Connected(Addresses.of(link.remote()), Addresses.of(link.local()), nanos));
      }
      long highWater = proxy.settings().link().highWater();
      Leg leg = new Leg(Pair.this, Endpoint.SERVER, link, highWater, ofClient);
      server = leg;
      if (proxy.isOwn(link.remote())) {
        link.abandon();
        refuse(502, proxy.wording().loop(route));
        return leg;
      }
      return route.dial().tls() == null || !(watch instanceof MessageWatch)
          ? leg
          : new SecuredLink(link, leg, listener, route.certificates());
    }

    @Override
    public void failed(SocketFailure failure, IOException cause) {
      dial = null;
      unreachable(failure, cause);
    }
  }

  /** The server cannot be reached. */
  void unreachable(SocketFailure failure, IOException cause) {
    if (!client.isClosed()) {
      int status = failure == SocketFailure.TIMED_OUT ? 504 : 502;
      refuse(status, proxy.wording().unreachable(route, failure, cause));
    }
  }
}
