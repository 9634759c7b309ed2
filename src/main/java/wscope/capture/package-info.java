/**
 * Recorded connections, read back as events.
 *
 * <p>Law of this room: it does not trust files. It reads a line within a limit, reports an error as
 * an {@link wscope.capture.InvalidRecording} with its line, and lets the protocol check the bytes
 * again.
 */
@NullMarked
package wscope.capture;

import org.jspecify.annotations.NullMarked;
