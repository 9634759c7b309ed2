package wscope.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to see a violation of a rule and how to commit it, or a fault that violates no rule.
 *
 * @param advice continues the hint of the rule; empty for none
 * @param example the lines of a command that shows a violation; empty if no example is short
 * @param withoutExample the text in place of an example; empty if there is one
 * @param commands the commands that commit the fault, each in one line
 * @param remark a remark about them; null for none
 */
public record RuleGuide(
    String advice,
    List<String> example,
    String withoutExample,
    List<String> commands,
    @Nullable String remark) {}
