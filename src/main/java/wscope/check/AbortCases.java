package wscope.check;

import static wscope.check.Group.ABORT;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import wscope.protocol.frame.Opcode;
import wscope.protocol.frame.RsvBits;
import wscope.protocol.rule.Endpoint;

/** Endpoints that disconnect at any place, and many clients at once. */
final class AbortCases {
  private static final String CITATION = "RFC 6455 §7.1.7";

  private static final int[] CUTS_MASKED = {1, 2, 4, 6, 8};
  private static final int[] CUTS = {1, 2, 4, 6};

  private final List<Case> cases = new ArrayList<>();
  private final Endpoint sender;
  private final FrameBytes frames;

  private AbortCases(Endpoint sender, long seed) {
    this.sender = sender;
    frames = new FrameBytes(sender, new Random(seed));
  }

  static List<Case> of(Endpoint sender, long seed) {
    AbortCases table = new AbortCases(sender, seed);
    if (sender == Endpoint.CLIENT) {
      table.requests();
    } else {
      table.responses();
    }
    table.frames();
    if (sender == Endpoint.CLIENT) {
      table.many();
    }
    return table.cases;
  }

  private void requests() {
    for (int length : new int[] {1, 4, 20, 100}) {
      Opening start = request -> List.of(Openings.bytes(request.head().substring(0, length)));
      both("request/" + length, "the first " + length + " bytes of a request", start, List.of());
    }
    both("request/whole", "a request", Openings.WHOLE, List.of());
  }

  private void responses() {
    both("response/none", "no response", Replies.NOTHING, List.of());
    for (int length : new int[] {1, 9, 40, 100}) {
      both(
          "response/" + length,
          "the first " + length + " bytes of a response",
          Replies.start(length),
          List.of());
    }
    both("response/whole", "a response", Replies.CORRECT, List.of());
  }

  private void frames() {
    ByteBuffer text = frames.text("Hello").bytes();
    for (int cut : sender == Endpoint.CLIENT ? CUTS_MASKED : CUTS) {
      opened(
          "frame/" + cut,
          cut + (cut == 1 ? " byte" : " bytes") + " of a frame",
          text.duplicate().limit(cut));
    }
    opened("message", "a message", text);
    opened("fragment", "the first frame of a message", frames.text("Hel").open().bytes());
    opened("ping", "a ping", frames.ping("x").bytes());
    opened("close", "a Close", frames.close(1000, "").bytes());
    opened(
        "many-messages",
        "50 messages whose replies nobody reads",
        FrameBytes.join(java.util.Collections.nCopies(50, text).toArray(ByteBuffer[]::new)));
    opened(
        "compressed",
        "half of a compressed message",
        frames
            .frame(Opcode.TEXT, HexFormat.of().parseHex("f248cd"))
            .rsv(RsvBits.RSV1)
            .open()
            .bytes());
  }

  private void opened(String name, String sends, ByteBuffer bytes) {
    boolean compressed = name.equals("compressed");
    Beginning beginning =
        sender == Endpoint.SERVER
            ? compressed ? Replies.DEFLATE : Replies.CORRECT
            : compressed ? Openings.deflate("permessage-deflate") : Openings.WHOLE;
    both(name, sends, beginning, List.of(new Step.Send(bytes), FramingCases.GAP));
  }

  private void both(String name, String sends, Beginning beginning, List<Step> steps) {
    end(name + "/fin", sends + ", then the end of TCP", beginning, steps, new Step.Finish());
    end(name + "/rst", sends + ", then a reset of TCP", beginning, steps, new Step.Reset());
  }

  private void end(String name, String sends, Beginning beginning, List<Step> steps, Step end) {
    cases.add(
        CaseBuilder.of(ABORT, name, CITATION)
            .sends(sends)
            .beginning(beginning)
            .steps(steps)
            .step(end)
            .expect(expectation(end)));
  }

  /** A server lives on; a client disconnects too, or its program ends. */
  private Expectation expectation(Step end) {
    if (sender == Endpoint.CLIENT) {
      return new Expectation.ServesOthers();
    }
    return end instanceof Step.Finish ? new Expectation.EndsTcp() : new Expectation.Ends();
  }

  private void many() {
    for (int count : new int[] {10, 50}) {
      many("open/" + count, count, "each sends a ping", List.of(), List.of());
      String text = "one of " + count;
      many(
          "message/" + count,
          count,
          "each sends a message and a ping",
          List.of(new Step.Send(frames.text(text).bytes())),
          List.of(new Payload(true, ByteBuffer.wrap(FrameBytes.utf8(text)))));
    }
  }

  private void many(String name, int count, String sends, List<Step> steps, List<Payload> echoes) {
    CaseBuilder builder =
        CaseBuilder.of(Group.MANY, name, "RFC 6455 §10.4")
            .sends(count + " clients at once: " + sends)
            .clients(count)
            .steps(steps);
    if (count > 10) {
      builder.flood();
    }
    cases.add(builder.expect(new Expectation.Serves(echoes)));
  }
}
