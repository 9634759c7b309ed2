/**
 * The debug server: which clients it accepts, what its connections do, and its pages.
 *
 * <p>Law of this room: it does not know {@code report}; whoever wants to see events passes a
 * listener.
 */
@NullMarked
package wscope.serve;

import org.jspecify.annotations.NullMarked;
