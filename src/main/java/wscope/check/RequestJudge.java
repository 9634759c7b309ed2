package wscope.check;

import org.jspecify.annotations.Nullable;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.message.CloseBody;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/** Judges the request of a client, its reaction to the response, and the end of the program. */
final class RequestJudge {
  private static final int NORMAL = 1000;

  private final Case theCase;
  private final Observation seen;

  RequestJudge(Case theCase, Observation seen) {
    this.theCase = theCase;
    this.seen = seen;
  }

  /** Whether the request alone decides the case. */
  static boolean isAboutRequest(Case theCase) {
    return theCase.expectation() instanceof Expectation.KeepsInRequest
        || theCase.expectation() instanceof Expectation.FreshKey;
  }

  /** The finding; null if the WebSocket is open, and the frames decide. */
  @Nullable Finding find() {
    if (seen.ended != null && seen.ended.isCrash()) {
      return Finding.of(Outcome.FAIL);
    }
    Expectation expectation = theCase.expectation();
    if (expectation instanceof Expectation.KeepsInRequest keeps) {
      return keepsInRequest(keeps.rule());
    }
    if (seen.unreadable != null) {
      return Finding.breaking(firstError());
    }
    if (seen.inapplicable != null) {
      return Finding.of(Outcome.NOT_JUDGEABLE);
    }
    if (expectation instanceof Expectation.FreshKey) {
      return Finding.of(seen.keyTrouble == null ? Outcome.PASS : Outcome.FAIL);
    }
    if (expectation instanceof Expectation.StaysClosed) {
      return staysClosed();
    }
    if (expectation instanceof Expectation.Ends) {
      return Finding.of(seen.ended == null ? Outcome.HANG : Outcome.PASS);
    }
    return null;
  }

  private Rule firstError() {
    for (Violation violation : seen.ofHandshake) {
      if (violation.rule().isError()) {
        return violation.rule();
      }
    }
    return Rule.REQUEST_LINE_MALFORMED;
  }

  private Finding keepsInRequest(Rule rule) {
    if (Finding.isBroken(rule, seen.ofHandshake)) {
      return Finding.breaking(rule);
    }
    RequestHead request = seen.request;
    // A request that says nothing about the rule does not show that the client keeps it.
    boolean about = request != null && hasField(rule, request);
    return about ? Finding.pass() : Finding.of(Outcome.NOT_JUDGEABLE);
  }

  /** Whether a request has the field that the rule is about. */
  static boolean hasField(@Nullable Rule rule, RequestHead request) {
    if (rule == null) {
      return true;
    }
    return switch (rule) {
      case ORIGIN_REPEATED -> request.first("Origin") != null;
      case SUBPROTOCOL_MALFORMED -> request.first(Replies.SUBPROTOCOL) != null;
      case EXTENSIONS_MALFORMED -> request.first(Replies.EXTENSIONS) != null;
      default -> true;
    };
  }

  private Finding staysClosed() {
    boolean normal = seen.close == NORMAL || seen.close == CloseBody.NO_CODE;
    if (hasOpened(seen) || normal) {
      return Finding.broken(theCase);
    }
    if (seen.close != Observation.NO_CLOSE || seen.end != Observation.End.NONE) {
      return Finding.pass();
    }
    return theCase.strictness() == Strictness.MUST
        ? Finding.of(Outcome.HANG)
        : Finding.of(Outcome.LENIENT);
  }

  /** Whether the client sends frames as in an open WebSocket. */
  static boolean hasOpened(Observation seen) {
    return seen.pong || !seen.messages.isEmpty();
  }
}
