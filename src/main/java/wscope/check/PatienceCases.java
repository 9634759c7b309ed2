package wscope.check;

import static wscope.check.Group.PATIENCE;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import wscope.protocol.rule.Endpoint;

/** Endpoints that stop in the middle, or never read: the other one should not wait for ever. */
final class PatienceCases {
  private static final String CITATION = "RFC 6455 §10.4";

  private final List<Case> cases = new ArrayList<>();
  private final Endpoint sender;
  private final FrameBytes frames;

  private PatienceCases(Endpoint sender, long seed) {
    this.sender = sender;
    frames = new FrameBytes(sender, new Random(seed));
  }

  static List<Case> of(Endpoint sender, long seed) {
    PatienceCases table = new PatienceCases(sender, seed);
    if (sender == Endpoint.CLIENT) {
      table.requests();
    } else {
      table.responses();
    }
    table.frames();
    return table.cases;
  }

  private void requests() {
    Opening nothing = request -> List.of();
    Opening half = request -> List.of(Openings.bytes(request.head().substring(0, 40)));
    Opening slow = request -> slow(request.head());
    add("silent", "nothing after TCP is connected", nothing, List.of());
    add("half-request", "half of a request", half, List.of());
    add("slow-request", "a request with one byte each 20 ms and no end", slow, List.of());
  }

  /** The pieces arrive about a millisecond apart, so empty ones stretch the time. */
  private static List<ByteBuffer> slow(String head) {
    List<ByteBuffer> pieces = new ArrayList<>();
    String start = head.substring(0, head.length() - 2);
    for (int i = 0; i < start.length(); i++) {
      pieces.add(Openings.bytes(start.substring(i, i + 1)));
      pieces.addAll(Collections.nCopies(19, ByteBuffer.allocate(0)));
    }
    return pieces;
  }

  private void responses() {
    Reply slow = (request, correct) -> slow(correct.head());
    add("silent", "no response", Replies.NOTHING, List.of());
    add("half-response", "half of a response", Replies.start(40), List.of());
    add("slow-response", "a response with one byte each 20 ms and no end", slow, List.of());
  }

  private void frames() {
    Beginning open = sender == Endpoint.CLIENT ? Openings.WHOLE : Replies.CORRECT;
    ByteBuffer text = frames.text("Hello").bytes();
    add("half-frame", "half a frame", open, List.of(new Step.Send(text.limit(text.limit() - 3))));
    add(
        "half-message",
        "the first frame of a message",
        open,
        List.of(new Step.Send(frames.text("Hel").open().bytes())));
    add(
        "close-and-stay",
        "a Close, and no end of TCP",
        open,
        List.of(new Step.Send(frames.close(1000, "").bytes())));
    if (sender == Endpoint.CLIENT) {
      add("idle", "nothing after the WebSocket has opened", open, List.of());
      floods();
    }
  }

  private void floods() {
    ByteBuffer[] thousand = new ByteBuffer[1000];
    Arrays.setAll(thousand, i -> frames.ping("p".repeat(125)).bytes());
    ByteBuffer pings = FrameBytes.join(thousand);
    List<Step> flood = new ArrayList<>();
    flood.add(new Step.StopReading());
    for (int i = 0; i < 200; i++) {
      flood.add(new Step.Send(pings));
      flood.add(new Step.Pause(Duration.ofMillis(5)));
    }
    cases.add(
        CaseBuilder.of(PATIENCE, "ping-flood", CITATION)
            .strictness(Strictness.OPEN)
            .sends("200000 pings, and reads no pong")
            .steps(flood)
            .flood()
            .expect(new Expectation.ServesOthers()));
  }

  private void add(String name, String sends, Beginning beginning, List<Step> steps) {
    cases.add(
        CaseBuilder.of(PATIENCE, name, CITATION)
            .strictness(Strictness.OPEN)
            .sends(sends)
            .beginning(beginning)
            .steps(steps)
            .expect(new Expectation.EndsTcp()));
  }
}
