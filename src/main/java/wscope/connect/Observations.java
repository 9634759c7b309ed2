package wscope.connect;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.event.TeeListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.handshake.HeaderField;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/** What a client has seen of one server that decides about its success. */
public final class Observations implements ExchangeListener {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final @Nullable Unanswered unanswered;
  private int status;
  private @Nullable String location;
  private boolean broken;
  private long lastHeard;

  /**
   * @param compares whether to compare what the server answers with what it does not
   */
  Observations(boolean compares) {
    unanswered = compares ? new Unanswered() : null;
  }

  @Override
  public void event(Event event) {
    if (event instanceof Event.Response response && response.head() != null) {
      status = response.head().status();
      HeaderField named = response.head().first("Location");
      location = named == null || !REDIRECTS.contains(status) ? null : named.value();
      // Only a 101 response is checked against the request.
      broken |= status == 101 && response.firstError() != null;
    }
  }

  /** The status of the response; 0 if there was none that could be read. */
  public int status() {
    return status;
  }

  /** The Location of a redirect; null if the response was none. */
  @Nullable String location() {
    return location;
  }

  /** The time of the last frame, as a value of {@link System#nanoTime}; 0 if there was none. */
  long lastHeard() {
    return lastHeard;
  }

  /** Why an expected message may be missing, in words; null if nothing is conspicuous. */
  @Nullable String hint() {
    return unanswered == null || broken ? null : unanswered.hint();
  }

  /** Whether the server broke a rule. */
  public boolean isBroken() {
    return broken;
  }

  @Override
  public @Nullable FrameListener frames(@Nullable Endpoint sender) {
    if (unanswered == null) {
      return sender == Endpoint.CLIENT ? null : new OfServer();
    }
    return sender == Endpoint.CLIENT
        ? unanswered.ofClient()
        : TeeListener.both(new OfServer(), unanswered.ofServer());
  }

  private final class OfServer implements FrameListener {
    @Override
    public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {
      lastHeard = System.nanoTime();
      for (int i = 0; i < violations.size(); i++) {
        violation(violations.get(i));
      }
    }

    @Override
    public void violation(Violation violation) {
      broken |= violation.rule().isError();
    }
  }
}
