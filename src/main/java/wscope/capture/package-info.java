/**
 * Connections that were recorded, read back as the events that they were.
 *
 * <p>Law of this room: files are hostile. A line is read within a bound, what does not fit is an
 * {@link wscope.capture.InvalidRecording} with its line, and the protocol judges the bytes anew.
 */
@NullMarked
package wscope.capture;

import org.jspecify.annotations.NullMarked;
