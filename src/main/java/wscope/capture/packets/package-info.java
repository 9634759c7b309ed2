/**
 * Reads captures of packets (pcap and pcapng), finds the WebSocket connections in them, and passes
 * the bytes of each to an exchange.
 *
 * <p>Rules of this room: files are hostile. Memory is bounded, time is linear, and what was not
 * read is counted and named.
 */
@NullMarked
package wscope.capture.packets;

import org.jspecify.annotations.NullMarked;
