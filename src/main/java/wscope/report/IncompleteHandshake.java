package wscope.report;

/**
 * The place where a stream ends inside its handshake.
 *
 * @param field the incomplete field: {@code head} or {@code challenge}
 * @param offset the offset just after the last received byte
 * @param missing the number of missing bytes of the field; 0 if that is unknown
 */
public record IncompleteHandshake(String field, long offset, int missing) {}
