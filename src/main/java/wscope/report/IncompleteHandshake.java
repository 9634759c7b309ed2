package wscope.report;

/**
 * Where a stream ends inside its handshake.
 *
 * @param field the incomplete field: {@code head} or {@code challenge}
 * @param offset the offset just after the last byte that came
 * @param missing how many bytes of the field have not come; 0 if that is unknown
 */
public record IncompleteHandshake(String field, long offset, int missing) {}
