package wscope.input.spelling;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LookalikeTest {
  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "16 03 01 02 00 01, TLS",
    "16 03 03 00 7a 02, TLS",
    "15 03 03 00 02 02 28, TLS",
    "14 03 03 00 01 01, TLS",
    "17 03 03 40 00 9f, TLS",
    "1f 8b 08 00 00, GZIP",
    "50 4b 03 04 14, ZIP",
    "89 50 4e 47 0d 0a 1a 0a, PNG",
    "ff fe 38 00 31 00, UTF16",
    "d4 c3 b2 a1 02 00, PCAP",
    "0a 0d 0d 0a 1c 00, PCAP",
    "00 48 65 6c 6c 6f ff, HIXIE",
    "00 c3 a9 ff 00, HIXIE",
    "45 00 00 b0 1c 46 40 00 40 06 7f 00 0a 00 00 02 0a 00 00 01, IPV4",
  })
  void bytes(String hex, Lookalike expected) {
    assertEquals(expected, Lookalike.of(ByteBuffer.wrap(HexFormat.ofDelimiter(" ").parseHex(hex))));
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "PRI * HTTP/2.0 | HTTP2",
        "GET /chat HTTP/1.1 | HTTP_REQUEST",
        "POST / HTTP/1.1 | HTTP_REQUEST",
        "HTTP/1.1 400 Bad Request | HTTP_RESPONSE",
        "{\"type\":\"hello\"} | JSON",
        "{ \"type\":\"hello\"} | JSON",
        "[{\"a\":1}] | JSON",
        "[[1,2]] | JSON",
      })
  void text(String text, Lookalike expected) {
    assertEquals(expected, of(text));
  }

  @Test
  void positionCounts() {
    ByteBuffer bytes = ByteBuffer.wrap("xxGET / HTTP".getBytes(ISO_8859_1)).position(2);
    assertEquals(Lookalike.HTTP_REQUEST, Lookalike.of(bytes));
    assertEquals(2, bytes.position());
    assertNull(Lookalike.of(bytes.limit(4)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "81833d54230670106d",
        "8105",
        "89",
        "",
        "00",
        "00ff",
        "000041",
        "0005ff",
        "16",
        "1603",
        "160305",
        "450000b01c464000400611"
      })
  void framesAreLikeNothing(String hex) {
    assertNull(Lookalike.of(ByteBuffer.wrap(HexFormat.of().parseHex(hex))));
  }

  @Test
  void noPrefixOfAPacketFails() throws IOException {
    byte[] packet = getClass().getResourceAsStream("/spellings/tcpdump-x.bin").readAllBytes();
    for (int length = 0; length < packet.length; length++) {
      Lookalike expected = length < 20 ? null : Lookalike.IPV4;
      assertEquals(expected, Lookalike.of(ByteBuffer.wrap(packet, 0, length)));
    }
  }

  private static Lookalike of(String text) {
    return Lookalike.of(ByteBuffer.wrap(text.getBytes(ISO_8859_1)));
  }
}
