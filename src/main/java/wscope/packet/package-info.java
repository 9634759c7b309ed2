/**
 * Packets: takes link layers, IP and TCP off, and puts the streams of TCP together.
 *
 * <p>{@link wscope.packet.LinkType} finds out where IP begins, {@link wscope.packet.Packet} reads
 * one packet, {@link wscope.packet.TcpStreams} joins the segments of all of them, and {@link
 * wscope.packet.TcpListener} gets the bytes of each direction in their order.
 *
 * <p>Rules of this room: it depends on the JDK only and has no notion of WebSocket. Packets are
 * hostile. No bytes throw an exception, memory is bounded, time is linear, and no address is looked
 * up.
 */
@NullMarked
package wscope.packet;

import org.jspecify.annotations.NullMarked;
