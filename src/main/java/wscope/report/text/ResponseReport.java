package wscope.report.text;

import wscope.protocol.event.Event;
import wscope.protocol.handshake.AcceptCause;
import wscope.protocol.handshake.ClientHandshake;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;
import wscope.report.Advice;

/** Shows what is wrong with a response, and the cause of a wrong accept value. */
final class ResponseReport {
  private ResponseReport() {}

  /**
   * Shows all of it.
   *
   * @param onPurpose whether the rules are broken by faults, which have their IDs
   */
  static void show(Screen screen, Advice advice, Event.Response event, boolean onPurpose) {
    for (Violation violation : event.violations()) {
      String fault = onPurpose ? violation.rule().id() : null;
      Violations.showInResponse(screen, advice, violation, fault);
      if (violation.rule() == Rule.ACCEPT_WRONG) {
        AcceptCause cause = ClientHandshake.acceptCause(event.request(), event.head());
        if (cause != null) {
          AcceptCauseReport.show(screen, cause);
        }
      }
    }
    if (event.head() != null) {
      LegacyReport.show(screen, event.head());
    }
  }
}
