/**
 * Sockets: one event loop, its links, accepted and opened, with bounded output, plain or through
 * TLS, and their deadlines; and why they fail.
 *
 * <p>Law of this room: it moves bytes and knows nothing of WebSocket; it has no state of the
 * process, so that there may be several loops; everything happens on the loop's thread, or before
 * it runs, except {@link wscope.net.EventLoop#execute} and {@link wscope.net.EventLoop#stop}.
 */
@NullMarked
package wscope.net;

import org.jspecify.annotations.NullMarked;
