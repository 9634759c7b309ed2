/**
 * Sockets: an event loop, its links (accepted or opened, plain or TLS, with bounded output), their
 * deadlines, and the reasons why they fail.
 *
 * <p>Rules of this room: the package moves bytes and does not know WebSocket. There is no global
 * state, so several loops may run. Call everything on the loop's thread, or before the loop runs,
 * except {@link wscope.net.EventLoop#execute} and {@link wscope.net.EventLoop#stop}.
 */
@NullMarked
package wscope.net;

import org.jspecify.annotations.NullMarked;
