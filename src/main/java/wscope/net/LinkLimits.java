package wscope.net;

import java.time.Duration;

/**
 * Limits for a peer that does not read its output.
 *
 * @param highWater the number of queued bytes above which the peer's input is paused
 * @param stall the time without progress of the queued output after which the peer is dropped
 */
public record LinkLimits(long highWater, Duration stall) {
  /** The defaults: 4 MiB and 30 s. */
  public static final LinkLimits DEFAULT = new LinkLimits(4 << 20, Duration.ofSeconds(30));
}
