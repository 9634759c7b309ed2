package wscope.check;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import wscope.protocol.frame.FrameEncoder;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.LengthForm;
import wscope.protocol.frame.Opcode;
import wscope.protocol.rule.Endpoint;

/** Builds the bytes of frames of one endpoint, legal or not. */
final class FrameBytes {
  private final Endpoint sender;
  private final Random random;

  /**
   * Creates a builder.
   *
   * @param sender the endpoint that sends the frames; a client masks them
   * @param random supplies the masking keys
   */
  FrameBytes(Endpoint sender, Random random) {
    this.sender = sender;
    this.random = random;
  }

  /** The fields of a frame, which is legal until one of them changes. */
  final class Frame {
    private final Opcode opcode;
    private final byte[] payload;
    private boolean fin = true;
    private int rsv;
    private boolean masked = sender == Endpoint.CLIENT;
    private int key = random.nextInt();
    private @Nullable LengthForm form;
    private long declared;

    private Frame(Opcode opcode, byte[] payload) {
      this.opcode = opcode;
      this.payload = payload;
      declared = payload.length;
    }

    /** Clears FIN. */
    Frame open() {
      fin = false;
      return this;
    }

    Frame fin(boolean set) {
      fin = set;
      return this;
    }

    Frame rsv(int bits) {
      rsv = bits;
      return this;
    }

    /** Masks the frame of a server, or leaves that of a client unmasked. */
    Frame wronglyMasked() {
      masked = sender == Endpoint.SERVER;
      return this;
    }

    Frame key(int value) {
      key = value;
      return this;
    }

    Frame form(LengthForm value) {
      form = value;
      return this;
    }

    /** Declares another length, in 64 bits, and sends the same payload. */
    Frame declares(long length) {
      declared = length;
      form = LengthForm.BITS_64;
      return this;
    }

    /** The bytes on the wire. */
    ByteBuffer bytes() {
      FrameHeader header = FrameHeader.of(opcode, 0).fin(fin).rsv(rsv);
      header.payloadLength(declared, form == null ? LengthForm.minimal(declared) : form);
      if (masked) {
        header.mask(key);
      }
      ByteBuffer out = ByteBuffer.allocate(FrameHeader.LONGEST + payload.length);
      FrameEncoder.frame(header, ByteBuffer.wrap(payload), out);
      return out.flip();
    }
  }

  Frame frame(Opcode opcode, byte[] payload) {
    return new Frame(opcode, payload);
  }

  Frame frame(Opcode opcode, String payload) {
    return new Frame(opcode, utf8(payload));
  }

  Frame text(String payload) {
    return frame(Opcode.TEXT, payload);
  }

  Frame ping(String payload) {
    return frame(Opcode.PING, payload);
  }

  /** A Close with a code and a reason; without a body if the code is negative. */
  Frame close(int code, String reason) {
    return frame(Opcode.CLOSE, code < 0 ? new byte[0] : closeBody(code, utf8(reason)));
  }

  static byte[] closeBody(int code, byte[] reason) {
    return ByteBuffer.allocate(2 + reason.length).putShort((short) code).put(reason).array();
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Makes bytes only when they are sent. They depend on the seed and on no other frame. */
  Step.SendMade made(Function<FrameBytes, ByteBuffer> maker) {
    long seed = random.nextLong();
    return new Step.SendMade(() -> maker.apply(new FrameBytes(sender, new Random(seed))));
  }

  /** A message in frames of equal payloads. */
  ByteBuffer message(Opcode opcode, byte[] part, int count) {
    ByteBuffer all = ByteBuffer.allocate(count * (FrameHeader.LONGEST + part.length));
    for (int i = 0; i < count; i++) {
      all.put(frame(i == 0 ? opcode : Opcode.CONTINUATION, part).fin(i == count - 1).bytes());
    }
    return all.flip();
  }

  /** Bytes one after the other. */
  static ByteBuffer join(ByteBuffer... parts) {
    int size = 0;
    for (ByteBuffer part : parts) {
      size += part.remaining();
    }
    ByteBuffer all = ByteBuffer.allocate(size);
    for (ByteBuffer part : parts) {
      all.put(part.duplicate());
    }
    return all.flip();
  }
}
