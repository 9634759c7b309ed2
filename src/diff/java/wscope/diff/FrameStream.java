package wscope.diff;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.rule.Endpoint;

/**
 * What one endpoint sends after the handshake, and the agreement.
 *
 * @param seed of the random numbers that made it, and of its cuts
 * @param sender who sends it
 * @param agreed null if permessage-deflate is not in use
 * @param limit bytes of the longest message that the reader accepts, and of the longest frame
 * @param frames the bytes of each frame as it was generated; mutations may have moved its borders
 */
record FrameStream(
    long seed,
    Endpoint sender,
    @Nullable DeflateParameters agreed,
    int limit,
    List<byte[]> frames) {

  /** The same with other frames. */
  FrameStream withFrames(List<byte[]> others) {
    return new FrameStream(seed, sender, agreed, limit, others);
  }

  /** All bytes. */
  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    frames.forEach(bytes::writeBytes);
    return bytes.toByteArray();
  }

  /** The bytes as a reader receives them: in one piece, byte by byte, or split at random. */
  List<ByteBuffer> pieces() {
    byte[] bytes = bytes();
    SplittableRandom random = new SplittableRandom(~seed);
    int longest =
        switch (random.nextInt(4)) {
          case 0 -> bytes.length;
          case 1 -> 1 + bytes.length / 500;
          default -> 1 + random.nextInt(bytes.length + 1);
        };
    List<ByteBuffer> pieces = new ArrayList<>();
    int start = 0;
    while (start < bytes.length) {
      int size = Math.min(bytes.length - start, 1 + random.nextInt(longest));
      pieces.add(ByteBuffer.allocate(size).put(bytes, start, size).flip());
      start += size;
    }
    return pieces;
  }

  /** The command that decodes it. */
  String command() {
    return "wscope decode --sender "
        + (sender == Endpoint.CLIENT ? "client" : "server")
        + (agreed == null ? "" : " --deflate \"" + agreed.header() + "\"")
        + " "
        + HexFormat.of().formatHex(bytes());
  }
}
