package wscope.connection.match;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.connection.reply.Patterns;

/** Patterns for bytes. Those with numbers are examples of MQTT 5, section 1.5. */
class BytePatternTest {
  private static final HexFormat HEX = HexFormat.of();

  private static byte[] bytes(String hex) {
    return HEX.parseHex(hex.replace(" ", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', x, unknown",
    "'', 00, x, unknown",
    "10 20, 10 20 30, x, unknown",
    "1020, 10 20, x, unknown",
    "10 20, 10 21, x, no match",
    "10 20, 10, x, no match",
    "3? ?4 ??, 3f a4 00, x, unknown",
    "3?, 4f, x, no match",
    "?4, 35, x, no match",
    "a:2 b:1, 01 02 03, a, 0102",
    "a:2 b:1, 01 02 03, b, 03",
    "a:2, 01, a, no match",
    "10 end, 10, x, unknown",
    "10 end, 10 00, x, no match",
    "a:rest, 01 02, a, 0102",
    "10 a:rest, 10, a, ''",
    "a:varint b:1, 00 01, a, 00",
    "a:varint b:1, 7f 01, b, 01",
    "a:varint b:1, 80 01 02, a, 8001",
    "a:varint b:1, ff ff ff 7f 05, b, 05",
    "a:varint, ff ff ff ff 00, a, no match",
    "a:varint, 80, a, no match",
    "a:u16+bytes b:1, 00 00 09, a, 0000",
    "a:u16+bytes b:1, 00 05 41 f0 aa 9b 94 07, a, 000541f0aa9b94",
    "a:u16+bytes b:1, 00 05 41 f0 aa 9b 94 07, b, 07",
    "a:u16+bytes, 00 02 01, a, no match",
    "a:u16+bytes, ff ff 01, a, no match",
    "a:u16+bytes, 00, a, no match",
    "a:varint+bytes b:1, 02 aa bb cc, a, 02aabb",
    "a:varint+bytes b:1, 00 cc, b, cc",
    "a:varint+bytes, ff ff ff 7f 00, a, no match",
  })
  void capturesFields(String pattern, String bytes, String field, String expected)
      throws Exception {
    Captures found = Patterns.read(pattern).find(bytes(bytes));
    Value value = found == null ? null : found.find(field);
    assertEquals(
        expected,
        found == null ? "no match" : value == null ? "unknown" : HEX.formatHex(value.bytes()));
  }

  /** The type of the packet has its highest bit set, too, and is not part of its length. */
  @ParameterizedTest
  @CsvSource({
    "c0 00, 2",
    "82 0a, 12",
    "82 80 01, 131",
    "82 ff ff ff 7f, 268435460",
    "82, -1",
    "82 80 80, -1",
    "82 80 80 80 80, -2",
  })
  void readsTheLengthOfAPacket(String bytes, long length) throws Exception {
    byte[] padded = bytes("ffff" + bytes + "");
    assertEquals(length, Patterns.read("?? length:varint").packetLength(padded, 2, padded.length));
  }
}
