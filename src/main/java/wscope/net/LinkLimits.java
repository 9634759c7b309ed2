package wscope.net;

import java.time.Duration;

/**
 * What a link grants a peer that does not take its output.
 *
 * @param highWater bytes of waiting output from which on the peer's input is paused
 * @param stall how long output may wait without any progress before the peer is dropped
 */
public record LinkLimits(long highWater, Duration stall) {
  /** 4 MiB and 30 s. */
  public static final LinkLimits DEFAULT = new LinkLimits(4 << 20, Duration.ofSeconds(30));
}
