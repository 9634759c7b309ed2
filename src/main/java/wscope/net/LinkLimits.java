package wscope.net;

import java.time.Duration;

/**
 * Limits for a peer that does not read its output.
 *
 * @param highWater bytes of queued output above which the peer's input is paused
 * @param stall how long queued output may make no progress before the peer is dropped
 */
public record LinkLimits(long highWater, Duration stall) {
  /** 4 MiB and 30 s. */
  public static final LinkLimits DEFAULT = new LinkLimits(4 << 20, Duration.ofSeconds(30));
}
