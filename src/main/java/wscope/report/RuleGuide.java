package wscope.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Instructions for seeing a violation of a rule and for committing it, or for committing a fault
 * that violates no rule.
 *
 * @param advice a continuation of the rule's hint; empty for none
 * @param example the lines of a command that shows a violation; empty if no example is short
 * @param withoutExample the text in place of an example; empty if there is an example
 * @param commands the commands that commit the fault, each in one line
 * @param remark a remark about the commands; null for none
 */
public record RuleGuide(
    String advice,
    List<String> example,
    String withoutExample,
    List<String> commands,
    @Nullable String remark) {}
