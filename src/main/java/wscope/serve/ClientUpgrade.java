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
    return policy.page(request);
  }

  @Override
  public UpgradeDecision upgrade(RequestHead request) {
    UpgradePolicy.Decision decision = policy.decide(request);
    if (decision.watched() != null) {
      watchers.watched(connection, decision.watched());
    }
    UpgradeDecision response = decision.upgrade();
    boolean watches = false;
    if (decision.watch() != null && response instanceof UpgradeDecision.Accept) {
      watches = watchers.add(connection, decision.watch());
      response = watches ? response : PlainResponses.watchedAlready();
    }
    connection.admit(
        new Role(request.target(), decision.mayReceiveOthers(), watches), decision.behaviour());
    return response;
  }
}
