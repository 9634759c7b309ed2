package wscope.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.ForwardingListener;
import wscope.protocol.InspectionListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Incomplete;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;
import wscope.report.Screen;

/** Counts what happens on its way to a report, and gives the verdict that the exit code tells. */
final class Verdict extends ForwardingListener {
  private long frames;
  private long messages;
  private long errors;
  private boolean incomplete;

  Verdict(InspectionListener next) {
    super(next);
  }

  /** How many frames have begun. */
  long frames() {
    return frames;
  }

  /** Whether no rule is broken and no frame is torn. */
  boolean isFine() {
    return errors == 0 && !incomplete;
  }

  /** The verdict in one line. */
  void line(Screen screen) {
    screen.prefix("");
    screen.text(isFine() ? "fine   " : "broken   ").number(frames);
    screen.text(frames == 1 ? " frame, " : " frames, ").number(messages);
    screen.text(messages == 1 ? " message, " : " messages, ").number(errors);
    screen.text(errors == 1 ? " violation" : " violations");
    screen.text(incomplete ? ", the last frame is incomplete" : "").endLine();
  }

  @Override
  public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {
    frames++;
    for (int i = 0; i < violations.size(); i++) {
      count(violations.get(i));
    }
    super.frameStarted(header, sender, violations);
  }

  @Override
  public void messageEnded(Message message) {
    messages++;
    super.messageEnded(message);
  }

  @Override
  public void violation(Violation violation) {
    count(violation);
    super.violation(violation);
  }

  @Override
  public void ended(@Nullable Incomplete torn) {
    incomplete = torn != null;
    super.ended(torn);
  }

  private void count(Violation violation) {
    errors += violation.rule().isError() ? 1 : 0;
  }
}
