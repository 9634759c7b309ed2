package wscope.diff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.rule.Endpoint;

/** Makes a stream from a seed: a valid one, in most cases with a few mutations. */
final class FrameStreams {
  private static final int LIMIT = 2_000;
  private static final int LARGE_LIMIT = 150_000;
  private static final int LONGEST_CONTROL = 125;

  private final SplittableRandom random;
  private final Endpoint sender;
  private final int limit;
  private final Contents contents;
  private final @Nullable Compressor compressor;
  private final List<DraftFrame> frames = new ArrayList<>();

  private FrameStreams(
      SplittableRandom random, Endpoint sender, @Nullable DeflateParameters agreed, int limit) {
    this.random = random;
    this.sender = sender;
    this.limit = limit;
    contents = new Contents(random);
    compressor = agreed == null ? null : new Compressor(random, agreed.takesContextOver(sender));
  }

  /** The stream of a seed, always the same. */
  static FrameStream of(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Endpoint sender = random.nextInt(4) == 0 ? Endpoint.SERVER : Endpoint.CLIENT;
    DeflateParameters agreed = random.nextBoolean() ? null : parameters(random);
    int limit = random.nextInt(500) == 0 ? LARGE_LIMIT : LIMIT;
    FrameStreams streams = new FrameStreams(random, sender, agreed, limit);
    try {
      streams.generate();
    } finally {
      if (streams.compressor != null) {
        streams.compressor.close();
      }
    }
    List<byte[]> bytes = new Mutations(random).mutate(streams.frames);
    return new FrameStream(seed, sender, agreed, limit, bytes);
  }

  private static DeflateParameters parameters(SplittableRandom random) {
    return new DeflateParameters(
        random.nextBoolean(), random.nextBoolean(), windowBits(random), windowBits(random));
  }

  /** Mostly the largest window, as many connections agree on. */
  private static int windowBits(SplittableRandom random) {
    return random.nextInt(4) > 0
        ? DeflateParameters.MOST_WINDOW_BITS
        : random.nextInt(DeflateParameters.LEAST_WINDOW_BITS, DeflateParameters.MOST_WINDOW_BITS);
  }

  private void generate() {
    int messages = random.nextInt(4);
    for (int i = 0; i < messages; i++) {
      message();
    }
    maybeControl();
    if (random.nextBoolean()) {
      add(new DraftFrame(0x8, contents.closeBody()));
      if (random.nextInt(4) == 0) {
        message();
      }
    }
  }

  private void message() {
    boolean text = random.nextBoolean();
    byte[] content = text ? contents.text(length()) : contents.binary(length());
    boolean compressed = compressor != null && random.nextInt(4) > 0;
    byte[] payload = compressed ? compressor.compress(content) : content;
    int fragments = random.nextBoolean() ? 1 : 1 + random.nextInt(4);
    int start = 0;
    for (int i = 1; i <= fragments; i++) {
      int end =
          i == fragments ? payload.length : start + random.nextInt(payload.length - start + 1);
      DraftFrame frame =
          new DraftFrame(i > 1 ? 0x0 : text ? 0x1 : 0x2, Arrays.copyOfRange(payload, start, end));
      frame.fin = i == fragments;
      frame.rsv = compressed && i == 1 ? 4 : 0;
      maybeControl();
      add(frame);
      start = end;
    }
  }

  /** Mostly short; sometimes just below or just above the limit. */
  private int length() {
    if (random.nextInt(limit == LIMIT ? 40 : 2) == 0) {
      return limit - 3 + random.nextInt(7);
    }
    return random.nextInt(random.nextInt(8) == 0 ? 300 : 40);
  }

  private void maybeControl() {
    if (random.nextInt(4) == 0) {
      int length = random.nextInt(10) == 0 ? LONGEST_CONTROL : random.nextInt(9);
      add(new DraftFrame(random.nextBoolean() ? 0x9 : 0xa, contents.binary(length)));
    }
  }

  private void add(DraftFrame frame) {
    frame.masked = sender == Endpoint.CLIENT;
    frame.maskingKey = random.nextInt(16) == 0 ? 0 : random.nextInt();
    frames.add(frame);
  }
}
