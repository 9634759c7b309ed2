/**
 * Sockets: one event loop, the links that it accepts and opens (plain or TLS, with bounded output),
 * their deadlines and their failures.
 *
 * <p>Law of this room: it moves bytes and knows nothing of WebSocket. It has no global state, so a
 * JVM may run several loops. Everything happens on the loop's thread or before the loop runs,
 * except {@link wscope.net.EventLoop#execute} and {@link wscope.net.EventLoop#stop}.
 */
@NullMarked
package wscope.net;

import org.jspecify.annotations.NullMarked;
