package wscope.serve;

import java.util.List;
import wscope.connection.Behaviour;

/**
 * What users must know of one parameter of a {@link Behaviour}. The same name stands in the query
 * of a URL and, behind two dashes, on the command line.
 *
 * @param syntax of its value, as in {@code CODE[:REASON]}
 * @param description what it does, in one sentence without a full stop
 * @param example a value that may stand in a query as it is
 * @param values all there are, for completion; empty if they cannot be listed
 * @param list whether several values may be given, separated by commas
 */
public record BehaviourParameter(
    String name,
    String syntax,
    String description,
    String example,
    List<String> values,
    boolean list) {}
