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

  /** What is wrong, in one sentence. */
  String title();

  /** The rule that it breaks; null for a stall. */
  @Nullable Rule rule();

  /** The result of negotiating permessage-deflate that it requires. */
  DeflateRequirement deflate();

  /** Whether an endpoint can commit it. */
  boolean isOf(Endpoint sender);
}
