/**
 * The rules of the protocol, their severity, and violations of them.
 *
 * <p>Rules of this room: the package imports nothing else of wscope. A violation is a value, never
 * an exception.
 */
@NullMarked
package wscope.protocol.rule;

import org.jspecify.annotations.NullMarked;
