package wscope.report;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.ConnectionClosure;
import wscope.protocol.event.ConnectionTotals;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.event.TransportEnd;
import wscope.protocol.handshake.ClientHandshake;
import wscope.protocol.handshake.HandshakeResult;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.RequestDecoder;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.handshake.ResponseDecoder;
import wscope.protocol.handshake.ResponseHead;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/** A connection to a server, which the test reports event by event. */
public record Reported(ExchangeListener listener) {
  public static final TransportEnd CLIENT_FIN =
      new TransportEnd(Endpoint.CLIENT, TransportEnd.Manner.FIN);
  public static final TransportEnd CLIENT_RESET =
      new TransportEnd(Endpoint.CLIENT, TransportEnd.Manner.RESET);
  public static final TransportEnd SERVER_FIN =
      new TransportEnd(Endpoint.SERVER, TransportEnd.Manner.FIN);
  public static final TransportEnd SERVER_DEADLINE =
      new TransportEnd(Endpoint.SERVER, TransportEnd.Manner.DEADLINE);
  public static final TransportEnd SERVER_DROP =
      new TransportEnd(Endpoint.SERVER, TransportEnd.Manner.DROP);
  public static final TransportEnd SERVER_ABORT =
      new TransportEnd(Endpoint.SERVER, TransportEnd.Manner.ABORT);

  /** Reports that a client has connected. */
  public static Reported to(Report report, long number, InetSocketAddress remote) {
    return to(report.connection(Endpoint.SERVER, number), remote);
  }

  /** Reports that a client has connected. */
  public static Reported to(ExchangeListener listener, InetSocketAddress remote) {
    listener.event(
        new Event.Connected(
            new Event.Address.Tcp(remote.getAddress().getHostAddress(), remote.getPort()), -1));
    return new Reported(listener);
  }

  /** Reports a request with its result and its response. */
  public void handshake(String head, HandshakeResult result, HttpResponse response) {
    RequestDecoder request = new RequestDecoder(head.length() + 1, head.length() + 1);
    request.feed(ByteBuffer.wrap(head.getBytes(ISO_8859_1)));
    RequestHead read = request.head();
    listener.event(new Event.Request(0, head, read, result));
    String raw = response.head();
    ResponseDecoder decoder = new ResponseDecoder(raw.length(), raw.length());
    decoder.feed(ByteBuffer.wrap(raw.getBytes(ISO_8859_1)));
    List<Violation> violations = new ArrayList<>(decoder.violations());
    ResponseHead responseHead = decoder.head();
    if (responseHead != null) {
      violations.addAll(ClientHandshake.check(read, responseHead).violations());
    }
    listener.event(new Event.Response(0, raw, read, responseHead, violations));
    listener.event(new Event.Responded(result, response));
  }

  /** The listener for the client's frames. */
  public FrameListener received() {
    FrameListener received = listener.frames(Endpoint.CLIENT);
    return received == null ? new FrameListener() {} : received;
  }

  /** The listener for the server's frames; null if nobody listens. */
  public @Nullable FrameListener sent() {
    return listener.frames(Endpoint.SERVER);
  }

  public void lagging() {
    listener.event(new Event.Lagging());
  }

  public void disconnected(
      boolean opened,
      ConnectionClosure closure,
      TransportEnd end,
      @Nullable String trouble,
      ConnectionTotals totals,
      Duration lasted) {
    listener.event(
        new Event.Disconnected(
            Endpoint.SERVER, opened, closure, end, trouble, totals, lasted.toNanos()));
  }
}
