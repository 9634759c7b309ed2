package wscope.report;

/**
 * The place where a stream ends inside its handshake.
 *
 * @param field the incomplete field: {@code head} or {@code challenge}
 * @param offset the offset just after the last received byte
 * @param missing how many bytes of the field are missing; 0 if that is unknown
 */
public record IncompleteHandshake(String field, long offset, int missing) {}
