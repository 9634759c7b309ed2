package wscope.proxy;

import wscope.protocol.handshake.RequestHead;
import wscope.serve.Rejection;

/** Decides by the path of a request to which of the servers it goes. */
final class ReverseDesk implements Desk {
  private final ProxySettings settings;

  ReverseDesk(ProxySettings settings) {
    this.settings = settings;
  }

  @Override
  public Destination judge(RequestHead request) {
    Rejection rejection = settings.policy().judgePassing(request);
    if (rejection != null) {
      String why = rejection.words() + settings.wording().advice(rejection);
      return new Destination.Refusal(rejection.reason().status(), why);
    }
    if (request.method().equals("CONNECT")) {
      return new Destination.Refusal(405, settings.wording().noTunnel());
    }
    Route route = settings.route(request.path());
    return route == null
        ? new Destination.Refusal(
            404, settings.wording().noRoute(request.path(), settings.routes()))
        : new Destination.Server(route, false, true);
  }
}
