/**
 * RFC 6455 as values and state machines without I/O: bytes in, events and bytes out.
 *
 * <p>Law of this room: no sockets, streams, threads or clock. {@link wscope.protocol.FrameReader}
 * reads one direction and collects every violation, {@link wscope.protocol.Faults} has what commits
 * them on purpose; {@link wscope.protocol.Session} is the strict server end of a connection.
 */
@NullMarked
package wscope.protocol;

import org.jspecify.annotations.NullMarked;
