package wscope.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Rule;

/**
 * Something that can be explained.
 *
 * @param name what users type: a number, a range of numbers, a name; of a problem, one sentence
 * @param title the registered name of a code; empty for other kinds
 * @param aliases other names
 * @param texts the error texts of a problem; empty for other kinds
 * @param meaning what it means
 * @param side whose side it is; empty for a term
 * @param causes the usual causes, the most frequent one first
 * @param next the commands that show more
 * @param rule the rule that a peer breaks; null for none
 */
public record Entry(
    Kind kind,
    String name,
    String title,
    List<String> aliases,
    List<ErrorText> texts,
    String meaning,
    String side,
    List<String> causes,
    List<NextCommand> next,
    @Nullable Rule rule) {}
