package wscope.input;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.input.find.Way;
import wscope.protocol.FrameReader;
import wscope.protocol.Limits;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/** Counts the masked and unmasked frames of each direction. */
final class MaskBits {
  private final Direction first = new Direction();
  private final Direction second = new Direction();

  private static final class Direction implements FrameListener {
    private final FrameReader reader = new FrameReader(null, Limits.NONE, null, 0, this);
    private final WireStream stream = new WireStream();
    private int masked;
    private int unmasked;

    @Override
    public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {
      masked += header.masked() ? 1 : 0;
      unmasked += header.masked() ? 0 : 1;
    }

    void feed(ByteBuffer bytes) {
      stream.add(bytes);
      ByteBuffer unit = stream.take(false);
      while (unit.hasRemaining()) {
        if (!Scorer.startsHead(unit)) {
          reader.feed(unit);
        }
        unit = stream.take(false);
      }
    }

    boolean isEmpty() {
      return masked + unmasked == 0;
    }

    boolean isMasked() {
      return unmasked == 0;
    }

    boolean isUnmasked() {
      return masked == 0;
    }
  }

  private MaskBits() {}

  /** Counts; OUT and CLIENT are the first direction. */
  static MaskBits of(List<Order.Step> steps) {
    MaskBits bits = new MaskBits();
    for (Order.Step step : steps) {
      if (!step.isHead()) {
        boolean out = step.way() == Way.OUT || step.way() == Way.CLIENT;
        (out ? bits.first : bits.second).feed(step.bytes());
      }
    }
    return bits;
  }

  /** The endpoint of the first direction: the one that masks. Null if that is not clear. */
  @Nullable Endpoint outEndpoint() {
    if (first.isEmpty() && second.isEmpty()) {
      return null;
    }
    if (first.isMasked() && second.isUnmasked()) {
      return Endpoint.CLIENT;
    }
    return first.isUnmasked() && second.isMasked() ? Endpoint.SERVER : null;
  }

  /** Whether the frames of a named client are masked, or those of a named server are not. */
  boolean agreeWithNames() {
    return first.masked + second.unmasked >= first.unmasked + second.masked;
  }
}
