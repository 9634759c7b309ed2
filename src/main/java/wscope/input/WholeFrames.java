package wscope.input;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import wscope.input.find.Candidate;
import wscope.protocol.rule.Endpoint;

/**
 * Puts the frames of two directions one after the other: if one direction continues while a frame
 * of the other is incomplete, each frame is passed on when it is complete.
 */
final class WholeFrames {
  private WholeFrames() {}

  /** The steps of known senders, with whole frames as far as there are any. */
  static List<Order.Step> of(List<Order.Step> steps, Senders senders) {
    Map<Endpoint, WireStream> pending = new EnumMap<>(Endpoint.class);
    List<Order.Step> ordered = new ArrayList<>();
    for (Order.Step step : steps) {
      Endpoint sender = senders.of(step);
      if (step.isHead() || sender == null) {
        ordered.add(step);
        continue;
      }
      WireStream stream = pending.computeIfAbsent(sender, each -> new WireStream());
      stream.add(step.bytes());
      takeWhole(ordered, stream, step);
      if (step.cut()) {
        ByteBuffer rest = stream.take(true);
        ordered.add(new Order.Step(Candidate.Kind.BYTES, rest, step.way(), true));
        pending.remove(sender);
      }
    }
    for (Order.Step step : steps) {
      Endpoint sender = senders.of(step);
      WireStream rest = step.isHead() || sender == null ? null : pending.remove(sender);
      if (rest != null) {
        add(ordered, rest.take(true), step);
      }
    }
    return ordered;
  }

  /** A head and the frames after it are two units. */
  private static void takeWhole(List<Order.Step> ordered, WireStream stream, Order.Step step) {
    ByteBuffer unit = stream.take(false);
    while (unit.hasRemaining()) {
      add(ordered, unit, step);
      unit = stream.take(false);
    }
  }

  private static void add(List<Order.Step> ordered, ByteBuffer bytes, Order.Step step) {
    if (bytes.hasRemaining()) {
      ordered.add(new Order.Step(Candidate.Kind.BYTES, bytes, step.way(), false));
    }
  }
}
