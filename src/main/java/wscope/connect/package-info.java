/**
 * The debug client: its target, the addresses in the order in which it tries them, its script and
 * its expectations.
 *
 * <p>Rules of this room: it does not know the command line. Everything except name resolution
 * happens on the event-loop thread.
 */
@NullMarked
package wscope.connect;

import org.jspecify.annotations.NullMarked;
