package wscope.capture.packets;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wscope.packet.LinkType;

/**
 * A packet of a file.
 *
 * @param nanos the time since 1970 in nanoseconds; -1 if the file does not have it
 * @param link what the packet begins with; null if that is not known here
 * @param linkNumber the number of the link type in the file
 * @param bytes the captured bytes, from position to limit, valid until the next packet is read
 * @param missing the number of bytes that follow and were not captured
 */
public record CapturedPacket(
    long nanos, @Nullable LinkType link, int linkNumber, ByteBuffer bytes, long missing) {}
