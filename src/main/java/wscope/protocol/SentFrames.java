package wscope.protocol;

import java.nio.ByteBuffer;
import wscope.protocol.frame.FrameEncoder;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Mask;
import wscope.protocol.frame.Opcode;

/**
 * The last frames of a client, as on the wire, to recognise them in what its server sends back. Of
 * each payload, it keeps only the first bytes.
 */
final class SentFrames {
  private static final int MOST_FRAMES = 4;
  private static final int MOST_PAYLOAD = 1024;

  private final Sent[] frames = new Sent[MOST_FRAMES];
  private int count;

  /** A header is complete. */
  void started(FrameHeader header) {
    int place = count % MOST_FRAMES;
    if (frames[place] == null) {
      frames[place] = new Sent();
    }
    frames[place].start(header);
    count++;
  }

  /** Adds the next bytes of the payload of the last frame, as on the wire. */
  void add(ByteBuffer wire) {
    frames[(count - 1) % MOST_FRAMES].add(wire);
  }

  /** The number of frames that are kept. */
  int size() {
    return Math.min(count, MOST_FRAMES);
  }

  /**
   * A frame that is kept.
   *
   * @param age 0 for the last one
   */
  Sent get(int age) {
    return frames[(count - 1 - age) % MOST_FRAMES];
  }

  /** A frame, without the end of a long payload. */
  static final class Sent {
    private final ByteBuffer wire = ByteBuffer.allocate(FrameHeader.LONGEST + MOST_PAYLOAD);
    private long number;
    private int byte0;
    private int length7;
    private int headerSize;
    private long length;
    private int key;

    private void start(FrameHeader header) {
      number = header.number();
      byte0 = header.byte0();
      length7 = header.length7();
      headerSize = header.size();
      length = header.payloadLength();
      key = header.maskingKey();
      FrameEncoder.header(header, wire.clear());
    }

    private void add(ByteBuffer bytes) {
      int taken = Math.min(bytes.remaining(), headerSize + MOST_PAYLOAD - wire.position());
      // The first compiler of the JVM copies into an array much faster than into a buffer.
      bytes.get(bytes.position(), wire.array(), wire.position(), taken);
      wire.position(wire.position() + taken);
    }

    long number() {
      return number;
    }

    Opcode opcode() {
      return Opcode.of(byte0);
    }

    /** Whether RSV1 is set: the payload is compressed. */
    boolean rsv1() {
      return (byte0 & 0x40) != 0;
    }

    int length7() {
      return length7;
    }

    /** The length of the whole payload. */
    long length() {
      return length;
    }

    int key() {
      return key;
    }

    /** The number of bytes of the payload that are kept. */
    int kept() {
      return wire.position() - headerSize;
    }

    /** The first four bytes of the payload, still masked. At least four must be kept. */
    int firstMasked() {
      return wire.getInt(headerSize);
    }

    /** The bytes of the frame that are kept. */
    ByteBuffer wire() {
      return wire.duplicate().flip();
    }

    /** The kept bytes of the payload, still masked. */
    ByteBuffer masked() {
      return wire().slice(headerSize, wire.position() - headerSize);
    }

    /** The kept bytes of the payload. */
    ByteBuffer payload() {
      ByteBuffer copy = ByteBuffer.allocate(wire.position() - headerSize).put(masked()).flip();
      Mask.apply(copy, key, 0);
      return copy;
    }
  }
}
