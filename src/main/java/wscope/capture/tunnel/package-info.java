/**
 * Finds what is inside the tunnels of forward proxies, between the TCP streams of a capture and
 * their reader.
 *
 * <p>Rules of this room: captures are hostile. Memory is bounded for each connection and in total,
 * and no input causes an exception. All other bytes pass unchanged.
 */
@NullMarked
package wscope.capture.tunnel;

import org.jspecify.annotations.NullMarked;
