package wscope.packet;

import java.nio.ByteBuffer;

/**
 * A segment of TCP, as one packet has it.
 *
 * @param sequence the sequence number, 0 to 2^32 - 1
 * @param acknowledgment the sequence number that the source expects next; -1 without {@link #ACK}
 * @param flags the sum of {@link #FIN}, {@link #SYN} and so on
 * @param payload the bytes that the capture has; they belong to the packet
 * @param missing how many bytes of payload follow that the capture does not have, because it is
 *     limited to the beginning of each packet
 */
public record TcpSegment(
    TcpEndpoint source,
    TcpEndpoint destination,
    long sequence,
    long acknowledgment,
    int flags,
    ByteBuffer payload,
    int missing)
    implements Packet {
  public static final int FIN = 0x01;
  public static final int SYN = 0x02;
  public static final int RST = 0x04;
  public static final int PSH = 0x08;
  public static final int ACK = 0x10;

  /** Whether a flag is set. */
  public boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /** Whether it opens a direction; a RST never does. */
  boolean isSyn() {
    return has(SYN) && !has(RST);
  }
}
