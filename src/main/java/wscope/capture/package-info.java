/**
 * Reads recorded connections back as events.
 *
 * <p>Law of this room: files are hostile. The length of a line is bounded, an invalid line is an
 * {@link wscope.capture.InvalidRecording} with its number, and the protocol judges the bytes again.
 */
@NullMarked
package wscope.capture;

import org.jspecify.annotations.NullMarked;
