package wscope.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to see a rule broken, or a fault that breaks none, and how to commit it: what to type, and
 * what to say about it.
 *
 * @param advice continues the hint of the rule; empty for none
 * @param example lines of a command that finds the rule broken; none if no example is short
 * @param withoutExample what to say in place of an example; empty if there is one
 * @param commands that commit it on purpose, each in one line
 * @param remark on those; null for none
 */
public record RuleGuide(
    String advice,
    List<String> example,
    String withoutExample,
    List<String> commands,
    @Nullable String remark) {}
