/**
 * The frame of RFC 6455 §5.2: its header, its layout, and the violations of a header.
 *
 * <p>Rules of this room: layout and rules are separate. {@link wscope.protocol.frame.FrameDecoder}
 * knows the layout and checks no rules; {@link wscope.protocol.frame.FrameRules} checks rules and
 * reads no bytes. A declared length allocates nothing.
 */
@NullMarked
package wscope.protocol.frame;

import org.jspecify.annotations.NullMarked;
