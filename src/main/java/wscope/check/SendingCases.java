package wscope.check;

import static wscope.check.Group.SENDING;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import wscope.protocol.Faults;
import wscope.protocol.frame.Opcode;
import wscope.protocol.frame.RsvBits;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/**
 * The rules for frames that the checked endpoint can break by what it sends: each has a
 * conversation in which it sends messages (if it echoes), pongs and a Close.
 */
final class SendingCases {
  private static final String PING = "sending";
  private static final int PINGS = 16;

  private static final String REPEATED = "0123456789abcdef".repeat(8) + "x".repeat(1000);
  private static final String[] TEXTS = {
    "Hello", "Hello", "\u2713 d\u00e9j\u00e0 vu", "y".repeat(126), REPEATED + REPEATED
  };

  private final Endpoint sender;
  private final FrameBytes frames;
  private final List<byte[]> plain = Stream.of(TEXTS).map(FrameBytes::utf8).toList();
  private final List<byte[]> deflated = plain.stream().map(DeflateCases::deflated).toList();
  private final byte[] large = FrameBytes.utf8("z".repeat(65536));

  private SendingCases(Endpoint sender, long seed) {
    this.sender = sender;
    frames = new FrameBytes(sender, new Random(seed));
  }

  static List<Case> of(Endpoint sender, long seed) {
    SendingCases table = new SendingCases(sender, seed);
    List<Case> cases = new ArrayList<>();
    Faults.ofFrames().stream()
        .filter(fault -> fault.isOf(sender.peer()))
        .forEach(
            fault -> {
              Rule rule = fault.rule();
              if (rule != null) {
                cases.add(table.of(rule));
              }
            });
    return cases;
  }

  private Case of(Rule rule) {
    CaseBuilder builder = CaseBuilder.of(SENDING, rule.id(), rule);
    String parameters = sender == Endpoint.CLIENT ? offer(rule) : agreement(rule);
    if (parameters.isEmpty()) {
      builder.sends("messages, a ping and a Close");
    } else if (sender == Endpoint.CLIENT) {
      builder
          .deflate(parameters)
          .sends("messages, after an offer of " + parameters + ", a ping and a Close");
    } else {
      builder
          .agree(reply(rule))
          .sends("messages, after an agreement to " + parameters + ", a ping and a Close");
    }
    return builder.steps(conversation(!parameters.isEmpty())).expect(new Expectation.Keeps(rule));
  }

  /** The agreement with which a client can break a rule; empty for none. */
  private static String agreement(Rule rule) {
    return switch (rule) {
      case CONTEXT_TAKEN_OVER -> "permessage-deflate; client_no_context_takeover";
      case WINDOW_EXCEEDED -> "permessage-deflate; client_max_window_bits=9";
      default -> offer(rule);
    };
  }

  private static Reply reply(Rule rule) {
    return switch (rule) {
      case CONTEXT_TAKEN_OVER -> Replies.deflate("; client_no_context_takeover");
      case WINDOW_EXCEEDED -> Replies.clientWindow("=9");
      default -> Replies.DEFLATE;
    };
  }

  /** Masking keys that a client must choose at random show a pattern in many frames. */
  static Case masks(long seed) {
    FrameBytes frames = new FrameBytes(Endpoint.SERVER, new Random(seed));
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < PINGS; i++) {
      steps.add(new Step.Send(frames.ping(PING + i).bytes()));
      steps.add(new Step.AwaitPong(PING + i));
    }
    steps.add(new Step.Send(frames.close(1000, "").bytes()));
    return CaseBuilder.of(SENDING, "masking-keys", "RFC 6455 §5.3")
        .sends(PINGS + " pings, one after the other, and a Close")
        .steps(steps)
        .expect(new Expectation.FreshMasks());
  }

  /** The offer with which a server can break a rule; empty for none. */
  private static String offer(Rule rule) {
    return switch (rule) {
      case RSV1_ON_CONTINUATION,
          RSV1_ON_CONTROL_FRAME,
          COMPRESSED_DATA_CORRUPT,
          COMPRESSED_DATA_UNFINISHED,
          COMPRESSED_DATA_OUT_OF_WINDOW ->
          "permessage-deflate";
      case CONTEXT_TAKEN_OVER -> "permessage-deflate; server_no_context_takeover";
      case WINDOW_EXCEEDED -> "permessage-deflate; server_max_window_bits=9";
      default -> "";
    };
  }

  private List<Step> conversation(boolean compressed) {
    List<Step> steps = new ArrayList<>();
    for (byte[] text : compressed ? deflated : plain) {
      int rsv = compressed ? RsvBits.RSV1 : 0;
      steps.add(new Step.Send(frames.frame(Opcode.TEXT, text).rsv(rsv).bytes()));
    }
    byte[] random = new byte[2000];
    new Random(1).nextBytes(random);
    ByteBuffer twice = ByteBuffer.allocate(4000).put(random).put(random);
    steps.add(new Step.Send(frames.frame(Opcode.BINARY, twice.array()).bytes()));
    steps.add(new Step.Send(frames.frame(Opcode.TEXT, large).bytes()));
    steps.add(new Step.Send(frames.ping(PING).bytes()));
    steps.add(new Step.AwaitPong(PING));
    steps.add(new Step.Send(frames.close(1000, "").bytes()));
    return steps;
  }
}
