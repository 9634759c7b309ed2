/**
 * RFC 6455 as values and state machines without I/O: bytes in, events and bytes out.
 *
 * <p>Law of this room: no sockets, streams, threads or clock. {@link wscope.protocol.FrameReader}
 * reads one direction and collects every violation. {@link wscope.protocol.Session} is one end of a
 * connection, and strict. {@link wscope.protocol.Faults} breaks the rules on purpose.
 */
@NullMarked
package wscope.protocol;

import org.jspecify.annotations.NullMarked;
