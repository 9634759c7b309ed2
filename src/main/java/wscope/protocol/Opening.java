package wscope.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.handshake.Handshake;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.RequestDecoder;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.handshake.ServerHandshake;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/**
 * The opening handshake of a {@link Session} (RFC 6455 §4.2): reads the request, has it judged and
 * decided about, and tells the listener what is to be answered.
 */
final class Opening {
  private final RequestDecoder request;
  private final SessionHandler handler;
  private final SessionListener listener;

  Opening(Limits limits, SessionHandler handler, SessionListener listener) {
    this.handler = handler;
    this.listener = listener;
    request = new RequestDecoder(limits.longestHead(), limits.mostHeaderFields());
  }

  /**
   * What a request is answered.
   *
   * @param opened what was agreed on; null if no WebSocket opens
   */
  record Answer(HttpResponse response, Handshake.@Nullable Accepted opened) {}

  /** Takes the next bytes, as far as the request goes; null until it has come to its end. */
  @Nullable Answer feed(ByteBuffer in) {
    if (!request.feed(in)) {
      return null;
    }
    Handshake judged = ServerHandshake.judge(request.head(), request.violations());
    if (judged instanceof Handshake.Accepted accepted) {
      return receive(accepted);
    }
    if (judged instanceof Handshake.PlainRequest plain) {
      return page(plain);
    }
    return refuse(judged, ((Handshake.Refused) judged).response());
  }

  /** No more comes: tells of a request that has begun. */
  void end() {
    String torn = request.received();
    if (!torn.isEmpty()) {
      listener.requestTorn(torn);
    }
  }

  private Answer receive(Handshake.Accepted judged) {
    Reception reception = handler.receive(judged.request());
    if (reception instanceof Reception.Welcome welcome) {
      return open(
          ServerHandshake.answer(
              judged, welcome.subprotocol(), welcome.compression(), welcome.fields()),
          welcome.faults());
    }
    return deny(judged.request(), judged.violations(), (Reception.Denial) reception);
  }

  private Answer page(Handshake.PlainRequest plain) {
    PageAnswer answer = handler.page(plain.request());
    return answer instanceof PageAnswer.Page page
        ? refuse(plain, page.response())
        : deny(plain.request(), plain.violations(), (Reception.Denial) answer);
  }

  private Answer deny(RequestHead head, List<Violation> violations, Reception.Denial denial) {
    return refuse(
        new Handshake.Denied(head, violations, denial.response(), denial.why()), denial.response());
  }

  private Answer open(Handshake.Accepted handshake, List<HandshakeFault> faults) {
    List<Fault> impossible = new ArrayList<>(0);
    HttpResponse response = spoil(handshake, faults, impossible);
    listener.handshake(request.received(), handshake, response);
    impossible.forEach(listener::unable);
    return new Answer(response, handshake);
  }

  private Answer refuse(Handshake handshake, HttpResponse response) {
    listener.handshake(request.received(), handshake, response);
    return new Answer(response, null);
  }

  /**
   * The answer with all the faults that it can commit.
   *
   * @param impossible receives the others
   */
  private static HttpResponse spoil(
      Handshake.Accepted handshake, List<HandshakeFault> faults, List<Fault> impossible) {
    HttpResponse answer = handshake.response();
    for (HandshakeFault fault : faults) {
      boolean possible = fault.deflate().isMet(handshake.deflate().agreed(), Endpoint.SERVER);
      HttpResponse spoilt = possible ? fault.commit(handshake.request(), answer) : null;
      if (spoilt == null) {
        impossible.add(fault);
      } else {
        answer = spoilt;
      }
    }
    return answer;
  }
}
