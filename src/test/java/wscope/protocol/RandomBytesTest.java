package wscope.protocol;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.protocol.rule.Endpoint;

/** Random bytes, split at random. */
class RandomBytesTest {
  private static final int ROUNDS = 600;
  private static final Limits SMALL = new Limits(40, 3, 0, 0);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void readsAnyBytes(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] stream = new byte[random.nextInt(200)];
      random.nextBytes(stream);
      assertReads(stream, random);
    }
  }

  /** Short frames that are often valid, so that they form messages. */
  @ParameterizedTest
  @ValueSource(longs = {4, 5, 6})
  void readsFramesOfRandomFields(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      int frames = random.nextInt(12);
      for (int frame = 0; frame < frames; frame++) {
        writeFrame(stream, random);
      }
      assertReads(stream.toByteArray(), random);
    }
  }

  private static void writeFrame(ByteArrayOutputStream stream, Random random) {
    int[] likely = {0, 0, 0, 1, 1, 2, 8, 9, 10, random.nextInt(16)};
    int flags = random.nextInt(6) == 0 ? random.nextInt(16) << 4 : random.nextInt(2) << 7;
    int mask = random.nextBoolean() ? 0x80 : 0;
    int length = random.nextInt(20);
    stream.write(flags | likely[random.nextInt(likely.length)]);
    switch (random.nextInt(8)) {
      case 0 -> stream.writeBytes(new byte[] {(byte) (mask | 126), 0, (byte) length});
      case 1 ->
          stream.writeBytes(new byte[] {(byte) (mask | 127), 0, 0, 0, 0, 0, 0, 0, (byte) length});
      default -> stream.write(mask | length);
    }
    byte[] rest = new byte[(mask == 0 ? 0 : 4) + length];
    random.nextBytes(rest);
    for (int at = 0; at < rest.length; at++) {
      rest[at] &= (byte) (random.nextInt(10) == 0 ? 0xff : 0x7f);
    }
    stream.writeBytes(rest);
  }

  private static void assertReads(byte[] stream, Random random) {
    Endpoint[] senders = {null, Endpoint.CLIENT, Endpoint.SERVER};
    Endpoint sender = senders[random.nextInt(3)];
    Limits limits = random.nextBoolean() ? Limits.NONE : SMALL;
    int[] cuts = random.ints(random.nextInt(6), 0, stream.length + 1).sorted().toArray();
    AnyCut.assertReads(sender, limits, null, stream, cuts);
  }
}
