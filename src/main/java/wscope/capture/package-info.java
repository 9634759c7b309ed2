/**
 * Reads recorded connections back as events.
 *
 * <p>Rules of this room: treat files as hostile. The length of a line is bounded, an invalid line
 * is an {@link wscope.capture.InvalidRecording} with its number, and the protocol checks the bytes
 * again.
 */
@NullMarked
package wscope.capture;

import org.jspecify.annotations.NullMarked;
