package wscope.protocol;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.Outgoing;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/** A fault of the frames that an endpoint sends. It can be committed with every message. */
public final class FrameFault implements Fault {
  /** Masks where a fault needs a key: that of RFC 6455 §5.7, easy to follow. */
  static final int MASKING_KEY = 0x37fa213d;

  private final String id;
  private final String title;
  private final @Nullable Rule rule;
  private final DeflateNeed deflate;
  private final Set<Endpoint> senders;
  private final Function<Outgoing, List<Outgoing>> change;

  private FrameFault(
      String id,
      String title,
      @Nullable Rule rule,
      DeflateNeed deflate,
      Set<Endpoint> senders,
      Function<Outgoing, List<Outgoing>> change) {
    this.id = id;
    this.title = title;
    this.rule = rule;
    this.deflate = deflate;
    this.senders = senders;
    this.change = change;
  }

  /** Breaks a rule. */
  static FrameFault breaking(
      Rule rule, DeflateNeed deflate, Function<Outgoing, List<Outgoing>> change) {
    Set<Endpoint> senders =
        switch (rule) {
          // Either masking rule (§5.1) binds one endpoint only.
          case CLIENT_FRAME_UNMASKED -> EnumSet.of(Endpoint.CLIENT);
          case SERVER_FRAME_MASKED -> EnumSet.of(Endpoint.SERVER);
          default -> EnumSet.allOf(Endpoint.class);
        };
    return new FrameFault(rule.id(), rule.title(), rule, deflate, senders, change);
  }

  /** Breaks no rule, but lets the peer wait. */
  static FrameFault stall(String id, String title, Function<Outgoing, List<Outgoing>> change) {
    Set<Endpoint> both = EnumSet.allOf(Endpoint.class);
    return new FrameFault(id, title, null, DeflateNeed.NONE, both, change);
  }

  /** Masks as a client should not, which no server can tell for sure. */
  static FrameFault ofMask(String id, String title, Function<Outgoing, List<Outgoing>> change) {
    Set<Endpoint> client = EnumSet.of(Endpoint.CLIENT);
    return new FrameFault(id, title, null, DeflateNeed.NONE, client, change);
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
  public DeflateNeed deflate() {
    return deflate;
  }

  @Override
  public boolean isOf(Endpoint sender) {
    return senders.contains(sender);
  }

  /**
   * What to send instead of a message. Where a Close is among it, the sender has closed; see also
   * {@link Outgoing#endsStream} and {@link Outgoing#goesOn}.
   *
   * @param correct a message or control frame that breaks no rule; masked if a client sends it, and
   *     never compressed, which is no fault where permessage-deflate is in use (RFC 7692 §6)
   * @return one or more, in the order in which they are sent
   * @throws IllegalArgumentException if the sender cannot commit it, see {@link #isOf}
   */
  public List<Outgoing> commit(Outgoing correct) {
    Endpoint sender = correct.framing().masked() ? Endpoint.CLIENT : Endpoint.SERVER;
    if (!isOf(sender)) {
      throw new IllegalArgumentException("a " + sender + " cannot commit " + id);
    }
    return change.apply(correct);
  }

  /**
   * The rules that are broken instead of a message: its own, mostly alone; none for a stall.
   *
   * @param opcode of the message
   */
  public Set<Rule> breaks(Opcode opcode) {
    Set<Rule> broken = rule == null ? EnumSet.noneOf(Rule.class) : EnumSet.of(rule);
    // A length of 2^63 bytes or more is too long for a control frame, too.
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
