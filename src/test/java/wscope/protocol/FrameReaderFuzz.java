package wscope.protocol;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wscope.fuzz.Allocation;
import wscope.fuzz.FuzzInput;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.deflate.Compression;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.event.FrameListener;
import wscope.protocol.rule.Endpoint;

/**
 * Any frames of either end or both, split anywhere, with or without permessage-deflate: what {@link
 * AnyCut} checks holds, the frames encode to the same bytes again, and memory depends on the bytes
 * received, not on a declared or inflated length.
 */
public final class FrameReaderFuzz {
  private static final Limits SMALL = new Limits(40, 3, 0, 0);

  /** Memory that is allocated once, such as slices and windows. */
  private static final long FIXED_BYTES = 512 << 10;

  /** More than the violations of a header and their texts take, per byte of the header. */
  private static final long BYTES_PER_BYTE = 2 << 10;

  private FrameReaderFuzz() {}

  /** Settings: sender, limits, agreement, cuts. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    FuzzInput input = new FuzzInput(bytes);
    Endpoint sender = input.oneOf(null, Endpoint.CLIENT, Endpoint.SERVER);
    Limits limits = input.oneOf(Limits.NONE, SMALL, Limits.SERVER);
    DeflateParameters agreed =
        input.oneOf(null, DeflateParameters.DEFAULT, new DeflateParameters(true, true, 8, 8));
    int seed = input.below(256);
    byte[] stream = input.rest();
    AnyCut.assertReads(sender, limits, agreed, stream, FuzzInput.cuts(seed, stream.length));
    read(sender, limits, agreed, stream, new Reencoding(stream));
    long allowed = FIXED_BYTES + BYTES_PER_BYTE * stream.length;
    FrameListener ignoring = new FrameListener() {};
    Allocation.assertAtMost(allowed, () -> read(sender, limits, agreed, stream, ignoring));
  }

  private static void read(
      @Nullable Endpoint sender,
      Limits limits,
      @Nullable DeflateParameters agreed,
      byte[] stream,
      FrameListener listener) {
    try (BufferPool pool = new BufferPool();
        FrameReader reader =
            new FrameReader(
                sender,
                limits,
                agreed == null ? null : new Compression(agreed, pool),
                0,
                listener)) {
      reader.feed(ByteBuffer.wrap(stream.clone()));
      reader.end();
    }
  }
}
