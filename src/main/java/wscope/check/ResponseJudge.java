package wscope.check;

import org.jspecify.annotations.Nullable;
import wscope.protocol.handshake.ResponseHead;
import wscope.protocol.rule.Rule;

/** Judges the response of a server, and the lack of one. */
final class ResponseJudge {
  private final Case theCase;
  private final Observation seen;

  ResponseJudge(Case theCase, Observation seen) {
    this.theCase = theCase;
    this.seen = seen;
  }

  /** The finding; null if the WebSocket is open, and the frames decide. */
  @Nullable Finding find() {
    Expectation expectation = theCase.expectation();
    if (expectation instanceof Expectation.Rejects) {
      return rejection(false);
    }
    if (expectation instanceof Expectation.RejectsVersion) {
      return rejection(true);
    }
    if (expectation instanceof Expectation.SpeaksNoWebSocket) {
      return seen.opened() || seen.isSilent() ? Finding.broken(theCase) : Finding.pass();
    }
    if (expectation instanceof Expectation.Answers) {
      return answers();
    }
    if (expectation instanceof Expectation.KeepsInResponse keeps) {
      return keepsInResponse(keeps.rule());
    }
    return seen.opened() || expectation instanceof Expectation.EndsTcp ? null : unopened();
  }

  private Finding answers() {
    if (seen.isSilent()) {
      return Finding.of(Outcome.HANG);
    }
    return seen.response == null ? Finding.of(Outcome.LENIENT) : Finding.pass();
  }

  private Finding keepsInResponse(Rule rule) {
    if (Finding.isBroken(rule, seen.ofHandshake)) {
      return Finding.breaking(rule);
    }
    if (seen.response == null) {
      return unopened();
    }
    // A response that says nothing about the rule does not show that the server keeps it.
    boolean about = seen.opened() && hasField(rule, seen.response);
    return about ? Finding.pass() : Finding.of(Outcome.NOT_JUDGEABLE);
  }

  /** Whether a response has the field that the rule is about. */
  private boolean hasField(Rule rule, ResponseHead response) {
    return switch (rule) {
      case SUBPROTOCOL_REPEATED -> response.first("Sec-WebSocket-Protocol") != null;
      case DEFLATE_AGREED_TWICE,
          DEFLATE_PARAMETER_UNKNOWN,
          DEFLATE_PARAMETER_REPEATED,
          DEFLATE_VALUE_INVALID,
          DEFLATE_PARAMETER_NOT_OFFERED,
          DEFLATE_CLIENT_WINDOW_RAISED,
          DEFLATE_OFFER_IGNORED ->
          seen.deflate != null;
      default -> true;
    };
  }

  private Finding rejection(boolean ofVersion) {
    if (seen.opened()) {
      return Finding.broken(theCase);
    }
    if (seen.response != null) {
      boolean named = seen.response.first("Sec-WebSocket-Version") != null;
      return ofVersion && !named ? Finding.broken(theCase) : Finding.pass();
    }
    if (seen.unreadable != null) {
      return new Finding(Outcome.FAIL, Rule.STATUS_LINE_MALFORMED);
    }
    if (seen.unfinished != null) {
      return Finding.of(Outcome.FAIL);
    }
    // A server that has to reject nothing may wait, for example for a body that is announced.
    boolean hangs = seen.end == Observation.End.NONE && theCase.strictness() != Strictness.OPEN;
    return Finding.of(hangs ? Outcome.HANG : Outcome.LENIENT);
  }

  /** The server did not open the WebSocket, although the request was one to accept. */
  private Finding unopened() {
    if (theCase.expectation() instanceof Expectation.Declines && seen.response != null) {
      // Declining an offer is enough, but some servers reject the request.
      return Finding.of(Outcome.LENIENT);
    }
    boolean about = theCase.isAboutHandshake();
    if (seen.response != null) {
      return about ? Finding.broken(theCase) : Finding.of(Outcome.NOT_JUDGEABLE);
    }
    if (seen.unreadable != null) {
      return new Finding(Outcome.FAIL, Rule.STATUS_LINE_MALFORMED);
    }
    if (seen.unfinished != null) {
      return Finding.of(Outcome.FAIL);
    }
    return seen.isSilent() ? Finding.of(Outcome.HANG) : Finding.broken(theCase);
  }
}
