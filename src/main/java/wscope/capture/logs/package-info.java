/**
 * Reads what other programs log of their connections: HAR files (messages), the network log of
 * Chromium (bytes, or headers of frames), and traces of curl (bytes).
 *
 * <p>Rules of this room: files are hostile. They are read once, from the beginning to the end, in
 * bounded memory. What a log does not show is named and never assumed.
 */
@NullMarked
package wscope.capture.logs;

import org.jspecify.annotations.NullMarked;
