package wscope.protocol;

import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/**
 * One way to misbehave on purpose: break a rule, or stall, which breaks no rule but leaves the peer
 * waiting. {@link Faults} lists them all.
 */
public sealed interface Fault permits RequestFault, ResponseFault, FrameFault {
  /** The stable name that users type: the id of the rule, if there is one. */
  String id();

  /** One sentence about the error that the peer sees. */
  String title();

  /** The rule that this fault breaks; null for a stall. */
  @Nullable Rule rule();

  /** The result of negotiating permessage-deflate that this fault requires. */
  DeflateRequirement deflate();

  /** Whether an endpoint can commit this fault. */
  boolean isOf(Endpoint sender);
}
