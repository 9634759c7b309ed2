package wscope.protocol.handshake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9112 §7.1: where a body in chunks ends. */
class ChunkedBodyTest {
  /** Each body ends at the bar, byte by byte and at once. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0\r\n\r\n|",
        "5\r\nHello\r\n0\r\n\r\n|more",
        "a\r\n0123456789\r\n1\r\n\n\r\n0\r\n\r\n|",
        "5;name=value\r\n0\r\n\r\n\r\n000\r\n\r\n|",
        "0\r\nTrailer: 1\r\nOther: 2\r\n\r\n|0\r\n\r\n",
        "1F\n0123456789012345678901234567890\n0\n\n|",
      })
  void endsAtTheEmptyLine(String text) {
    int end = text.indexOf('|');
    byte[] bytes = text.replace("|", "").getBytes(ISO_8859_1);
    ChunkedBody inPieces = new ChunkedBody();
    for (int i = 0; i < end; i++) {
      assertEquals(i == end - 1, inPieces.feed(ByteBuffer.wrap(bytes, i, 1)), text + " at " + i);
    }
    ByteBuffer whole = ByteBuffer.wrap(bytes);
    assertEquals(end > 0, new ChunkedBody().feed(whole));
    assertEquals(end, whole.position());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5\r\nHell",
        "5\r\nHello\r\n0\r\n",
        "ffffffffffffffffffff\r\n0\r\n\r\n",
        "0\r\nA: b\r\n"
      })
  void doesNotEndBefore(String text) {
    assertFalse(new ChunkedBody().feed(ByteBuffer.wrap(text.getBytes(ISO_8859_1))));
  }
}
