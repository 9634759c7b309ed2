package wscope.check;

import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Rule;

/**
 * The verdict on a server in one case.
 *
 * @param expected what it had to do, in words
 * @param came what came or did not come, in words
 * @param broken the rule that the server broke; null if none, or if the table has none for it
 * @param nanos the time that the case took
 */
public record Verdict(
    Outcome outcome, String expected, String came, @Nullable Rule broken, long nanos) {}
