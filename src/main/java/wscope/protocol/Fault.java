package wscope.protocol;

import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/**
 * One way in which an endpoint misbehaves on purpose: a rule that it breaks, or a stall, which
 * breaks none but lets the peer wait for what never comes. {@link Faults} has them all.
 */
public sealed interface Fault permits RequestFault, ResponseFault, FrameFault {
  /** The stable name that users type: that of the rule, if there is one. */
  String id();

  /** What is wrong, in one sentence. */
  String title();

  /** The rule that it breaks; null for a stall. */
  @Nullable Rule rule();

  /** What must hold about permessage-deflate for it to act. */
  DeflateNeed deflate();

  /** Whether an endpoint can commit it. */
  boolean isOf(Endpoint sender);
}
