package wscope.check;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import wscope.net.SocketFailure;
import wscope.protocol.handshake.HeaderField;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.rule.Violation;

/** Describes the first connection of a client: what works, step by step. */
final class ClientProbe {
  private static final String REQUEST = "request";

  private ClientProbe() {}

  /**
   * Describes what the server of the probe has seen.
   *
   * @param isProgram whether wscope has started a program for the connection
   */
  static Probe of(Observation seen, Payload sent, boolean isProgram) {
    List<ProbeStep> steps = new ArrayList<>();
    if (seen.unreachable != null) {
      steps.add(ProbeStep.failed("connection", String.valueOf(seen.unreachable.getMessage())));
      addOutput(seen, steps);
      return new Probe(
          steps,
          Probe.Reach.NOTHING,
          false,
          Duration.ZERO,
          new Probe.Failure(SocketFailure.OTHER, new IOException(seen.unreachable.getMessage())));
    }
    steps.add(ProbeStep.timed("connection", "the client connected", seen.connectNanos));
    if (seen.unreadable != null && !isAboutWebSocket(seen)) {
      steps.add(ProbeStep.failed(REQUEST, unreadable(seen.unreadable)));
      addOutput(seen, steps);
      return new Probe(steps, Probe.Reach.NO_WEBSOCKET, false, Duration.ZERO, null);
    }
    steps.add(request(seen));
    boolean echoes = seen.messages.contains(sent);
    if (seen.request != null) {
      steps.add(offers(seen.request));
      Probe.conversation(seen, echoes, steps);
      if (isProgram) {
        steps.add(end(seen));
      }
    }
    return new Probe(steps, Probe.Reach.WEBSOCKET, echoes, Duration.ofNanos(seen.roundTrip), null);
  }

  /** Adds what a program printed before it ended, unless it is a single line. */
  private static void addOutput(Observation seen, List<ProbeStep> steps) {
    if (seen.ended != null && seen.ended.lastLines().size() > 1) {
      seen.ended.lastLines().forEach(line -> steps.add(ProbeStep.noted("output", line)));
    }
  }

  /** Whether a request that cannot be read to its end asks for a WebSocket. */
  private static boolean isAboutWebSocket(Observation seen) {
    return !seen.ofHandshake.isEmpty() && seen.asksForWebSocket;
  }

  private static String unreadable(String start) {
    return start.isEmpty()
        ? "the client sent nothing"
        : "no request for a WebSocket, but: " + start;
  }

  private static ProbeStep request(Observation seen) {
    for (Violation violation : seen.ofHandshake) {
      if (violation.rule().isError()) {
        return new ProbeStep(
            REQUEST,
            ProbeStep.State.FAILED,
            violation.rule().title() + ": " + violation.found(),
            violation.rule());
      }
    }
    return ProbeStep.done(REQUEST, "it asks for a WebSocket, and breaks no rule");
  }

  private static ProbeStep offers(RequestHead request) {
    List<String> offers = new ArrayList<>();
    for (String name : List.of(Replies.EXTENSIONS, Replies.SUBPROTOCOL)) {
      for (HeaderField field : request.all(name)) {
        offers.add(field.value());
      }
    }
    return offers.isEmpty()
        ? ProbeStep.noted("offers", "no extension and no subprotocol")
        : ProbeStep.done("offers", String.join("; ", offers));
  }

  private static ProbeStep end(Observation seen) {
    return seen.ended == null
        ? ProbeStep.noted(
            "end", "the program does not end with its connection; wscope ends it after each case")
        : ProbeStep.done("end", "the program exited with " + seen.ended.code());
  }
}
