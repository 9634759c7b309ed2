/**
 * permessage-deflate (RFC 7692): its parameters, their negotiation, and the compression and
 * decompression of messages.
 *
 * <p>Rules of this room: the code knows bytes and messages, not frames or heads. A {@link
 * wscope.protocol.deflate.BufferPool} or a closeable object owns native memory. Decompression
 * checks its limit while it inflates. An error of the peer is a value, not an exception.
 */
@NullMarked
package wscope.protocol.deflate;

import org.jspecify.annotations.NullMarked;
