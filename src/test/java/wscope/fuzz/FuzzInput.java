package wscope.fuzz;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The bytes of a fuzzer as settings, one byte each from the front, and the content after them. A
 * missing setting is 0, so every input is valid and seeds can be written by hand.
 */
public final class FuzzInput {
  private final byte[] bytes;
  private int at;

  public FuzzInput(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A setting: 0 to {@code bound - 1}, at most 256 values. */
  public int below(int bound) {
    return at < bytes.length ? (bytes[at++] & 0xff) % bound : 0;
  }

  /** A setting that is one of these. */
  @SafeVarargs
  public final <T> T oneOf(T... choices) {
    return choices[below(choices.length)];
  }

  /** A setting that is on or off. */
  public boolean flag() {
    return below(2) == 1;
  }

  /** Everything after the settings. */
  public byte[] rest() {
    byte[] rest = Arrays.copyOfRange(bytes, at, bytes.length);
    at = bytes.length;
    return rest;
  }

  /** At most seven ascending offsets at which to split some bytes, the same for the same seed. */
  public static int[] cuts(int seed, int size) {
    Random random = new Random(seed);
    return random.ints(random.nextInt(8), 0, size + 1).sorted().toArray();
  }

  /** The cuts that make pieces of one byte each. */
  public static int[] everywhere(int size) {
    return IntStream.range(1, Math.max(1, size)).toArray();
  }
}
