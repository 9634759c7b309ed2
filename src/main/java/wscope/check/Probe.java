package wscope.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.net.SocketFailure;
import wscope.net.TlsDetails;
import wscope.protocol.event.Event;
import wscope.protocol.handshake.HeaderField;
import wscope.protocol.handshake.LegacyProtocol;
import wscope.protocol.handshake.ResponseHead;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/**
 * One well-behaved connection: what works, step by step, up to the first step that fails.
 *
 * @param steps the steps, in their order
 * @param reach how far wscope came
 * @param echoes whether the endpoint returned a message unchanged
 * @param roundTrip the time from a ping to its pong; zero if there was none
 * @param failure why there is no connection; null if there is one
 */
public record Probe(
    List<ProbeStep> steps,
    Reach reach,
    boolean echoes,
    Duration roundTrip,
    @Nullable Failure failure) {

  /** How far wscope came. */
  public enum Reach {
    /** There is no connection. */
    NOTHING,
    /** Something answers, but not with a WebSocket. */
    NO_WEBSOCKET,
    /** The server agrees to a WebSocket, but with a broken handshake, and no frames follow. */
    BROKEN_HANDSHAKE,
    /** There is a WebSocket, perhaps with a broken handshake. */
    WEBSOCKET;

    /** Whether there is a server of WebSockets, or a client, to check. */
    public boolean isWebSocket() {
      return this == WEBSOCKET || this == BROKEN_HANDSHAKE;
    }
  }

  /** Why there is no connection. */
  public record Failure(SocketFailure reason, Exception cause) {}

  /** Describes what the client of the probe has seen. */
  static Probe of(Observation seen, Payload sent) {
    List<ProbeStep> steps = new ArrayList<>();
    if (seen.unreachable != null) {
      return unreachable(seen, seen.unreachable, steps);
    }
    steps.addAll(Reached.steps(seen));
    if (!seen.opened()) {
      steps.add(rejection(seen));
      return new Probe(steps, Reach.NO_WEBSOCKET, false, Duration.ZERO, null);
    }
    boolean fits = handshake(seen, steps);
    boolean echoes = seen.messages.contains(sent);
    boolean talks = fits || echoes || seen.roundTrip > 0;
    if (talks) {
      conversation(seen, echoes, steps);
    }
    Reach reach = talks ? Reach.WEBSOCKET : Reach.BROKEN_HANDSHAKE;
    return new Probe(steps, reach, echoes, Duration.ofNanos(seen.roundTrip), null);
  }

  private static Probe unreachable(Observation seen, Exception cause, List<ProbeStep> steps) {
    SocketFailure reason = SocketFailure.of(cause);
    if (seen.connectNanos > 0) {
      steps.addAll(Reached.steps(seen));
    }
    String name =
        reason == SocketFailure.UNRESOLVED
            ? "name"
            : seen.connectNanos > 0 ? "TLS" : seen.unix ? "socket" : "TCP";
    steps.add(ProbeStep.failed(name, String.valueOf(cause.getMessage())));
    return new Probe(steps, Reach.NOTHING, false, Duration.ZERO, new Failure(reason, cause));
  }

  private static ProbeStep rejection(Observation seen) {
    ResponseHead head = seen.response;
    if (head != null) {
      String status = (head.status() + " " + head.reason()).strip();
      HeaderField location = head.first("Location");
      String where = location == null ? "" : "; Location: " + location.value();
      String found = "the response is " + status + " instead of 101" + where;
      return new ProbeStep("handshake", ProbeStep.State.FAILED, found, 0, null, head.status());
    }
    if (seen.unreadable != null) {
      return ProbeStep.failed("handshake", "no HTTP response, but: " + seen.unreadable);
    }
    if (seen.unfinished != null) {
      return ProbeStep.failed("handshake", seen.unfinished);
    }
    String end =
        switch (seen.end) {
          case FIN -> "the server ended TCP without a response";
          case RESET -> "the server reset TCP without a response";
          case NONE -> "the server sent nothing";
        };
    return ProbeStep.failed("handshake", end);
  }

  /** Adds the steps of the handshake. Returns whether the response fits the request. */
  private static boolean handshake(Observation seen, List<ProbeStep> steps) {
    Rule error = null;
    for (Violation violation : seen.ofHandshake) {
      if (violation.rule().isError() && error == null) {
        error = violation.rule();
        steps.add(
            new ProbeStep(
                "handshake",
                ProbeStep.State.FAILED,
                "101, but: " + error.title() + ": " + violation.found() + oldProtocol(seen),
                error));
      }
    }
    if (error == null) {
      steps.add(ProbeStep.done("handshake", "101, and the response fits the request"));
    }
    steps.add(
        seen.deflate == null
            ? ProbeStep.noted("offers", "permessage-deflate was declined")
            : ProbeStep.done("offers", "accepted: " + seen.deflate.header()));
    return error == null;
  }

  private static String oldProtocol(Observation seen) {
    LegacyProtocol old = seen.response == null ? null : LegacyProtocol.of(seen.response);
    return old == null
        ? ""
        : "; the server uses an old protocol, " + old.document() + ", of " + old.spokenBy();
  }

  static void conversation(Observation seen, boolean echoes, List<ProbeStep> steps) {
    for (Violation violation : seen.ofFrames) {
      if (violation.rule().isError()) {
        steps.add(
            new ProbeStep(
                "frames",
                ProbeStep.State.FAILED,
                violation.rule().title() + ": " + violation.found(),
                violation.rule()));
        break;
      }
    }
    steps.add(
        seen.roundTrip > 0
            ? ProbeStep.timed("ping", "the pong came", seen.roundTrip)
            : ProbeStep.failed("ping", "no pong came"));
    steps.add(
        echoes
            ? ProbeStep.done("echo", "messages come back unchanged")
            : ProbeStep.noted(
                "echo", "messages do not come back; closes, pongs and silence decide"));
    boolean ended = seen.end != Observation.End.NONE;
    boolean closed = seen.close != Observation.NO_CLOSE;
    String close = closed ? Judge.name(seen.close) : "no Close";
    String end = ended ? ", then the end of TCP" : ", but no end of TCP";
    steps.add(
        closed && ended
            ? ProbeStep.done("close", close + end)
            : ProbeStep.failed("close", close + end));
  }

  /** The steps before the handshake. */
  private static final class Reached {
    static List<ProbeStep> steps(Observation seen) {
      List<ProbeStep> steps = new ArrayList<>();
      for (Event event : seen.dialling) {
        if (event instanceof Event.Resolved resolved) {
          steps.add(
              ProbeStep.timed(
                  "name",
                  resolved.host() + " is " + String.join(", ", resolved.addresses()),
                  resolved.nanos()));
        } else if (event instanceof Event.AttemptFailed attempt) {
          String peer = attempt.peer() instanceof Event.Address.Tcp tcp ? tcp.host() : "it";
          steps.add(ProbeStep.noted("TCP", peer + " failed: " + attempt.cause()));
        }
      }
      steps.add(ProbeStep.timed(seen.unix ? "socket" : "TCP", "connected", seen.connectNanos));
      TlsDetails tls = seen.tls;
      if (tls != null) {
        steps.add(ProbeStep.done("TLS", tls.version() + ", " + tls.cipherSuite()));
      }
      return steps;
    }
  }
}
