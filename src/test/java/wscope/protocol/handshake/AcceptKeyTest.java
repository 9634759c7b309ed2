package wscope.protocol.handshake;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.protocol.Vectors;
import wscope.protocol.rule.Violation;

/** The accept value of a key (RFC 6455 §4.2.2), and the violations in a key. */
class AcceptKeyTest {
  private static final HexFormat HEX = HexFormat.of();

  static Stream<Arguments> keys() {
    return Vectors.arguments("keys.csv");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("keys")
  void hashesAndChecksKeysAsInTheVectors(String name, Vectors.Row row) {
    AcceptKey key = AcceptKey.of(Vectors.text(row.cell("key")));
    assertEquals(row.cell("accept"), key.value());
    List<Violation> broken = key.check();
    String verdict =
        broken.isEmpty() ? "fine" : broken.get(0).rule().id() + "@" + broken.get(0).offset();
    assertEquals(row.cell("expected"), verdict);
    assertEquals(verdict.equals("fine") ? 0 : 1, broken.size());
  }

  /** The steps of RFC 6455 §1.3. */
  @Test
  void showsTheStepsOfTheRfc() {
    AcceptKey key = AcceptKey.of(" dGhlIHNhbXBsZSBub25jZQ==\r\n");
    assertEquals("dGhlIHNhbXBsZSBub25jZQ==", key.key());
    assertEquals(
        "dGhlIHNhbXBsZSBub25jZQ==258EAFA5-E914-47DA-95CA-C5AB0DC85B11", key.concatenated());
    assertEquals("b37a4f2cc0624f1690f64606cf385945b2bec4ea", HEX.formatHex(key.sha1()));
    assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", key.value());
    assertArrayEquals("the sample nonce".getBytes(US_ASCII), key.nonce());
  }

  /** Pad bits belong to the hashed text, not to the nonce (erratum 3150). */
  @Test
  void ignoresPadBitsInTheNonce() {
    AcceptKey key = AcceptKey.of("AQIDBAUGBwgJCgsMDQ4PEC==");
    assertEquals("0102030405060708090a0b0c0d0e0f10", HEX.formatHex(key.nonce()));
  }

  @Test
  void violationsNameTheCharacter() {
    assertEquals(
        "character 11, '-', is not in the base64 alphabet; it belongs to base64url",
        found("AQIDBAUGBw-JCgsMDQ4PEA=="));
    assertEquals("character 22, 'C'", found("AQIDBAUGBwgJCgsMDQ4PEC=="));
    assertEquals("20 characters of base64 hold 15 bytes, not 16", found("AQIDBAUGBwgJCgsMDQ4P"));
    assertEquals("the padding == is missing", found("AQIDBAUGBwgJCgsMDQ4PEA"));
    assertEquals("the padding == is missing", found("AQIDBAUGBwgJCgsMDQ4PEA="));
    assertEquals("there is more padding than ==", found("AQIDBAUGBwgJCgsMDQ4PEA==="));
    assertEquals("0 characters of base64 hold 0 bytes, not 16", found(""));
    assertEquals("4 characters of base64 hold 1 byte, not 16", found("AQ=="));
    assertEquals("1 character cannot be base64: the length leaves one character over", found("A"));
    assertEquals("23 characters of base64 hold 17 bytes, not 16", found("AQIDBAUGBwgJCgsMDQ4PEAA"));
    assertEquals(
        "character 1, '-', is not in the base64 alphabet; it belongs to base64url", found("-"));
    assertEquals("character 2, '*', is not in the base64 alphabet", found("A*"));
  }

  /** Whitespace around the key is not hashed. */
  @Test
  void ignoresWhitespaceAroundTheKey() {
    assertEquals("a b", AcceptKey.of(" \t\r\na b\n\r\t ").key());
    assertEquals("", AcceptKey.of(" \t ").key());
  }

  /** A valid key has the right form; its pad bits do not matter. */
  @ParameterizedTest(name = "'{0}'")
  @CsvSource({
    "dGhlIHNhbXBsZSBub25jZQ==, true",
    "AQIDBAUGBwgJCgsMDQ4PEC==, true",
    "AQIDBAUGBwgJCgsMDQ4PEA, false",
    "'', false",
  })
  void isValidWhateverThePadBits(String key, boolean valid) {
    assertEquals(valid, AcceptKey.of(key).isValid());
  }

  private static String found(String key) {
    return AcceptKey.of(key).check().get(0).found();
  }
}
