/**
 * The frame of RFC 6455 §5.2: its header, the position of its parts, and the rules for headers.
 *
 * <p>Law of this room: layout and rules are separate. {@link wscope.protocol.frame.FrameDecoder}
 * locates fields and never checks rules; {@link wscope.protocol.frame.FrameRules} checks rules and
 * never reads bytes. A declared length never causes an allocation.
 */
@NullMarked
package wscope.protocol.frame;

import org.jspecify.annotations.NullMarked;
