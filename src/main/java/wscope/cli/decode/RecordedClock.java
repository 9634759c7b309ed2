package wscope.cli.decode;

import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Tells the time at which something was recorded; of what is not recorded, the time now. */
final class RecordedClock implements InstantSource {
  private @Nullable Instant recorded;

  /** From here on it is this time. */
  void set(Instant time) {
    recorded = time;
  }

  @Override
  public Instant instant() {
    return recorded == null ? Instant.now() : recorded;
  }
}
