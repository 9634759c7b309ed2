package wscope.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.connect.Target;
import wscope.net.ClientHello;
import wscope.net.Opening;
import wscope.net.Speech;
import wscope.net.TlsServer;
import wscope.protocol.Limits;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.handshake.RequestDecoder;
import wscope.protocol.handshake.RequestHead;
import wscope.serve.Authority;

/**
 * The desk of a forward proxy for one client. It reads CONNECT (RFC 9110 §9.3.6) to a host that the
 * proxy looks into, responds, and finds out what the client speaks inside the tunnel. All other
 * requests are judged after they were read.
 */
final class Reception implements Desk, Opening {
  private static final String CONNECT = "CONNECT";
  private static final byte[] FIRST_WORD = (CONNECT + " ").getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ESTABLISHED =
      "HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte TLS_HANDSHAKE = 22;
  private static final String HTTP_1 = "http/1.1";
  private static final RequestDecoder NO_MORE = new RequestDecoder(0, 0);

  private final Forward forward;
  private final ProxyWording wording;
  private final boolean local;

  /** Reads CONNECT; the tunnel needs it no more. */
  private RequestDecoder decoder;

  /** Whether the head of CONNECT breaks a rule. */
  private boolean malformed;

  /** The number of bytes that the decoder has read. */
  private int fed;

  /** The target of a tunnel; null if there is none. */
  private @Nullable Authority tunnel;

  /** What is done with what comes through the tunnel. */
  private Event.Proxied.Treatment treatment = Event.Proxied.Treatment.UNKNOWN;

  /** The name of the server in TLS, which is also in its certificate. */
  private String name = "";

  /**
   * Creates a desk.
   *
   * @param local whether the client is on this machine
   */
  Reception(Forward forward, ProxyWording wording, Limits limits, boolean local) {
    this.forward = forward;
    this.wording = wording;
    this.local = local;
    decoder = new RequestDecoder(limits.maxHead(), limits.maxHeaderFields());
  }

  /** Creates the response to CONNECT. */
  static ByteBuffer established() {
    return ByteBuffer.wrap(ESTABLISHED);
  }

  @Override
  public @Nullable Speech take(ByteBuffer arrived, Response response) throws IOException {
    if (tunnel == null) {
      if (!mayBeConnect(arrived)) {
        return Speech.Plain.HTTP;
      }
      if (!decoder.feed(arrived.duplicate().position(arrived.position() + fed))) {
        fed = arrived.remaining();
        return null;
      }
      RequestHead request = decoder.head();
      int length = decoder.received().length();
      malformed = !decoder.violations().isEmpty();
      decoder = NO_MORE;
      Authority host = request == null ? null : watched(request);
      if (host == null) {
        return Speech.Plain.HTTP;
      }
      arrived.position(arrived.position() + length);
      response.send(established());
      tunnel = host;
      name = host.host();
    }
    return arrived.hasRemaining() ? inside(tunnel, arrived) : null;
  }

  private static boolean mayBeConnect(ByteBuffer arrived) {
    int count = Math.min(arrived.remaining(), FIRST_WORD.length);
    return arrived.slice().limit(count).equals(ByteBuffer.wrap(FIRST_WORD, 0, count));
  }

  /** The target of a valid CONNECT to a host to look into; null for any other request. */
  private @Nullable Authority watched(RequestHead request) {
    Authority host = local && !malformed ? target(request) : null;
    return host != null && forward.only().contains(host.host()) ? host : null;
  }

  /** The target of CONNECT; null if it is not a host and a port. */
  private static @Nullable Authority target(RequestHead connect) {
    Authority host = Authority.parse(connect.target());
    boolean hasBody =
        connect.first("Transfer-Encoding") != null || connect.first("Content-Length") != null;
    return host != null && host.port() > 0 && !hasBody ? host : null;
  }

  private @Nullable Speech inside(Authority host, ByteBuffer arrived) throws IOException {
    byte first = arrived.get(arrived.position());
    if (first != TLS_HANDSHAKE) {
      boolean letter = (first | 0x20) >= 'a' && (first | 0x20) <= 'z';
      treatment = letter ? Event.Proxied.Treatment.PLAIN : Event.Proxied.Treatment.OTHER_PROTOCOL;
      return Speech.Plain.ANY;
    }
    ClientHello hello = ClientHello.read(arrived);
    if (hello == null) {
      return null;
    }
    Authority named = hello.host() == null ? null : Authority.parse(hello.host());
    if (named != null && !forward.only().contains(named.host())) {
      name = named.host();
      treatment = Event.Proxied.Treatment.OTHER_NAME;
    } else if (!hello.protocols().isEmpty() && !hello.protocols().contains(HTTP_1)) {
      treatment = Event.Proxied.Treatment.NO_HTTP_1;
    } else {
      treatment = Event.Proxied.Treatment.TLS;
      name = named == null ? host.host() : named.host();
      return new TlsServer(
          forward.identities().of(name),
          TlsServer.CertificateRequest.NONE,
          List.of(HTTP_1),
          ByteBuffer.allocate(0));
    }
    return Speech.Plain.ANY;
  }

  @Override
  public Destination.@Nullable Tunnel unseen() {
    return tunnel == null || treatment.isWatched()
        ? null
        : new Destination.Tunnel(forward.routes().unseen(tunnelTarget(tunnel, false)), false);
  }

  @Override
  public boolean isInUse() {
    return tunnel != null || fed > 0;
  }

  @Override
  public void introduce(ExchangeListener listener) {
    if (tunnel != null) {
      listener.event(
          new Event.Proxied(
              tunnel.urlHost() + ":" + tunnel.port(),
              name.equals(tunnel.host()) ? null : name,
              treatment));
    }
  }

  @Override
  public Destination judge(RequestHead request) {
    if (tunnel != null) {
      boolean tls = treatment == Event.Proxied.Treatment.TLS;
      return request.method().equals(CONNECT)
          ? new Destination.Refusal(405, wording.tunnelInTunnel())
          : server(tunnelTarget(tunnel, tls), name, false, true);
    }
    if (!local) {
      return new Destination.Refusal(403, wording.stranger());
    }
    if (request.method().equals(CONNECT)) {
      return connect(request);
    }
    String authority = request.authority();
    if (authority == null) {
      return new Destination.Refusal(400, wording.noProxyRequest());
    }
    return whole(request, authority);
  }

  private Destination connect(RequestHead request) {
    Authority host = target(request);
    if (host == null) {
      return new Destination.Refusal(400, "CONNECT names a host and a port, and has no body");
    }
    if (forward.only().contains(host.host())) {
      return malformed
          ? new Destination.Refusal(400, "the head of CONNECT is malformed")
          : new Destination.Refusal(431, "the head of CONNECT is too large");
    }
    return new Destination.Tunnel(forward.routes().unseen(tunnelTarget(host, false)), true);
  }

  /** A request whose target is a whole URL (RFC 9112 §3.2.2). */
  private Destination whole(RequestHead request, String authority) {
    String scheme = request.target().substring(0, request.target().indexOf("://"));
    if (!scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("ws")) {
      return new Destination.Refusal(400, wording.otherScheme());
    }
    Authority host = Authority.parse(authority);
    if (host == null || host.port() == 0) {
      return new Destination.Refusal(400, "the target names no valid host");
    }
    int port = host.port() == Authority.NO_PORT ? 80 : host.port();
    Target target = new Target(false, host.host(), port, "/", null, List.of());
    return server(target, host.host(), true, forward.only().contains(host.host()));
  }

  private Destination server(Target target, String host, boolean whole, boolean watched) {
    return new Destination.Server(forward.routes().to(target, host), whole, watched);
  }

  private static Target tunnelTarget(Authority host, boolean secure) {
    return new Target(secure, host.host(), host.port(), "/", null, List.of());
  }
}
