package wscope.protocol;

import static wscope.protocol.DeflateRequirement.ABSENT;
import static wscope.protocol.DeflateRequirement.AGREED;
import static wscope.protocol.DeflateRequirement.NONE;
import static wscope.protocol.DeflateRequirement.NO_TAKEOVER;
import static wscope.protocol.DeflateRequirement.SMALL_WINDOW;
import static wscope.protocol.DeflateRequirement.TAKEOVER;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import wscope.protocol.frame.RsvBits;
import wscope.protocol.handshake.RequestFaults;
import wscope.protocol.handshake.ResponseFaults;
import wscope.protocol.message.OutgoingMessage;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/**
 * The table of all faults. They break the rules that {@link FrameReader} and both sides of the
 * handshake check. A fault breaks only its own rule, unless {@link FrameFault#breaks} says
 * otherwise.
 */
public final class Faults {
  private static final Map<Rule, FrameFault> OF_FRAMES = new EnumMap<>(Rule.class);

  static {
    put(Rule.CLIENT_FRAME_UNMASKED, NONE, m -> FrameFaults.mask(m, false));
    put(Rule.SERVER_FRAME_MASKED, NONE, m -> FrameFaults.mask(m, true));
    put(Rule.RSV1_WITHOUT_EXTENSION, ABSENT, m -> FrameFaults.setRsv(m, RsvBits.RSV1));
    put(Rule.RSV2_WITHOUT_EXTENSION, NONE, m -> FrameFaults.setRsv(m, RsvBits.RSV2));
    put(Rule.RSV3_WITHOUT_EXTENSION, NONE, m -> FrameFaults.setRsv(m, RsvBits.RSV3));
    put(Rule.RESERVED_OPCODE, NONE, FrameFaults::reserveOpcode);
    put(Rule.CONTROL_FRAME_FRAGMENTED, NONE, FrameFaults::fragmentControlFrame);
    put(Rule.CONTROL_FRAME_TOO_LONG, NONE, FrameFaults::lengthenControlFrame);
    put(Rule.LENGTH_NOT_MINIMAL, NONE, FrameFaults::lengthenForm);
    put(Rule.LENGTH_TOP_BIT_SET, NONE, FrameFaults::setTopBit);
    put(Rule.MASKING_KEY_REPEATED, NONE, FrameFaults::repeatKey);
    put(Rule.CONTINUATION_WITHOUT_MESSAGE, NONE, FrameFaults::continueWithoutMessage);
    put(Rule.MESSAGE_INTERRUPTED, NONE, FrameFaults::interrupt);
    put(Rule.DATA_AFTER_CLOSE, NONE, FrameFaults::sendAfterClose);
    put(Rule.TEXT_NOT_UTF8, NONE, FrameFaults::invalidateText);
    put(Rule.RSV1_ON_CONTINUATION, AGREED, DeflateFaults::setRsv1OnContinuation);
    put(Rule.RSV1_ON_CONTROL_FRAME, AGREED, DeflateFaults::setRsv1OnControlFrame);
    put(Rule.COMPRESSED_DATA_CORRUPT, AGREED, DeflateFaults::corrupt);
    put(Rule.COMPRESSED_DATA_UNFINISHED, AGREED, DeflateFaults::leaveUnfinished);
    put(Rule.COMPRESSED_DATA_OUT_OF_WINDOW, TAKEOVER, DeflateFaults::referTooFarBack);
    put(Rule.CONTEXT_TAKEN_OVER, NO_TAKEOVER, DeflateFaults::referToEarlierMessage);
    put(Rule.WINDOW_EXCEEDED, SMALL_WINDOW, DeflateFaults::exceedWindow);
    put(Rule.CLOSE_BODY_OF_ONE_BYTE, NONE, FrameFaults::closeWithOneByte);
    put(Rule.CLOSE_CODE_OUT_OF_RANGE, NONE, m -> FrameFaults.closeWithCode(m, 999));
    put(Rule.CLOSE_CODE_NEVER_SENT, NONE, m -> FrameFaults.closeWithCode(m, 1006));
    put(Rule.CLOSE_CODE_RESERVED, NONE, m -> FrameFaults.closeWithCode(m, 1004));
    put(Rule.CLOSE_CODE_ONLY_FOR_CLIENTS, NONE, m -> FrameFaults.closeWithCode(m, 1010));
    put(Rule.CLOSE_CODE_UNASSIGNED, NONE, m -> FrameFaults.closeWithCode(m, 1016));
    put(Rule.CLOSE_REASON_NOT_UTF8, NONE, FrameFaults::invalidateReason);
  }

  private static final List<FrameFault> STALLS =
      List.of(
          FrameFault.stall(
              "message-unfinished",
              "A message begins, but its last frame is never sent",
              FrameFaults::leaveMessageUnfinished),
          FrameFault.stall(
              "frame-unfinished",
              "A frame announces more payload than it sends",
              FrameFaults::leaveFrameUnfinished));

  /** Masking that hides nothing (RFC 6455 §5.3). */
  private static final List<FrameFault> MASKS =
      List.of(
          FrameFault.ofMask(
              "masking-key-zero",
              "The masking key is zero, which leaves the payload unmasked",
              m -> FrameFaults.maskWith(m, 0)));

  private static final List<Fault> OF_CLIENT = all(Endpoint.CLIENT);
  private static final List<Fault> OF_SERVER = all(Endpoint.SERVER);

  private Faults() {}

  /**
   * The faults that an endpoint can commit: first those that break a rule, in the order of the
   * rules, then the others.
   */
  public static List<Fault> of(Endpoint sender) {
    return sender == Endpoint.CLIENT ? OF_CLIENT : OF_SERVER;
  }

  /** The faults that break no rule but leave the peer waiting. */
  public static List<FrameFault> stalls() {
    return STALLS;
  }

  /** The faults in frames that break a rule, for both endpoints, in the order of the rules. */
  public static List<FrameFault> ofFrames() {
    return List.copyOf(OF_FRAMES.values());
  }

  /** The fault in frames that breaks a rule; null if there is none. */
  public static @Nullable FrameFault ofFrames(Rule rule) {
    return OF_FRAMES.get(rule);
  }

  /** Finds the fault of an endpoint by its ID, in upper or lower case; null if there is none. */
  public static @Nullable Fault find(Endpoint sender, String id) {
    String wanted = id.toLowerCase(Locale.ROOT);
    for (Fault fault : of(sender)) {
      if (fault.id().equals(wanted)) {
        return fault;
      }
    }
    return null;
  }

  /** The reason why an endpoint cannot break a rule, in words; null if it can. */
  public static @Nullable String obstacle(Endpoint sender, Rule rule) {
    if (find(sender, rule.id()) != null) {
      return null;
    }
    return switch (rule) {
      case MESSAGE_TOO_BIG, TOO_MANY_FRAGMENTS, HEAD_TOO_LARGE, TOO_MANY_HEADER_FIELDS ->
          "it depends on the receiver's limits";
      default -> sender == Endpoint.SERVER ? "it applies to clients" : "it applies to servers";
    };
  }

  private static void put(
      Rule rule,
      DeflateRequirement deflate,
      Function<OutgoingMessage, List<OutgoingMessage>> change) {
    OF_FRAMES.put(rule, FrameFault.breaking(rule, deflate, change));
  }

  private static List<Fault> all(Endpoint sender) {
    Map<Rule, Fault> breaking = new EnumMap<>(OF_FRAMES);
    if (sender == Endpoint.CLIENT) {
      RequestFaults.rules().forEach(rule -> breaking.put(rule, new RequestFault(rule)));
    } else {
      ResponseFaults.rules().forEach(rule -> breaking.put(rule, responseFault(rule)));
    }
    return Stream.of(breaking.values(), STALLS, MASKS)
        .<Fault>flatMap(Collection::stream)
        .filter(fault -> fault.isOf(sender))
        .toList();
  }

  private static Fault responseFault(Rule rule) {
    return new ResponseFault(rule, ResponseFaults.needsDeflate(rule) ? AGREED : NONE);
  }
}
