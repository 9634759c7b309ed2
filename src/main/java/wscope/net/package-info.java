/**
 * Sockets: an event loop, its links (accepted or opened, plain or TLS, with bounded output), their
 * deadlines, and why they fail.
 *
 * <p>Rules of this room: it moves bytes and does not know WebSocket. It has no global state, so
 * several loops may run. Call everything on the loop's thread, or before the loop runs, except
 * {@link wscope.net.EventLoop#execute} and {@link wscope.net.EventLoop#stop}.
 */
@NullMarked
package wscope.net;

import org.jspecify.annotations.NullMarked;
