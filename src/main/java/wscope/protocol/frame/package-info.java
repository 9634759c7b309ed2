/**
 * The frame of RFC 6455 §5.2: its header, its layout, and the violations of a header.
 *
 * <p>Law of this room: layout and rules are separate. {@link wscope.protocol.frame.FrameDecoder}
 * knows the layout and never judges; {@link wscope.protocol.frame.FrameRules} judges and never
 * reads. A declared length allocates nothing.
 */
@NullMarked
package wscope.protocol.frame;

import org.jspecify.annotations.NullMarked;
