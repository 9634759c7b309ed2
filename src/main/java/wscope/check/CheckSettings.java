package wscope.check;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to run the cases.
 *
 * @param parallel the number of cases that run at once
 * @param caseTime the time for one case
 * @param totalTime the time for all cases together
 * @param seed the number from which masking keys and random payloads derive
 * @param idle how long to wait for the end of a connection that is idle; null to run the cases
 */
public record CheckSettings(
    int parallel, Duration caseTime, Duration totalTime, long seed, @Nullable Duration idle) {}
