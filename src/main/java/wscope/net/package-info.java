/**
 * Sockets: one event loop, its links with bounded output, plain or through TLS, and their
 * deadlines.
 *
 * <p>Law of this room: it moves bytes and knows nothing of WebSocket; everything happens on the
 * loop's thread except {@link wscope.net.EventLoop#execute} and {@link wscope.net.EventLoop#stop}.
 */
@NullMarked
package wscope.net;

import org.jspecify.annotations.NullMarked;
