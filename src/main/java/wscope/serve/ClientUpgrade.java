package wscope.serve;

import wscope.connection.Connection;
import wscope.connection.Role;
import wscope.protocol.PageDecision;
import wscope.protocol.UpgradeDecision;
import wscope.protocol.UpgradeHandler;
import wscope.protocol.handshake.RequestHead;

/** Decides about the requests of one client and sets the role of its connection. */
record ClientUpgrade(Connection connection, UpgradePolicy policy, Watchers watchers)
    implements UpgradeHandler {
  @Override
  public PageDecision page(RequestHead request) {
    return policy.page(request, connection.isLocal());
  }

  @Override
  public UpgradeDecision upgrade(RequestHead request) {
    UpgradePolicy.Decision decision = policy.decide(request, connection.isLocal());
    if (decision.watched() != null) {
      watchers.watched(connection, decision.watched());
    }
    UpgradeDecision response = decision.upgrade();
    boolean watches = false;
    if (decision.watch() != null && response instanceof UpgradeDecision.Accept) {
      String refusal = watchers.add(connection, decision.watch());
      watches = refusal == null;
      response = refusal == null ? response : PlainResponses.cannotWatch(refusal);
    }
    connection.admit(
        new Role(request.target(), decision.mayReceiveOthers(), watches, decision.left()),
        decision.behaviour());
    return response;
  }
}
