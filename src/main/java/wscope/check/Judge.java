package wscope.check;

import static wscope.check.Observation.NO_CLOSE;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.CloseCode;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.RuleGroup;
import wscope.protocol.rule.Violation;

/** Compares what an endpoint did with what it had to do. */
final class Judge {
  /** Codes with which an application rejects a message that breaks no rule of the protocol. */
  private static final Set<Integer> OF_APPLICATIONS =
      Set.of(1000, 1001, 1003, 1008, 1011, 1012, 1013);

  /** Codes for messages that are too big, or against a policy. */
  private static final Set<Integer> OF_LIMITS = Set.of(1009, 1008);

  private static final int FIRST_PRIVATE = 3000;

  private final Case theCase;
  private final Observation seen;
  private final boolean echoes;
  private final Words words;

  private Judge(Case theCase, Observation seen, boolean echoes) {
    this.theCase = theCase;
    this.seen = seen;
    this.echoes = echoes;
    words = new Words(theCase, seen, echoes);
  }

  /**
   * Judges.
   *
   * @param echoes whether the endpoint is known to return messages
   * @param nanos the time that the case took
   */
  static Verdict judge(Case theCase, Observation seen, boolean echoes, long nanos) {
    Judge judge = new Judge(theCase, seen, echoes);
    Finding finding = judge.find();
    return new Verdict(
        finding.outcome(), judge.words.expected(), judge.words.came(), finding.broken(), nanos);
  }

  /** Whether the response alone decides the case. */
  static boolean isAboutResponse(Case theCase) {
    Expectation expectation = theCase.expectation();
    return mustReject(expectation)
        || expectation instanceof Expectation.Declines
        || expectation instanceof Expectation.KeepsInResponse
        || expectation instanceof Expectation.Answers;
  }

  /** Whether the server must not open a WebSocket. */
  static boolean mustReject(Expectation expectation) {
    return expectation instanceof Expectation.Rejects
        || expectation instanceof Expectation.RejectsVersion
        || expectation instanceof Expectation.SpeaksNoWebSocket;
  }

  /** Whether the endpoints did not agree to the compression that the case needs. */
  static boolean lacksAgreement(Case theCase, Observation seen) {
    if (!theCase.deflate()) {
      return false;
    }
    DeflateParameters agreed = seen.deflate;
    Endpoint sender = theCase.checked().peer();
    return agreed == null
        || (theCase.refersBack() && !agreed.takesContextOver(sender))
        || (theCase.group() == Group.DEFLATE
            && agreed.maxWindowBits(sender) < DeflateParameters.MOST_WINDOW_BITS);
  }

  /** The messages that an echo server returns. */
  static List<Payload> wanted(Expectation expectation) {
    if (expectation instanceof Expectation.Serves serves) {
      return serves.echoes();
    }
    return expectation instanceof Expectation.ServesOrLimits serves ? serves.echoes() : List.of();
  }

  /** Whether an echo of the case has to be binary. */
  static boolean wantsBinary(Expectation expectation) {
    return wanted(expectation).stream().anyMatch(payload -> !payload.text());
  }

  /** Whether a ping follows the steps at once. */
  static boolean needsPing(Expectation expectation) {
    return expectation instanceof Expectation.Serves
        || expectation instanceof Expectation.ServesOrLimits;
  }

  /** Whether a ping follows the steps if the server has not closed after a moment. */
  static boolean needsLatePing(Expectation expectation) {
    return expectation instanceof Expectation.Fails
        || expectation instanceof Expectation.FailsFast
        || expectation instanceof Expectation.StaysClosed;
  }

  /** Whether nothing that follows can change the verdict. */
  static boolean isDecided(Case theCase, Observation seen, boolean echoes) {
    if (seen.end != Observation.End.NONE
        || seen.unreadable != null
        || (seen.request != null && RequestJudge.isAboutRequest(theCase))) {
      return true;
    }
    if (seen.response != null && (!seen.opened() || isAboutResponse(theCase))) {
      return true;
    }
    Expectation expectation = theCase.expectation();
    boolean closed = seen.close != NO_CLOSE;
    if (expectation instanceof Expectation.Serves serves) {
      return closed || (seen.pong && (!echoes || isAnswered(serves.echoes(), seen)));
    }
    if (expectation instanceof Expectation.ServesOrLimits serves) {
      return closed || (seen.pong && (!echoes || isAnswered(serves.echoes(), seen)));
    }
    if (needsLatePing(expectation)) {
      return closed || seen.pong;
    }
    return expectation instanceof Expectation.Keeps keeps
        && Finding.isBroken(keeps.rule(), seen.ofFrames);
  }

  /** Whether the messages came back, or it cannot be known any more. */
  private static boolean isAnswered(List<Payload> wanted, Observation seen) {
    return seen.lacksMessages || seen.hasEchoes(wanted);
  }

  private Finding find() {
    if (seen.unreachable != null) {
      return Finding.of(Outcome.FAIL);
    }
    Expectation expectation = theCase.expectation();
    if (expectation instanceof Expectation.ServesOthers) {
      return Finding.of(Boolean.TRUE.equals(seen.othersServed) ? Outcome.PASS : Outcome.FAIL);
    }
    Finding ofHandshake =
        theCase.checked() == Endpoint.CLIENT
            ? new RequestJudge(theCase, seen).find()
            : new ResponseJudge(theCase, seen).find();
    if (ofHandshake != null) {
      return ofHandshake;
    }
    if (expectation instanceof Expectation.EndsTcp) {
      // A server that rejects the request, for example with 408, also gives up.
      boolean rejected = seen.response != null && !seen.opened();
      return seen.end == Observation.End.NONE && !rejected ? broken() : pass();
    }
    return opened(expectation);
  }

  /** The WebSocket is open. */
  private Finding opened(Expectation expectation) {
    if (expectation instanceof Expectation.Keeps keeps) {
      return keeps(keeps.rule());
    }
    if (expectation instanceof Expectation.FreshMasks) {
      return freshMasks();
    }
    Rule broken = firstBroken();
    if (broken != null) {
      return new Finding(Outcome.FAIL, broken);
    }
    if (expectation instanceof Expectation.Declines) {
      return seen.deflate == null ? pass() : broken();
    }
    if (lacksAgreement(theCase, seen)) {
      return Finding.of(Outcome.NOT_JUDGEABLE);
    }
    if (expectation instanceof Expectation.Serves serves) {
      return serves(serves.echoes(), Set.of());
    }
    if (expectation instanceof Expectation.ServesOrLimits serves) {
      return serves(serves.echoes(), OF_LIMITS);
    }
    if (expectation instanceof Expectation.Fails fails) {
      return fails.accepting().contains(seen.close) ? broken() : fails(fails.codes());
    }
    if (expectation instanceof Expectation.FailsFast fails) {
      Finding finding = fails(fails.codes());
      boolean late = finding.outcome() == Outcome.PASS && !seen.early;
      return late ? Finding.of(Outcome.LENIENT) : finding;
    }
    if (expectation instanceof Expectation.Closes closes) {
      return closes(closes.code());
    }
    throw new IllegalStateException(theCase.id());
  }

  /** The first rule that the endpoint itself broke; null if there is none. */
  private @Nullable Rule firstBroken() {
    boolean ofHandshake = theCase.checked() == Endpoint.SERVER && theCase.isAboutHandshake();
    for (Violation violation : ofHandshake ? seen.ofHandshake : List.<Violation>of()) {
      if (violation.rule().isError()) {
        return violation.rule();
      }
    }
    for (Violation violation : seen.ofFrames) {
      if (violation.rule().isError() && !isEcho(violation.rule())) {
        return violation.rule();
      }
    }
    return null;
  }

  /** Whether a broken rule is the echo of a code that the endpoint need not reject. */
  private boolean isEcho(Rule broken) {
    return broken == theCase.rule()
        && broken.group() == RuleGroup.CLOSE_BODY
        && theCase.expectation() instanceof Expectation.Fails
        && theCase.strictness() != Strictness.MUST;
  }

  private Finding keeps(Rule rule) {
    if (Finding.isBroken(rule, seen.ofFrames)) {
      return Finding.breaking(rule);
    }
    if (lacksAgreement(theCase, seen)) {
      return Finding.of(Outcome.NOT_JUDGEABLE);
    }
    boolean hasSent =
        switch (rule.group()) {
          case CLOSE_BODY -> seen.close != NO_CLOSE;
          case MESSAGE, COMPRESSION -> !seen.messages.isEmpty();
          default -> seen.frames > 0;
        };
    return hasSent ? pass() : Finding.of(Outcome.NOT_JUDGEABLE);
  }

  private Finding freshMasks() {
    if (seen.maskTrouble != null) {
      return Finding.of(Outcome.FAIL);
    }
    boolean known = seen.maskingKeys.size() >= ClientSecrets.FEWEST_MASKS;
    return known ? pass() : Finding.of(Outcome.NOT_JUDGEABLE);
  }

  private Finding serves(List<Payload> wanted, Set<Integer> alsoFits) {
    if (seen.close != NO_CLOSE) {
      if (alsoFits.contains(seen.close)) {
        return pass();
      }
      if (OF_LIMITS.contains(seen.close)) {
        return Finding.of(Outcome.NOT_JUDGEABLE);
      }
      boolean application = OF_APPLICATIONS.contains(seen.close) || seen.close >= FIRST_PRIVATE;
      if (application && !alsoFits.isEmpty()) {
        // A limit, with another code than the one for limits.
        return Finding.of(Outcome.LENIENT);
      }
      return application && !echoes ? Finding.of(Outcome.NOT_JUDGEABLE) : broken();
    }
    if (seen.end != Observation.End.NONE) {
      return alsoFits.isEmpty() ? broken() : Finding.of(Outcome.LENIENT);
    }
    if (!seen.pong) {
      boolean open = theCase.strictness() == Strictness.OPEN && alsoFits.isEmpty();
      return open ? broken() : Finding.of(Outcome.HANG);
    }
    if (!echoes || seen.hasEchoes(wanted)) {
      return pass();
    }
    return seen.lacksMessages ? Finding.of(Outcome.NOT_JUDGEABLE) : broken();
  }

  private Finding fails(Set<Integer> codes) {
    if (seen.close != NO_CLOSE) {
      return codes.contains(seen.close) ? pass() : Finding.of(Outcome.LENIENT);
    }
    if (seen.end != Observation.End.NONE) {
      // §7.1.7: an endpoint SHOULD send a Close before it ends TCP.
      return Finding.of(Outcome.LENIENT);
    }
    return seen.pong || theCase.strictness() != Strictness.MUST
        ? broken()
        : Finding.of(Outcome.HANG);
  }

  private Finding closes(int code) {
    if (seen.close == NO_CLOSE && seen.tls != null && hasFinished()) {
      // After its close_notify, a client of TLS reads nothing more.
      return Finding.of(Outcome.NOT_JUDGEABLE);
    }
    if (seen.close == NO_CLOSE) {
      return seen.end == Observation.End.NONE ? Finding.of(Outcome.HANG) : broken();
    }
    if (seen.end == Observation.End.NONE) {
      return Finding.of(Outcome.HANG);
    }
    boolean same = seen.close == code || (code == CloseBody.NO_CODE && seen.close == 1000);
    return same ? pass() : Finding.of(Outcome.LENIENT);
  }

  private boolean hasFinished() {
    return hasFinished(theCase);
  }

  /** Whether wscope ends its side of TCP. */
  static boolean hasFinished(Case theCase) {
    return theCase.steps().stream().anyMatch(step -> step instanceof Step.Finish);
  }

  private static Finding pass() {
    return Finding.pass();
  }

  private Finding broken() {
    return Finding.broken(theCase);
  }

  /** The name of a close code, for a text. */
  static String name(int code) {
    return code < 0
        ? "a Close without a code"
        : "a Close with " + code + " (" + CloseCode.label(code) + ")";
  }
}
