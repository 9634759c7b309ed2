/**
 * The frame of RFC 6455 §5.2: its header, where its bytes lie, and what is wrong with a header.
 *
 * <p>Law of this room: layout and law are apart. {@link wscope.protocol.frame.FrameDecoder} knows
 * where fields are and never judges; {@link wscope.protocol.frame.FrameRules} judges and never
 * reads. Nothing is allocated by a declared length.
 */
@NullMarked
package wscope.protocol.frame;

import org.jspecify.annotations.NullMarked;
