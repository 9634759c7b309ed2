package wscope.input;

import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.input.find.Candidate;
import wscope.input.find.Way;
import wscope.protocol.rule.Endpoint;

/**
 * Who sent the bytes of a text whose lines show directions. Which side is the client follows from
 * the heads, or from the MASK bits: only a client masks its frames (RFC 6455 §5.1). If they
 * contradict the text, the text is not believed.
 */
final class Senders {
  private final @Nullable Endpoint out;
  private final boolean named;

  private Senders(@Nullable Endpoint out, boolean named) {
    this.out = out;
    this.named = named;
  }

  /** The senders of some steps in their order. */
  static Senders of(List<Order.Step> steps) {
    boolean allKnown = !steps.isEmpty();
    boolean hasOut = false;
    boolean hasIn = false;
    boolean named = false;
    Endpoint out = null;
    for (Order.Step step : steps) {
      Way way = step.way();
      allKnown &= way != null || step.isHead();
      hasOut |= way == Way.OUT;
      hasIn |= way == Way.IN;
      named |= way == Way.CLIENT || way == Way.SERVER;
      out = out == null ? outOf(step) : out;
    }
    if (!allKnown || (named && (hasOut || hasIn))) {
      return new Senders(null, false);
    }
    MaskBits bits = MaskBits.of(steps);
    if (named) {
      return new Senders(null, bits.agreeWithNames());
    }
    Endpoint masking = bits.outEndpoint();
    boolean contradicted = out != null && masking != null && out != masking;
    return new Senders(contradicted ? null : out == null ? masking : out, false);
  }

  /** Which side wrote the text, if a head shows it. */
  private static @Nullable Endpoint outOf(Order.Step step) {
    boolean head = step.isHead() || Scorer.startsHead(step.bytes());
    if (!head || (step.way() != Way.OUT && step.way() != Way.IN)) {
      return null;
    }
    boolean request = step.bytes().get(0) == 'G';
    return request == (step.way() == Way.OUT) ? Endpoint.CLIENT : Endpoint.SERVER;
  }

  /** The sender of a step; null if it is not known. */
  @Nullable Endpoint of(Order.Step step) {
    Way way = step.way();
    if (step.isHead()) {
      boolean known = named || out != null;
      boolean request = step.kind() == Candidate.Kind.REQUEST;
      return !known ? null : request ? Endpoint.CLIENT : Endpoint.SERVER;
    }
    if (way == null) {
      return null;
    }
    if (named) {
      return way.sender();
    }
    if (out == null) {
      return null;
    }
    return way == Way.OUT ? out : other(out);
  }

  private static Endpoint other(Endpoint endpoint) {
    return endpoint == Endpoint.CLIENT ? Endpoint.SERVER : Endpoint.CLIENT;
  }
}
