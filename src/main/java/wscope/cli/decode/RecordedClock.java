package wscope.cli.decode;

import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The time of a recorded event; without a recording, the current time. */
final class RecordedClock implements InstantSource {
  private @Nullable Instant recorded;

  /** Sets the time from now on. */
  void set(Instant time) {
    recorded = time;
  }

  @Override
  public Instant instant() {
    return recorded == null ? Instant.now() : recorded;
  }
}
