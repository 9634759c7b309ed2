/**
 * The leaf vocabulary: which rules there are, how grave each is, and what a broken one looks like.
 *
 * <p>Law of this room: it imports nothing of wscope. A violation is a value, never an exception.
 */
@NullMarked
package wscope.protocol.rule;

import org.jspecify.annotations.NullMarked;
