package wscope.report;

import org.jspecify.annotations.Nullable;

/**
 * A step of the probe of a check.
 *
 * @param state done, noted or failed
 * @param found what was found; may hold text of the server
 * @param nanos the time that it took; 0 if unknown
 * @param rule the ID of the rule that the server broke; null for none
 * @param advice what to do about it; empty for nothing
 */
public record CheckedStep(
    String name, String state, String found, long nanos, @Nullable String rule, String advice) {}
