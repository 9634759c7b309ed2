package wscope.proxy;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wscope.protocol.Limits;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.handshake.ResponseDecoder;
import wscope.protocol.handshake.ResponseHead;
import wscope.protocol.rule.Endpoint;

/** Looks at a plain HTTP request and its response, as far as needed to find their ends. */
final class PageWatch implements Watch {
  private final Limits limits;
  private final RequestHead request;
  private final BodyEnd sent;
  private final boolean watched;
  private final Runnable onEnd;
  private ResponseDecoder decoder;
  private @Nullable BodyEnd received;
  private int status;
  private boolean serverEnded;

  /**
   * Creates a watch.
   *
   * @param sent the body of the request
   * @param watched whether the request and its response are reported
   * @param onEnd runs when the response has passed to its end
   */
  PageWatch(Limits limits, RequestHead request, BodyEnd sent, boolean watched, Runnable onEnd) {
    this.limits = limits;
    this.request = request;
    this.sent = sent;
    this.watched = watched;
    this.onEnd = onEnd;
    decoder = decoder();
  }

  private ResponseDecoder decoder() {
    return new ResponseDecoder(limits.maxHead(), limits.maxHeaderFields());
  }

  @Override
  public int passable(Endpoint sender, ByteBuffer in) {
    if (sender == Endpoint.SERVER || status == 101) {
      return in.remaining();
    }
    return sent.pass(in);
  }

  @Override
  public void passed(Endpoint sender, ByteBuffer in, long nanos) {
    while (sender == Endpoint.SERVER && in.hasRemaining()) {
      if (received != null) {
        received.feed(in);
        if (in.hasRemaining() || received.hasEnded()) {
          onEnd.run();
          return;
        }
      } else if (decoder.feed(in)) {
        headRead();
      }
    }
  }

  private void headRead() {
    ResponseHead head = decoder.head();
    if (head != null && head.status() / 100 == 1 && head.status() != 101) {
      decoder = decoder();
      return;
    }
    status = head == null ? 0 : head.status();
    BodyEnd body =
        head == null || status == 101 ? BodyEnd.never() : BodyEnd.of(head, request.method());
    received = body;
    if (body.hasEnded()) {
      onEnd.run();
    }
  }

  /** Whether the response has passed to its end. */
  boolean isComplete() {
    return received != null && received.hasEnded();
  }

  /** Whether the response has ended together with the server's direction of TCP. */
  boolean hasEndedWithTcp() {
    return serverEnded && received != null && received.endsWithTcp();
  }

  boolean isWatched() {
    return watched;
  }

  RequestHead request() {
    return request;
  }

  /** The status of the response; 0 if there is none. */
  int status() {
    return status;
  }

  long sent() {
    return sent.size();
  }

  long received() {
    return received == null ? 0 : received.size();
  }

  @Override
  public boolean isBehind(Endpoint sender) {
    return false;
  }

  @Override
  public void catchUp(Endpoint sender) {}

  @Override
  public void ended(Endpoint sender) {
    serverEnded |= sender == Endpoint.SERVER;
  }

  @Override
  public long held(Endpoint sender) {
    return 0;
  }

  @Override
  public void giveUp() {}
}
