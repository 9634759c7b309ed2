package wscope.fuzz;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The input of a fuzzer: settings of one byte each, followed by the content. Missing bytes are 0,
 * so every input is valid and seeds can be written by hand.
 */
public final class FuzzInput {
  private final byte[] bytes;
  private int at;

  public FuzzInput(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A setting from 0 to {@code bound - 1}; the bound is at most 256. */
  public int below(int bound) {
    return at < bytes.length ? (bytes[at++] & 0xff) % bound : 0;
  }

  /** A setting that chooses one of these. */
  @SafeVarargs
  public final <T> T oneOf(T... choices) {
    return choices[below(choices.length)];
  }

  /** A setting that is on or off. */
  public boolean flag() {
    return below(2) == 1;
  }

  /** The content after the settings. */
  public byte[] rest() {
    byte[] rest = Arrays.copyOfRange(bytes, at, bytes.length);
    at = bytes.length;
    return rest;
  }

  /** Up to seven ascending offsets at which to split bytes; the seed determines them. */
  public static int[] cuts(int seed, int size) {
    Random random = new Random(seed);
    return random.ints(random.nextInt(8), 0, size + 1).sorted().toArray();
  }

  /** The offsets that split bytes into single bytes. */
  public static int[] everywhere(int size) {
    return IntStream.range(1, Math.max(1, size)).toArray();
  }
}
