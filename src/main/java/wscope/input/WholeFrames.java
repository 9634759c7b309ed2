package wscope.input;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import wscope.input.find.Candidate;
import wscope.input.find.FrameCheck;
import wscope.protocol.rule.Endpoint;

/**
 * Puts the frames of two directions one after the other: if one direction goes on while a frame of
 * the other is incomplete, each frame is passed on when it is complete.
 */
final class WholeFrames {
  private static final class Pending {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private FrameCheck check = new FrameCheck();

    void add(ByteBuffer piece) {
      bytes.write(piece.array(), piece.arrayOffset() + piece.position(), piece.remaining());
      check.feed(piece.array(), piece.position(), piece.limit());
    }

    /** Takes the bytes of the frames that are complete, or all. */
    ByteBuffer take(boolean all) {
      byte[] whole = bytes.toByteArray();
      int count = all ? whole.length : check.wholeBytes();
      bytes.reset();
      bytes.write(whole, count, whole.length - count);
      check = FrameCheck.of(whole, count, whole.length);
      return ByteBuffer.wrap(whole, 0, count);
    }
  }

  private WholeFrames() {}

  /** The steps of known senders, with whole frames as far as there are any. */
  static List<Order.Step> of(List<Order.Step> steps, Senders senders) {
    Map<Endpoint, Pending> pending = new EnumMap<>(Endpoint.class);
    List<Order.Step> ordered = new ArrayList<>();
    for (Order.Step step : steps) {
      Endpoint sender = senders.of(step);
      if (step.isHead() || sender == null) {
        ordered.add(step);
        continue;
      }
      Pending frames = pending.computeIfAbsent(sender, each -> new Pending());
      frames.add(step.bytes());
      add(ordered, frames.take(false), step);
    }
    for (Order.Step step : steps) {
      Endpoint sender = senders.of(step);
      Pending rest = step.isHead() || sender == null ? null : pending.remove(sender);
      if (rest != null) {
        add(ordered, rest.take(true), step);
      }
    }
    return ordered;
  }

  private static void add(List<Order.Step> ordered, ByteBuffer bytes, Order.Step step) {
    if (bytes.hasRemaining()) {
      ordered.add(new Order.Step(Candidate.Kind.BYTES, bytes, step.way()));
    }
  }
}
