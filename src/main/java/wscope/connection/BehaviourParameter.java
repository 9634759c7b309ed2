package wscope.connection;

import java.util.List;

/**
 * The description of one parameter of a {@link Behaviour} for users. The query of a URL uses its
 * name; on the command line, the name follows two dashes.
 *
 * @param syntax the syntax of the value, such as {@code CODE[:REASON]}
 * @param description the effect in one sentence without a full stop
 * @param example a value that needs no encoding in a query
 * @param values all possible values, for completion; empty if they cannot be listed
 * @param list whether several values may be given, separated by commas
 * @param bare the value if only the name is given; empty if a value is required
 */
public record BehaviourParameter(
    String name,
    String syntax,
    String description,
    String example,
    List<String> values,
    boolean list,
    String bare) {}
