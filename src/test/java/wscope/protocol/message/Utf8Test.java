package wscope.protocol.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.protocol.Vectors;

/** UTF-8, split anywhere (RFC 6455 §8.1, RFC 3629), compared with the JDK's decoder. */
class Utf8Test {
  /** One of these completes any text that ends inside a valid character. */
  private static final List<byte[]> COMPLETIONS =
      Stream.of("", "80", "a0", "8080", "a080", "808080", "a08080")
          .map(HexFormat.of()::parseHex)
          .toList();

  /** Bytes at the edges of the ranges of RFC 3629 §4. */
  private static final byte[] EDGES =
      HexFormat.of()
          .parseHex("00417f808f909fa0bfc0c1c2dfe0e1ecedeeeff0f1f3f4f5f7f8ff8080808080808080");

  static Stream<Arguments> texts() {
    return Vectors.arguments("utf8.csv");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void findsTheFirstInvalidByte(String name, Vectors.Row row) {
    byte[] text = Vectors.bytes(row.cell("hex"));
    String expected = row.cell("first invalid");
    assertEquals(expected, verdict(text));
    for (int cut = 1; cut < text.length; cut++) {
      assertEquals(expected, verdict(text, cut), "cut before byte " + cut);
    }
    int[] everywhere = IntStream.range(1, text.length).toArray();
    assertEquals(expected, verdict(text, everywhere), "byte by byte");
    assertEquals(expected, oracle(text), "the test's own oracle");
  }

  /** Each vector again after 1 to 16 ASCII bytes, which are skipped eight at a time. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void findsTheFirstInvalidByteAfterAscii(String name, Vectors.Row row) {
    byte[] text = Vectors.bytes(row.cell("hex"));
    String expected = row.cell("first invalid");
    for (int ahead = 1; ahead <= 16; ahead++) {
      ByteArrayOutputStream longer = new ByteArrayOutputStream();
      longer.writeBytes("a".repeat(ahead).getBytes(UTF_8));
      longer.writeBytes(text);
      boolean isIndex = Character.isDigit(expected.charAt(0));
      assertEquals(
          isIndex ? String.valueOf(Integer.parseInt(expected) + ahead) : expected,
          verdict(longer.toByteArray()));
    }
  }

  @Test
  void acceptsEveryCodePoint() {
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
        assertEquals("none", verdict(Character.toString(codePoint).getBytes(UTF_8)));
      }
    }
  }

  @Test
  void agreesWithTheJdkOnEveryPairOfBytes() {
    for (int pair = 0; pair <= 0xffff; pair++) {
      byte[] text = {(byte) (pair >> 8), (byte) pair};
      assertEquals(oracle(text), verdict(text), () -> HexFormat.of().formatHex(text));
    }
  }

  @Test
  void agreesWithTheJdkOnRandomBytesSplitAtRandom() {
    Random random = new Random(6455);
    for (int round = 0; round < 5_000; round++) {
      byte[] text = randomText(random);
      String expected = oracle(text);
      int[] cuts = random.ints(random.nextInt(4), 0, text.length + 1).sorted().toArray();
      assertEquals(expected, verdict(text), () -> HexFormat.of().formatHex(text));
      assertEquals(
          expected,
          verdict(text, cuts),
          () -> HexFormat.of().formatHex(text) + " cut at " + Arrays.toString(cuts));
    }
  }

  @Test
  void resetStartsANewText() {
    Utf8 utf8 = new Utf8();
    assertEquals(-1, utf8.check(ByteBuffer.wrap(HexFormat.of().parseHex("61f09f"))));
    assertEquals(false, utf8.isComplete());
    utf8.reset();
    assertEquals(true, utf8.isComplete());
    assertEquals(-1, utf8.check(ByteBuffer.wrap(HexFormat.of().parseHex("c3a9"))));
    assertEquals(true, utf8.isComplete());
  }

  @Test
  void returnsAnIndexOfTheBufferWithoutMovingIt() {
    ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex("ff6161ffff")).position(1).limit(4);
    assertEquals(3, new Utf8().check(bytes));
    assertEquals(1, bytes.position());
    assertEquals(4, bytes.limit());
  }

  /** Valid characters, in which a few bytes become edges: a text is invalid late, if at all. */
  private static byte[] randomText(Random random) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    int characters = random.nextInt(8);
    for (int i = 0; i < characters; i++) {
      int bits = 1 + random.nextInt(21);
      int codePoint = Math.min(random.nextInt(1 << bits), Character.MAX_CODE_POINT);
      text.writeBytes(Character.toString(codePoint).getBytes(UTF_8));
    }
    byte[] bytes = text.toByteArray();
    int changed = bytes.length == 0 ? 0 : random.nextInt(3);
    for (int i = 0; i < changed; i++) {
      bytes[random.nextInt(bytes.length)] = EDGES[random.nextInt(EDGES.length)];
    }
    return Arrays.copyOf(bytes, random.nextInt(5) == 0 ? bytes.length / 2 : bytes.length);
  }

  private static String verdict(byte[] text, int... cuts) {
    Utf8 utf8 = new Utf8();
    int start = 0;
    for (int at = 0; at <= cuts.length; at++) {
      int end = at < cuts.length ? cuts[at] : text.length;
      int invalid = utf8.check(ByteBuffer.wrap(text, start, end - start));
      if (invalid >= 0) {
        return String.valueOf(invalid);
      }
      start = end;
    }
    return utf8.isComplete() ? "none" : "end";
  }

  /** By definition: the first byte after which nothing can complete the text. */
  private static String oracle(byte[] text) {
    if (isValid(text)) {
      return "none";
    }
    for (int length = 1; length <= text.length; length++) {
      if (!canBeCompleted(Arrays.copyOf(text, length))) {
        return String.valueOf(length - 1);
      }
    }
    return "end";
  }

  private static boolean canBeCompleted(byte[] start) {
    for (byte[] end : COMPLETIONS) {
      byte[] text = Arrays.copyOf(start, start.length + end.length);
      System.arraycopy(end, 0, text, start.length, end.length);
      if (isValid(text)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isValid(byte[] text) {
    // The result of a decoder costs less than an exception.
    CharBuffer out = CharBuffer.allocate(text.length);
    return UTF_8.newDecoder().decode(ByteBuffer.wrap(text), out, true).isUnderflow();
  }
}
