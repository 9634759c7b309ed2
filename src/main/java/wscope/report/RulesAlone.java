package wscope.report;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wscope.protocol.ForwardingListener;
import wscope.protocol.InspectionListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Incomplete;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/**
 * Shows the rules that a client breaks while nothing else of its frames is shown; else leaves them
 * to the report of the frames.
 */
public final class RulesAlone extends ForwardingListener {
  private final InspectionListener frames;
  private final Viewing viewing;
  private final Consumer<Violation> shown;

  private RulesAlone(InspectionListener frames, Viewing viewing, Consumer<Violation> shown) {
    super(frames);
    this.frames = frames;
    this.viewing = viewing;
    this.shown = shown;
  }

  /**
   * What hears of the frames of a client. A view that can never show frames costs nothing for them.
   *
   * @param frames shows them, if the view does
   * @param shown shows a broken rule by itself
   */
  public static InspectionListener of(
      InspectionListener frames, Viewing viewing, Consumer<Violation> shown) {
    boolean ever = viewing.kept() != Detail.NONE;
    return new RulesAlone(ever ? frames : new InspectionListener() {}, viewing, shown);
  }

  @Override
  public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {
    if (!violations.isEmpty() && viewing.detail() == Detail.NONE) {
      violations.forEach(shown);
    }
    frames.frameStarted(header, sender, violations);
  }

  @Override
  public void violation(Violation violation) {
    if (viewing.detail() == Detail.NONE) {
      shown.accept(violation);
    }
    frames.violation(violation);
  }

  @Override
  public void ended(@Nullable Incomplete incomplete) {
    if (viewing.detail() != Detail.NONE) {
      frames.ended(incomplete);
    }
  }
}
