package wscope.check;

import static wscope.check.Observation.NO_CLOSE;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import wscope.protocol.handshake.ResponseHead;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/** Says what an endpoint had to do, and what it did. Its bytes stay unescaped. */
final class Words {
  private final Case theCase;
  private final Observation seen;
  private final boolean echoes;

  Words(Case theCase, Observation seen, boolean echoes) {
    this.theCase = theCase;
    this.seen = seen;
    this.echoes = echoes;
  }

  /** What the endpoint had to do. */
  String expected() {
    return expected(theCase.expectation(), echoes);
  }

  static String expected(Expectation expectation, boolean echoes) {
    if (expectation instanceof Expectation.Rejects) {
      return "a response that rejects the request";
    }
    if (expectation instanceof Expectation.RejectsVersion) {
      return "a response that rejects the request and has Sec-WebSocket-Version";
    }
    if (expectation instanceof Expectation.SpeaksNoWebSocket) {
      return "any response but 101, or the end of TCP";
    }
    if (expectation instanceof Expectation.Serves serves) {
      return served(serves.echoes(), echoes);
    }
    if (expectation instanceof Expectation.ServesOrLimits serves) {
      return served(serves.echoes(), echoes) + ", or a Close with 1009 or 1008";
    }
    if (expectation instanceof Expectation.Declines) {
      return "a 101 response without permessage-deflate";
    }
    if (expectation instanceof Expectation.Fails fails) {
      return failed(fails.codes());
    }
    if (expectation instanceof Expectation.FailsFast fails) {
      return failed(fails.codes()) + ", before the message ends";
    }
    if (expectation instanceof Expectation.Closes closes) {
      return (closes.code() < 0 ? "a Close" : "a Close with " + closes.code())
          + ", then the end of TCP";
    }
    if (expectation instanceof Expectation.Keeps keeps) {
      return "nothing that breaks " + keeps.rule().id();
    }
    if (expectation instanceof Expectation.Answers) {
      return "any response";
    }
    if (expectation instanceof Expectation.KeepsInResponse keeps) {
      return "a response that keeps " + keeps.rule().id();
    }
    if (expectation instanceof Expectation.StaysClosed) {
      return "the end of TCP, without a frame";
    }
    if (expectation instanceof Expectation.KeepsInRequest keeps) {
      return "a request that keeps " + keeps.rule().id();
    }
    if (expectation instanceof Expectation.FreshKey) {
      return "16 random bytes as the key, fresh for each connection";
    }
    if (expectation instanceof Expectation.FreshMasks) {
      return "a fresh masking key for each frame that cannot be predicted";
    }
    if (expectation instanceof Expectation.Ends) {
      return "the end of the program";
    }
    return expectation instanceof Expectation.EndsTcp
        ? "the end of TCP"
        : "that the next client is served";
  }

  private static String served(List<Payload> wanted, boolean echoes) {
    int count = wanted.size();
    String messages =
        count == 0 || !echoes
            ? ""
            : count == 1 ? "the message back, and " : "all " + count + " messages back, and ";
    return messages + "the pong for a ping that follows";
  }

  private static String failed(Set<Integer> codes) {
    List<String> all = new TreeSet<>(codes).stream().map(String::valueOf).toList();
    return "a Close with " + String.join(" or ", all) + ", or the end of TCP";
  }

  /** What came, or did not come. */
  String came() {
    Exception unreachable = seen.unreachable;
    if (unreachable != null) {
      return "no connection: " + unreachable.getMessage();
    }
    if (seen.tls != null && seen.close == NO_CLOSE && isUnreadable()) {
      return "after its close_notify, wscope reads nothing more";
    }
    if (seen.inapplicable != null) {
      return seen.inapplicable;
    }
    List<String> came = new ArrayList<>();
    if (theCase.checked() == Endpoint.CLIENT) {
      request(came);
    } else {
      response(came);
    }
    boolean broken = violations(came);
    if (seen.opened() && !(broken && theCase.expectation() instanceof Expectation.Keeps)) {
      frames(came);
    }
    if (theCase.expectation() instanceof Expectation.ServesOthers) {
      came.clear();
      came.add(
          Boolean.TRUE.equals(seen.othersServed)
              ? "the next client was served"
              : "the next client was not served");
    }
    return came.isEmpty() ? "nothing" : String.join("; ", came);
  }

  private void request(List<String> came) {
    if (seen.unreadable != null) {
      came.add(
          seen.unreadable.isEmpty()
              ? "nothing"
              : "bytes that are no correct request: " + seen.unreadable);
    }
    if (theCase.expectation() instanceof Expectation.FreshKey && seen.keyTrouble != null) {
      came.add(seen.keyTrouble);
    }
    if (theCase.expectation() instanceof Expectation.FreshMasks) {
      int count = seen.maskingKeys.size();
      came.add(
          seen.maskTrouble != null
              ? seen.maskTrouble
              : count + (count == 1 ? " masked frame" : " masked frames"));
    }
    ClientStarter.Ended ended = seen.ended;
    if (ended != null && (ended.isCrash() || theCase.expectation() instanceof Expectation.Ends)) {
      came.add((ended.isCrash() ? "the program crashed: " : "the program ended: ") + ended.words());
    }
    if (theCase.expectation() instanceof Expectation.KeepsInRequest && seen.request != null) {
      came.add(
          RequestJudge.hasField(theCase.rule(), seen.request)
              ? "a request"
              : "a request without the field that the rule is about");
    }
    if (!seen.opened() && RequestJudge.hasOpened(seen)) {
      came.add("frames, as if the WebSocket were open");
    }
    if (!seen.opened()) {
      end(came);
    }
  }

  private boolean isUnreadable() {
    return theCase.expectation() instanceof Expectation.Closes && Judge.hasFinished(theCase);
  }

  private void response(List<String> came) {
    ResponseHead head = seen.response;
    if (seen.unreadable != null) {
      came.add("bytes that are no HTTP response: " + seen.unreadable);
    } else if (seen.unfinished != null) {
      came.add(seen.unfinished);
      end(came);
    } else if (head == null) {
      end(came);
    } else if (head.status() != 101 || Judge.isAboutResponse(theCase)) {
      String agreed =
          theCase.expectation() instanceof Expectation.Declines && seen.deflate != null
              ? " with " + seen.deflate.header()
              : "";
      came.add(("the response " + head.status() + " " + head.reason()).strip() + agreed);
    } else if (Judge.lacksAgreement(theCase, seen)) {
      came.add(
          seen.deflate == null
              ? "the server declined permessage-deflate"
              : "the server agreed to " + seen.deflate.header());
    }
  }

  /** Names the first broken rule that matters; whether there is one. */
  private boolean violations(List<String> came) {
    List<Violation> all = new ArrayList<>(seen.ofFrames);
    Rule about = about(theCase.expectation());
    boolean ofHandshake =
        theCase.checked() == Endpoint.SERVER
            ? theCase.isAboutHandshake()
            : RequestJudge.isAboutRequest(theCase) || seen.unreadable != null;
    if (ofHandshake) {
      all.addAll(0, seen.ofHandshake);
    }
    for (Violation violation : all) {
      if (about == null ? violation.rule().isError() : violation.rule() == about) {
        came.add(violation.rule().title() + ": " + violation.found());
        return true;
      }
    }
    return false;
  }

  /** The only rule that the case is about; null for any. */
  private static @Nullable Rule about(Expectation expectation) {
    if (expectation instanceof Expectation.Keeps keeps) {
      return keeps.rule();
    }
    if (expectation instanceof Expectation.KeepsInRequest keeps) {
      return keeps.rule();
    }
    return expectation instanceof Expectation.KeepsInResponse keeps ? keeps.rule() : null;
  }

  private void frames(List<String> came) {
    if (!seen.messages.isEmpty()) {
      came.add(seen.messages.size() == 1 ? "a message" : seen.messages.size() + " messages");
    }
    List<Payload> wanted = Judge.wanted(theCase.expectation());
    if (seen.lacksMessages && echoes && !seen.hasEchoes(wanted)) {
      came.add("more messages than wscope keeps, so an echo may be among them");
    }
    if (seen.pong) {
      came.add("a pong: the " + theCase.checked().id() + " went on");
    }
    if (seen.close != NO_CLOSE) {
      came.add(Judge.name(seen.close) + (isLate() ? ", after the end of the message" : ""));
    }
    end(came);
  }

  private boolean isLate() {
    return theCase.expectation() instanceof Expectation.FailsFast && !seen.early;
  }

  private void end(List<String> came) {
    switch (seen.end) {
      case FIN -> came.add("the end of TCP (FIN)");
      case RESET -> came.add("a reset of TCP (RST)");
      case NONE -> {}
    }
  }
}
