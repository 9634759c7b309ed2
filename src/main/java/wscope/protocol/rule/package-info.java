/**
 * The basic vocabulary: the rules, their severity, and violations of them.
 *
 * <p>Law of this room: it imports nothing of wscope. A violation is a value, never an exception.
 */
@NullMarked
package wscope.protocol.rule;

import org.jspecify.annotations.NullMarked;
