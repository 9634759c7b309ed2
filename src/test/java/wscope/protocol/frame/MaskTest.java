package wscope.protocol.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Masking (RFC 6455 §5.3): byte i of the payload XOR byte i modulo 4 of the key. */
class MaskTest {
  private static final int LONGEST = 40;

  @Test
  void unmasksTheExampleOfTheRfc() {
    ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex("7f9f4d5158"));
    Mask.apply(bytes, 0x37fa213d, 0);
    assertArrayEquals(HexFormat.of().parseHex("48656c6c6f"), bytes.array());
  }

  /** Every length, every start in the buffer, every first byte of the key, both byte orders. */
  @ParameterizedTest
  @ValueSource(ints = {0, -1, 0x37fa213d, 0x80000001, 0x01020304})
  void masksByTheFormula(int key) {
    Random random = new Random(key);
    for (int length = 0; length <= LONGEST; length++) {
      for (int start = 0; start < 9; start++) {
        for (long index = 0; index < 5; index++) {
          byte[] bytes = new byte[start + length + 3];
          random.nextBytes(bytes);
          byte[] expected = masked(bytes, start, length, key, index);
          assertMasks(expected, ByteBuffer.wrap(bytes.clone()), start, length, key, index);
          assertMasks(
              expected,
              ByteBuffer.wrap(bytes.clone()).order(ByteOrder.LITTLE_ENDIAN),
              start,
              length,
              key,
              index);
          ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).clear();
          assertMasks(expected, direct, start, length, key, index);
        }
      }
    }
  }

  /** The key continues across any two cuts. */
  @Test
  void masksInThreePieces() {
    byte[] plain = new byte[LONGEST];
    new Random(1).nextBytes(plain);
    byte[] expected = masked(plain, 0, LONGEST, 0xa1b2c3d4, 0);
    for (int first = 0; first <= LONGEST; first++) {
      for (int second = first; second <= LONGEST; second++) {
        ByteBuffer bytes = ByteBuffer.wrap(plain.clone());
        Mask.apply(bytes.limit(first), 0xa1b2c3d4, 0);
        Mask.apply(bytes.limit(second).position(first), 0xa1b2c3d4, first);
        Mask.apply(bytes.limit(LONGEST).position(second), 0xa1b2c3d4, second);
        assertArrayEquals(expected, bytes.array(), first + " and " + second);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0x7fffffffL, 0x80000000L, 0xffffffffL, 0x100000002L, Long.MAX_VALUE - 4})
  void masksFarIntoAPayload(long index) {
    byte[] bytes = {1, 2, 3, 4, 5};
    byte[] expected = masked(bytes, 0, 5, 0x11223344, index);
    Mask.apply(ByteBuffer.wrap(bytes), 0x11223344, index);
    assertArrayEquals(expected, bytes);
  }

  @Test
  void maskingTwiceRestoresThePayload() {
    byte[] plain = new byte[1000];
    new Random(2).nextBytes(plain);
    ByteBuffer bytes = ByteBuffer.wrap(plain.clone());
    Mask.apply(bytes, 0xdeadbeef, 3);
    Mask.apply(bytes, 0xdeadbeef, 3);
    assertArrayEquals(plain, bytes.array());
  }

  private static void assertMasks(
      byte[] expected, ByteBuffer bytes, int start, int length, int key, long index) {
    bytes.limit(start + length).position(start);
    Mask.apply(bytes, key, index);
    assertEquals(start, bytes.position());
    assertEquals(start + length, bytes.limit());
    byte[] actual = new byte[bytes.capacity()];
    bytes.clear().get(actual);
    assertArrayEquals(expected, actual);
  }

  private static byte[] masked(byte[] plain, int start, int length, int key, long index) {
    byte[] masked = plain.clone();
    byte[] octets = ByteBuffer.allocate(4).putInt(key).array();
    for (int at = 0; at < length; at++) {
      masked[start + at] ^= octets[(int) ((index + at) % 4)];
    }
    return masked;
  }
}
