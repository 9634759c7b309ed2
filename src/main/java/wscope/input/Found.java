package wscope.input;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Endpoint;

/**
 * Bytes that a text has.
 *
 * @param bytes from position to limit; they may be changed until the next ones are asked for
 * @param sender the sender, if the text names it
 * @param begins whether another connection begins with them
 */
public record Found(ByteBuffer bytes, @Nullable Endpoint sender, boolean begins) {}
