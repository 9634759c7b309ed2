package wscope.report.json;

/**
 * Where the end of a stream tears its handshake.
 *
 * @param field what it ends in
 * @param offset just behind the last byte that came
 * @param missing how many bytes of the field have not come; 0 if nobody knows
 */
record TornHandshake(String field, long offset, int missing) {}
