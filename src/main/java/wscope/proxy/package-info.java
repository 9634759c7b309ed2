/**
 * The proxy: two links joined. Bytes are passed on as received, and only then looked at.
 *
 * <p>Rules of this room: it does not know the command line. Everything except name resolution
 * happens on the event-loop thread.
 */
@NullMarked
package wscope.proxy;

import org.jspecify.annotations.NullMarked;
