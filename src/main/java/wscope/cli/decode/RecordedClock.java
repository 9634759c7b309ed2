package wscope.cli.decode;

import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * A clock that shows the time of the current recorded event, or the current time if there is no
 * recording.
 */
final class RecordedClock implements InstantSource {
  private @Nullable Instant recorded;

  /** Whether a recorded event has set the time. */
  boolean isSet() {
    return recorded != null;
  }

  /** Sets the time that the clock shows from now on. */
  void set(Instant time) {
    recorded = time;
  }

  @Override
  public Instant instant() {
    return recorded == null ? Instant.now() : recorded;
  }
}
