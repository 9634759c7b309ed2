/**
 * Writes live connections as files of other tools: packets for Wireshark (pcapng) and messages for
 * browsers (HAR).
 *
 * <p>Rules of this room: memory is bounded, whatever the connections do. A writer writes only what
 * the events of a connection show, and its file says what it does not hold.
 */
@NullMarked
package wscope.capture.write;

import org.jspecify.annotations.NullMarked;
