package wscope.net;

import java.time.Duration;

/**
 * How much output waits for a peer that does not take it, and how long.
 *
 * @param highWater bytes of waiting output beyond which the peer's input is paused
 * @param stall how long output may wait without any progress; then the peer is dropped
 */
public record OutputLimits(long highWater, Duration stall) {
  /** What a server promises by default: 4 MiB and 30 s. */
  public static final OutputLimits DEFAULT = new OutputLimits(4 << 20, Duration.ofSeconds(30));
}
