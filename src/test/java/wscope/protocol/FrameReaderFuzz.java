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
 * Any frames of either end or both, in any cuts, with permessage-deflate or without: what {@link
 * AnyCut} holds, frames that are the same when they are written anew, and memory that depends on
 * what came, not on what was declared or inflates.
 */
public final class FrameReaderFuzz {
  private static final Limits SMALL = new Limits(40, 3, 0, 0);

  /** Pieces of memory that are taken once, such as slices and windows. */
  private static final long FIXED_BYTES = 512 << 10;

  /** More than the violations of one header, and the words that they have, per byte of it. */
  private static final long BYTES_A_BYTE = 2 << 10;

  private FrameReaderFuzz() {}

  /** Settings: sender, limits, what was agreed on, cuts. */
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
    long allowed = FIXED_BYTES + BYTES_A_BYTE * stream.length;
    FrameListener nobody = new FrameListener() {};
    Allocation.assertAtMost(allowed, () -> read(sender, limits, agreed, stream, nobody));
  }

  private static void read(
      @Nullable Endpoint sender,
      Limits limits,
      @Nullable DeflateParameters agreed,
      byte[] stream,
      FrameListener listener) {
    try (BufferPool pool = new BufferPool();
        FrameReader inspector =
            new FrameReader(
                sender,
                limits,
                agreed == null ? null : new Compression(agreed, pool),
                0,
                listener)) {
      inspector.feed(ByteBuffer.wrap(stream.clone()));
      inspector.end();
    }
  }
}
