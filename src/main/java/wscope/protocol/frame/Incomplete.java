package wscope.protocol.frame;

/**
 * Where the input ended inside a frame.
 *
 * @param frame number of the torn frame, from 1
 * @param offset just behind the last byte that came
 * @param field in which the input ended
 * @param missing bytes of that field, at least 1, unsigned
 */
public record Incomplete(long frame, long offset, FrameField field, long missing) {}
