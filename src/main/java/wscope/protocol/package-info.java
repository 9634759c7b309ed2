/**
 * RFC 6455 as values and state machines without I/O: bytes in, events and bytes out.
 *
 * <p>Rules of this room: no sockets, streams, threads or clock. {@link wscope.protocol.FrameReader}
 * reads frames and reports every violation, {@link wscope.protocol.Faults} commits violations on
 * purpose, and {@link wscope.protocol.Session} is one strict endpoint of a connection.
 */
@NullMarked
package wscope.protocol;

import org.jspecify.annotations.NullMarked;
