/**
 * The debug server: the rules for its clients, the behaviour of its connections, and its pages.
 *
 * <p>Rules of this room: it does not know {@code report}. A caller that wants events passes a
 * listener.
 */
@NullMarked
package wscope.serve;

import org.jspecify.annotations.NullMarked;
