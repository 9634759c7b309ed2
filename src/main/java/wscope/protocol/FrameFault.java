package wscope.protocol;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.OutgoingMessage;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/** A fault in the frames that an endpoint sends. Every message can be changed to commit it. */
public final class FrameFault implements Fault {
  /** The key for faults that need one: the example of RFC 6455 §5.7. */
  static final int MASKING_KEY = 0x37fa213d;

  private final String id;
  private final String title;
  private final @Nullable Rule rule;
  private final DeflateRequirement deflate;
  private final Set<Endpoint> senders;
  private final Function<OutgoingMessage, List<OutgoingMessage>> change;

  private FrameFault(
      String id,
      String title,
      @Nullable Rule rule,
      DeflateRequirement deflate,
      Set<Endpoint> senders,
      Function<OutgoingMessage, List<OutgoingMessage>> change) {
    this.id = id;
    this.title = title;
    this.rule = rule;
    this.deflate = deflate;
    this.senders = senders;
    this.change = change;
  }

  /** Creates a fault that breaks a rule. */
  static FrameFault breaking(
      Rule rule,
      DeflateRequirement deflate,
      Function<OutgoingMessage, List<OutgoingMessage>> change) {
    Set<Endpoint> senders =
        switch (rule) {
          // Each of these rules (§5.1, §5.3, §7.4.1) binds only one endpoint.
          case CLIENT_FRAME_UNMASKED, MASKING_KEY_REPEATED -> EnumSet.of(Endpoint.CLIENT);
          case SERVER_FRAME_MASKED, CLOSE_CODE_ONLY_FOR_CLIENTS -> EnumSet.of(Endpoint.SERVER);
          default -> EnumSet.allOf(Endpoint.class);
        };
    return new FrameFault(rule.id(), rule.title(), rule, deflate, senders, change);
  }

  /** Creates a fault that breaks no rule but leaves the peer waiting. */
  static FrameFault stall(
      String id, String title, Function<OutgoingMessage, List<OutgoingMessage>> change) {
    Set<Endpoint> both = EnumSet.allOf(Endpoint.class);
    return new FrameFault(id, title, null, DeflateRequirement.NONE, both, change);
  }

  /** Creates a fault in the masking of a client. No server can detect it for certain. */
  static FrameFault ofMask(
      String id, String title, Function<OutgoingMessage, List<OutgoingMessage>> change) {
    Set<Endpoint> client = EnumSet.of(Endpoint.CLIENT);
    return new FrameFault(id, title, null, DeflateRequirement.NONE, client, change);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public @Nullable Rule rule() {
    return rule;
  }

  @Override
  public DeflateRequirement deflate() {
    return deflate;
  }

  @Override
  public boolean isOf(Endpoint sender) {
    return senders.contains(sender);
  }

  /**
   * Returns the messages to send instead of a correct one. If they contain a Close, the sender has
   * closed; see also {@link OutgoingMessage#endsStream} and {@link OutgoingMessage#isUnfinished}.
   *
   * @param correct a message or control frame that breaks no rule. It is masked if a client sends
   *     it, and never compressed, which is allowed even if permessage-deflate is in use (RFC 7692
   *     §6)
   * @return at least one message, in the order in which to send them
   * @throws IllegalArgumentException if the sender cannot commit this fault, see {@link #isOf}
   */
  public List<OutgoingMessage> commit(OutgoingMessage correct) {
    Endpoint sender = correct.framing().masked() ? Endpoint.CLIENT : Endpoint.SERVER;
    if (!isOf(sender)) {
      throw new IllegalArgumentException("a " + sender + " cannot commit " + id);
    }
    return change.apply(correct);
  }

  /**
   * The rules that this fault breaks: usually only its own; none for a stall.
   *
   * @param opcode the opcode of the message
   */
  public Set<Rule> breaks(Opcode opcode) {
    Set<Rule> broken = rule == null ? EnumSet.noneOf(Rule.class) : EnumSet.of(rule);
    // A length of 2^63 bytes or more is also too long for a control frame.
    if (rule == Rule.LENGTH_TOP_BIT_SET && opcode.isControl()) {
      broken.add(Rule.CONTROL_FRAME_TOO_LONG);
    }
    return broken;
  }

  @Override
  public String toString() {
    return id;
  }
}
