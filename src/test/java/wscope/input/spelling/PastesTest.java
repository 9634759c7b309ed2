package wscope.input.spelling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people have pasted, as it stood in their logs, questions and sources. */
class PastesTest {
  private static final String MDN = "81833d54230670106d";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0x81, 0x83, 0x3d, 0x54, 0x23, 0x06, 0x70, 0x10, 0x6d",
        "[0x81,0x83,0x3d,0x54,0x23,0x06,0x70,0x10,0x6d]",
        "{0x81, (byte) 0x83, 0x3d, 0x54, 0x23, 6, 0x70, 16, 0x6d}",
        "byte[] b = {(byte)0x81, (byte)0x83, 0x3d, 0x54, 0x23, 0x06, 0x70, 0x10, 0x6d};",
        "byte[] b = new byte[] { -127, -125, 61, 84, 35, 6, 112, 16, 109 };",
        "const uint8_t frame[9] = {0x81,0x83,0x3d,0x54,0x23,0x06,0x70,0x10,0x6d}; // 9 bytes",
        "<81833d54 23067010 6d>",
        "<Buffer 81 83 3d 54 23 06 70 10 6d>",
        "Buffer.from([129, 131, 61, 84, 35, 6, 112, 16, 109])",
        "Uint8Array(9) [\n  129, 131, 61, 84,\n  35, 6, 112, 16,\n  109\n]",
        "{\"type\":\"Buffer\",\"data\":[129,131,61,84,35,6,112,16,109]}",
        "-127, -125, 61, 84, 35, 6, 112, 16, 109",
        "[-127, -125, 61, 84, 35, 6, 112, 16, 109]",
        "[129 131 61 84 35 6 112 16 109]",
        "bytes([129, 131, 61, 84, 35, 6, 112, 16, 109])",
        "(129, 131, 61, 84, 35, 6, 112, 16, 109)",
        "129; 131; 61; 84; 35; 6; 112; 16; 109",
        "\\x81\\x83\\x3d\\x54\\x23\\x06\\x70\\x10\\x6d",
        "\\x81 \\x83 \\x3d \\x54 \\x23 \\x06 \\x70 \\x10 \\x6d",
        "b'\\x81\\x83=T#\\x06p\\x10m'",
        "b\"\\x81\\x83=T#\\x06p\\x10m\"",
        "received b'\\x81\\x83=T#\\x06p\\x10m' (9 bytes)",
        "I can't read b'\\x81\\x83=T#\\x06p\\x10m', what's that?",
        "Received: \\x81\\x83=T#\\x06p\\x10m",
        "printf '\\201\\203=T#\\006p\\020m' | nc localhost 80",
        "\"\\x81\\x83=T#\"\n    \"\\x06p\\x10m\";",
        "\"\\u0081\\u0083=T#\\u0006p\\u0010m\"",
        "\"\\u{81}\\u{83}=T#\\u{6}p\\u{10}m\"",
        "READ 9 \"\\x81\\x83=T#\\x06p\\x10m\"",
        "READ 9 81833d54230670106d",
        "READ 2 8183\nREAD 7 3d54230670106d\nREAD EOF",
        "10000001 10000011 00111101 01010100 00100011 00000110 01110000 00010000 01101101",
        "gYM9VCMGcBBt",
        "Header Bytes: [0] (9) 81 83 3D 54 23 06 70 10 6D",
        "Data: 81 83 3d 54 23 06 70 10 6d",
        "frame = 81 83 3d 54 23 06 70 10 6d",
        "| 81 83 3d 54 | 23 06 70 10 6d |",
        "\u00a081\u00a083\u00a03d 54 23 06 70 10 6d",
        "81 83 3d 54 23 06 70 10 6d...",
        "<Buffer 81 83 3d 54 23 06 70 10 6d ... 4050 more bytes>",
        "0000: 81 83 3d 54 23 06 70 10 6d                      ..=T#.p.m",
        "00000000: 8183 3d54 2306 7010 6d                   ..=T#.p.m",
        "00000000  81 83 3d 54 23 06 70 10  6d                       |..=T#.p.m|\n00000009",
        "0000000 81 83 3d 54 23 06 70 10 6d\n0000011",
        "\t0x0000:  8183 3d54 2306 7010 6d                   ..=T#.p.m",
        "0000000    81  83  3d  54  23  06  70  10  6d                            \n0000011",
      })
  void theFrameOfMdn(String text) {
    assertEquals(MDN, Spelled.of(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        // Java-WebSocket#430.
        "Header Bytes: [0] (8) 82 FE 00 81 8F FB B3 DA | 82fe00818ffbb3da",
        // curl#21997, with one blank before the characters.
        "0000: 82 a7 d5 3f fc ce ae 1d 95 aa f7 05 cd e2 f7 52 ...?...........R"
            + " | 82a7d53ffcceae1d95aaf705cde2f752",
        // The same with characters that look like bytes.
        "0000: 82 a7 d5 3f fc ce ae 1d 95 aa f7 05 cd e2 f7 52 ab cd ef 01 23 45"
            + " | 82a7d53ffcceae1d95aaf705cde2f752",
        "00000000: 6162 6364 6566                           abcdef | 616263646566",
        "READ 8 \"\\x81\\x06ABCDE\\n\" | 810641424344450a",
        "READ 8 810641424344… | 810641424344",
        "\\a\\b\\t\\n\\v\\f\\r\\e\\0\\\\\\'\\\"\\7\\08 | 0708090a0b0c0d1b005c2722070038",
        "\\x5 \\x6A\\x | 056a, then: an incomplete escape begins at character 9",
        "\\x81\\x05Hi you | 8105486920796f75",
        "'\\x81' + '\\x05' + \"It's\" | 810549742773",
        "[129] | 81",
        "(0x81) | 81",
        "0x1, 0xf | 010f",
      })
  void others(String text, String expected) {

    assertEquals(expected, Spelled.of(text));
  }

  @Test
  void framesBehindAPastedHandshake() {
    String request = "GET / HTTP/1.1\nHost: x\n\n";
    String response = "HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\n\n";
    String expected = hex((request + response).replace("\n", "\r\n"));
    assertEquals(expected + "8105", Spelled.of(request + response + "81 05\n"));
    assertEquals(expected + "8105", Spelled.of(request + response + "129, 5"));
    assertEquals(expected, Spelled.of(request + response));
    assertEquals(expected + hex("^n:ds[4U"), Spelled.of(request + response + "^n:ds[4U"));
  }

  @Test
  void theInsideOfTlsIsPassedOver() {
    assertEquals(
        "8105",
        Spelled.of(
            """
            12:34:56.789012 => Send SSL data, 5 bytes (0x5)
            0000: 17 03 03 00 17                                  .....
            12:34:56.789013 => Send data, 2 bytes (0x2)
            0000: 81 05                                           ..
            12:34:56.789014 == Info: ALPN, server accepted
            """));
  }

  @Test
  void behindAHeadFromTheWireAllIsRaw() {
    String text = "GET / HTTP/1.1\r\nHost: x\r\n\r\n81 05\n";
    assertEquals(hex(text), Spelled.of(text));
    assertEquals(hex("GET / HTTP/1.1"), Spelled.of("GET / HTTP/1.1"));
  }

  private static String hex(String text) {
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      hex.append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
    }
    return hex.toString();
  }
}
