/**
 * From fragments to messages (RFC 6455 §5.4), their UTF-8 (§8.1), and the body of a Close (§5.5.1).
 *
 * <p>Law of this room: payload streams through. Nothing here keeps a message; who needs it whole
 * collects it, within a bound of its own.
 */
@NullMarked
package wscope.protocol.message;

import org.jspecify.annotations.NullMarked;
