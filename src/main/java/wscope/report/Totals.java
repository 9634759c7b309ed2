package wscope.report;

import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.IncompleteFrame;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/** Counts the contents of a stream, for its verdict. */
public class Totals implements ExchangeListener, FrameListener {
  private long heads;
  private long frames;
  private long messages;
  private long violations;
  private long errors;
  private long assumed;
  private long lastAssumed;
  private boolean incomplete;

  @Override
  public FrameListener frames(@Nullable Endpoint sender) {
    return this;
  }

  @Override
  public void event(Event event) {
    if (event instanceof Event.Request request) {
      heads++;
      add(request.result().violations());
    } else if (event instanceof Event.Response response) {
      heads++;
      add(response.violations());
    } else if (event instanceof Event.Interim interim) {
      heads++;
      add(interim.response().violations());
    } else if (event instanceof Event.HeadIncomplete) {
      heads++;
      incomplete = true;
    } else if (event instanceof Event.SurplusLineEnd) {
      violations++;
      errors++;
    } else if (event instanceof Event.ChallengeIncomplete) {
      incomplete = true;
    }
  }

  @Override
  public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> ofHeader) {
    frames++;
    add(ofHeader);
  }

  @Override
  public void headerIncomplete(
      IncompleteFrame frame, FrameHeader known, Endpoint sender, List<Violation> ofHeader) {
    add(ofHeader);
  }

  @Override
  public void messageEnded(Message message) {
    messages++;
    if (message.isCompressionAssumed()) {
      assumed++;
      lastAssumed = message.number();
    }
  }

  /** The number of complete messages whose compression was assumed. */
  public long assumed() {
    return assumed;
  }

  /** The number of the last of these messages. */
  public long lastAssumed() {
    return lastAssumed;
  }

  @Override
  public void violation(Violation violation) {
    violations++;
    errors += violation.rule().isError() ? 1 : 0;
  }

  @Override
  public void ended(@Nullable IncompleteFrame frame) {
    incomplete |= frame != null;
  }

  /** Whether nothing has arrived yet. */
  public boolean isEmpty() {
    return frames == 0 && heads == 0 && !incomplete;
  }

  /** Whether the stream is valid and complete: no violation is an error, and nothing is missing. */
  public boolean isFine() {
    return errors == 0 && !incomplete;
  }

  /** The number of frames that have begun. */
  public long frames() {
    return frames;
  }

  /** The number of complete messages. */
  public long messages() {
    return messages;
  }

  /** The number of violations of any severity. */
  public long violations() {
    return violations;
  }

  /** The number of violations that are errors. */
  public long errors() {
    return errors;
  }

  private void add(List<Violation> found) {
    for (int i = 0; i < found.size(); i++) {
      violation(found.get(i));
    }
  }
}
