/**
 * The debug server: which clients it accepts, what its connections do, and its pages.
 *
 * <p>Rules of this room: it does not know {@code report}; a caller that wants events passes a
 * listener.
 */
@NullMarked
package wscope.serve;

import org.jspecify.annotations.NullMarked;
