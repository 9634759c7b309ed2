package wscope.serve;

import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.connection.Behaviour;
import wscope.connection.Behaviour.Reply;
import wscope.connection.ParameterProblem;
import wscope.connection.reply.Replies;
import wscope.connection.reply.Script;
import wscope.protocol.Fault;
import wscope.protocol.PageDecision;
import wscope.protocol.ResponseFault;
import wscope.protocol.UpgradeDecision;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.event.Event;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.rule.Endpoint;

/** Decides about requests by the policy of the server and the query of the request. */
final class UpgradePolicy {
  private final Policy policy;
  private final QueryParameters query;
  private final QueryBounds bounds;
  private final Pages pages;
  private final Wording wording;
  private final PageToken pageToken;

  /**
   * The decision about a request.
   *
   * @param behaviour the behaviour of the client's connection
   * @param mayReceiveOthers whether the connection may receive messages from other clients
   * @param watch the token of the connections to watch; null if this connection does not watch
   * @param watched the token of this connection's watcher; null for none
   * @param left the names in the query that are left to the client
   */
  record Decision(
      Behaviour behaviour,
      boolean mayReceiveOthers,
      @Nullable String watch,
      @Nullable String watched,
      Event.QueryLeft left,
      UpgradeDecision upgrade) {}

  UpgradePolicy(Settings settings, PageToken pageToken) {
    this.pageToken = pageToken;
    policy = settings.policy();
    query = new QueryParameters(settings.parameters(), settings.behaviour(), settings.queries());
    bounds = new QueryBounds(settings.behaviour());
    pages = new Pages(settings, pageToken);
    wording = settings.wording();
  }

  /**
   * Decides about a request for a page.
   *
   * @param local whether the client is on this machine
   */
  PageDecision page(RequestHead request, boolean local) {
    Rejection rejection = policy.judgePage(request);
    return rejection == null
        ? new PageDecision.Page(pages.response(request, local && policy.namesThisMachine(request)))
        : PlainResponses.of(rejection, wording);
  }

  /**
   * Decides about a request for a WebSocket.
   *
   * @param local whether the client is on this machine
   */
  Decision decide(RequestHead request, boolean local) {
    QueryParameters.Reading reading = query.read(request.target());
    Behaviour behaviour = reading.behaviour();
    Rejection rejection = policy.judge(request, receivesOthers(reading));
    if (rejection == null && reading.watch() != null && pageToken.is(reading.watch())) {
      rejection = local ? policy.judgeWatcherOfAll(request) : Rejection.WATCHER_ELSEWHERE;
    }
    UpgradeDecision response = rejection == null ? null : PlainResponses.of(rejection, wording);
    List<ParameterProblem> problems =
        reading.isValid()
            ? bounds.check(behaviour, !policy.mayReceiveOthers(request))
            : reading.problems();
    if (response == null && !problems.isEmpty()) {
      response = pages.invalidQuery(problems);
    }
    if (response != null) {
      // A rejection is sent at once, even if the behaviour would delay or withhold the response.
      behaviour = Behaviour.DEFAULT;
    }
    if (response == null && behaviour.rejection() != null) {
      response = PlainResponses.of(behaviour.rejection());
    }
    return new Decision(
        behaviour,
        policy.mayReceiveOthers(request),
        reading.watch(),
        reading.watched(),
        reading.left(),
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
    Replies replies = behaviour.replies();
    Script script = replies == null ? null : replies.current();
    return new UpgradeDecision.Accept(
        policy.subprotocol(request, script == null ? List.of() : script.subprotocols()),
        compression,
        policy.fields(),
        behaviour.faults(Endpoint.SERVER, ResponseFault.class));
  }
}
