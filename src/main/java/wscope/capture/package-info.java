/**
 * Reads recorded connections back as events.
 *
 * <p>Rules of this room: files are hostile. The length of a line is bounded, an invalid line causes
 * an {@link wscope.capture.InvalidRecording} with its number, and the protocol checks the bytes
 * again.
 */
@NullMarked
package wscope.capture;

import org.jspecify.annotations.NullMarked;
