/**
 * permessage-deflate (RFC 7692): the parameters and how they are agreed on, and the way of a
 * message into its compressed form and back.
 *
 * <p>Law of this room: it knows bytes and messages, not frames and heads. Native memory is owned by
 * a {@link wscope.protocol.deflate.MessagePool} or by what closes; inflating is bounded while it
 * goes on; what the peer got wrong is a value.
 */
@NullMarked
package wscope.protocol.deflate;

import org.jspecify.annotations.NullMarked;
