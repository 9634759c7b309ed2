package wscope.serve;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.Fault;
import wscope.protocol.Faults;
import wscope.protocol.FrameFault;
import wscope.protocol.HandshakeFault;
import wscope.protocol.PageAnswer;
import wscope.protocol.Reception;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.rule.Endpoint;
import wscope.serve.Behaviour.Reply;

/** Decides about requests: by the policy of the server, and by what their query asks for. */
final class Entrance {
  private final Policy policy;
  private final QueryParameters query;
  private final Pages pages;
  private final Wording wording;

  /**
   * What becomes of a request.
   *
   * @param behaviour of its connection
   * @param mayHearOthers whether what other clients say may be sent to it
   * @param watch the token of the connections that it is to watch; null if it is no watcher
   * @param watched the token of its watcher; null if it asks for none
   */
  record Admission(
      Behaviour behaviour,
      boolean mayHearOthers,
      @Nullable String watch,
      @Nullable String watched,
      Reception reception) {}

  Entrance(Settings settings) {
    policy = settings.policy();
    query =
        new QueryParameters(settings.parameters(), settings.behaviour(), settings.ignoresQueries());
    pages = new Pages(settings);
    wording = settings.wording();
  }

  PageAnswer page(RequestHead request) {
    Rejection rejection = policy.judgePage(request);
    return rejection == null
        ? new PageAnswer.Page(pages.answer(request))
        : Refusals.of(rejection, wording);
  }

  Admission receive(RequestHead request) {
    QueryParameters.Reading reading = query.read(request.target());
    Behaviour behaviour = reading.behaviour();
    Rejection rejection = policy.judge(request, hearsOthers(reading));
    Reception reception = rejection == null ? null : Refusals.of(rejection, wording);
    if (reception == null && !reading.isGood()) {
      reception = pages.wrongQuery(reading.problems());
    }
    if (reception == null && behaviour.refusal() != null) {
      reception = Refusals.of(behaviour.refusal());
    }
    return new Admission(
        behaviour,
        policy.mayHearOthers(request),
        reading.watch(),
        reading.watched(),
        reception == null ? welcome(request, behaviour) : reception);
  }

  private static boolean hearsOthers(QueryParameters.Reading reading) {
    Reply reply = reading.behaviour().reply();
    return reply == Reply.BROADCAST || reply == Reply.OTHERS || reading.watch() != null;
  }

  /** The faults of a behaviour that its messages commit. */
  static List<FrameFault> frameFaults(Behaviour behaviour) {
    return faults(behaviour, FrameFault.class);
  }

  private Reception welcome(RequestHead request, Behaviour behaviour) {
    DeflateParameters compression = behaviour.compress() ? DeflateParameters.DEFAULT : null;
    for (Fault fault : faults(behaviour, Fault.class)) {
      compression = fault.deflate().wish(compression, Endpoint.SERVER);
    }
    return new Reception.Welcome(
        policy.subprotocol(request),
        compression,
        policy.fields(),
        faults(behaviour, HandshakeFault.class));
  }

  private static <F extends Fault> List<F> faults(Behaviour behaviour, Class<F> kind) {
    List<F> found = new ArrayList<>(behaviour.faults().size());
    for (String id : behaviour.faults()) {
      @Nullable Fault fault = Faults.find(id);
      if (kind.isInstance(fault)) {
        found.add(kind.cast(fault));
      }
    }
    return found;
  }
}
