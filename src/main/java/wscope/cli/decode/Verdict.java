package wscope.cli.decode;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.ConversationListener;
import wscope.protocol.ForwardingConversation;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Incomplete;
import wscope.protocol.handshake.Handshake;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.handshake.ResponseHead;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/** Counts what happens on its way to a report, and gives the verdict that the exit code tells. */
final class Verdict extends ForwardingConversation {
  private long frames;
  private long errors;
  private long heads;
  private boolean handshakeTorn;
  private boolean incomplete;

  Verdict(ConversationListener next) {
    super(next);
  }

  /** Whether there was anything to decode. */
  boolean isEmpty() {
    return frames == 0 && heads == 0 && !incomplete;
  }

  /** Whether no rule is broken and no frame is torn. */
  boolean isFine() {
    return errors == 0 && !incomplete;
  }

  @Override
  public void request(long offset, String received, @Nullable RequestHead head, Handshake judged) {
    heads++;
    judged.violations().forEach(this::count);
    super.request(offset, received, head, judged);
  }

  @Override
  public void response(
      long offset,
      String received,
      @Nullable RequestHead request,
      @Nullable ResponseHead head,
      List<Violation> violations) {
    heads++;
    violations.forEach(this::count);
    super.response(offset, received, request, head, violations);
  }

  @Override
  public void headTorn(long offset, String received) {
    heads++;
    handshakeTorn = true;
    super.headTorn(offset, received);
  }

  @Override
  public void challengeTorn(long offset, ByteBuffer body) {
    handshakeTorn = true;
    super.challengeTorn(offset, body);
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
  public void violation(Violation violation) {
    count(violation);
    super.violation(violation);
  }

  @Override
  public void ended(@Nullable Incomplete torn) {
    incomplete = torn != null || handshakeTorn;
    if (!isEmpty()) {
      // Nothing is no stream; the command says so.
      super.ended(torn);
    }
  }

  private void count(Violation violation) {
    errors += violation.rule().isError() ? 1 : 0;
  }
}
