package wscope.connection.reply;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import wscope.connection.match.BytePattern;
import wscope.protocol.deflate.BufferPool;

/** Cuts a stream of bytes, which arrive in any pieces, into packets. */
public final class PacketStream {
  /** The longest packet, in bytes. */
  static final int LONGEST = 1 << 20;

  private static final byte[] EMPTY = {};

  private final BytePattern header;
  private byte[] waiting = EMPTY;
  private int start;
  private int end;
  private @Nullable String trouble;
  private boolean broken;

  public PacketStream(BytePattern header) {
    this.header = header;
  }

  /** Adds the next bytes. After an error, they are dropped. */
  public void add(byte[] bytes) {
    if (broken) {
      return;
    }
    int length = end - start;
    if (end + bytes.length > waiting.length) {
      // Doubles, so that many small pieces are not copied again and again.
      int size = Math.max(length + bytes.length, Math.min(2 * length, LONGEST));
      byte[] larger = new byte[size];
      System.arraycopy(waiting, start, larger, 0, length);
      waiting = larger;
      start = 0;
      end = length;
    }
    System.arraycopy(bytes, 0, waiting, end, bytes.length);
    end += bytes.length;
  }

  /** Takes the next complete packet; null if there is none. */
  public byte @Nullable [] next() {
    if (start == end) {
      waiting = EMPTY;
      start = 0;
      end = 0;
      return null;
    }
    long length = header.packetLength(waiting, start, end);
    boolean endless = length == BytePattern.INCOMPLETE && end - start > LONGEST;
    if (length == BytePattern.MISMATCH || length > LONGEST || endless) {
      fail(length == BytePattern.MISMATCH ? "is not a packet" : "is longer than 1 MiB");
      return null;
    }
    if (length < 0 || length > end - start) {
      return null;
    }
    byte[] packet = Arrays.copyOfRange(waiting, start, start + (int) length);
    start += packet.length;
    return packet;
  }

  /** The memory of the bytes that wait for the rest of their packet. */
  public long waiting() {
    return BufferPool.memory(waiting.length);
  }

  /** What was wrong with the stream, once, in words; null for nothing. */
  public @Nullable String takeTrouble() {
    String taken = trouble;
    trouble = null;
    return taken;
  }

  private void fail(String problem) {
    trouble = "what the peer sent " + problem + "; its further bytes get no reply";
    broken = true;
    waiting = EMPTY;
    start = 0;
    end = 0;
  }
}
