package wscope.serve;

import org.jspecify.annotations.Nullable;
import wscope.connection.Behaviour;
import wscope.connection.Behaviour.Reply;
import wscope.protocol.Fault;
import wscope.protocol.PageDecision;
import wscope.protocol.ResponseFault;
import wscope.protocol.UpgradeDecision;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.rule.Endpoint;

/** Decides about requests by the policy of the server and the query of the request. */
final class UpgradePolicy {
  private final Policy policy;
  private final QueryParameters query;
  private final Pages pages;
  private final Wording wording;

  /**
   * The decision about a request.
   *
   * @param behaviour the behaviour of the client's connection
   * @param mayReceiveOthers whether the connection may receive messages from other clients
   * @param watch the token of the connections to watch; null if this connection does not watch
   * @param watched the token of this connection's watcher; null for none
   */
  record Decision(
      Behaviour behaviour,
      boolean mayReceiveOthers,
      @Nullable String watch,
      @Nullable String watched,
      UpgradeDecision upgrade) {}

  UpgradePolicy(Settings settings) {
    policy = settings.policy();
    query =
        new QueryParameters(settings.parameters(), settings.behaviour(), settings.ignoresQueries());
    pages = new Pages(settings);
    wording = settings.wording();
  }

  PageDecision page(RequestHead request) {
    Rejection rejection = policy.judgePage(request);
    return rejection == null
        ? new PageDecision.Page(pages.response(request))
        : PlainResponses.of(rejection, wording);
  }

  Decision decide(RequestHead request) {
    QueryParameters.Reading reading = query.read(request.target());
    Behaviour behaviour = reading.behaviour();
    Rejection rejection = policy.judge(request, receivesOthers(reading));
    UpgradeDecision response = rejection == null ? null : PlainResponses.of(rejection, wording);
    if (response == null && !reading.isValid()) {
      response = pages.invalidQuery(reading.problems());
    }
    if (response == null && behaviour.rejection() != null) {
      response = PlainResponses.of(behaviour.rejection());
    }
    return new Decision(
        behaviour,
        policy.mayReceiveOthers(request),
        reading.watch(),
        reading.watched(),
        response == null ? accept(request, behaviour) : response);
  }

  private static boolean receivesOthers(QueryParameters.Reading reading) {
    Reply reply = reading.behaviour().reply();
    return reply == Reply.BROADCAST || reply == Reply.OTHERS || reading.watch() != null;
  }

  private UpgradeDecision accept(RequestHead request, Behaviour behaviour) {
    DeflateParameters compression = behaviour.compress() ? DeflateParameters.DEFAULT : null;
    for (Fault fault : behaviour.faults(Endpoint.SERVER, Fault.class)) {
      compression = fault.deflate().adjust(compression, Endpoint.SERVER);
    }
    return new UpgradeDecision.Accept(
        policy.subprotocol(request),
        compression,
        policy.fields(),
        behaviour.faults(Endpoint.SERVER, ResponseFault.class));
  }
}
