package wscope.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.protocol.Limits;
import wscope.protocol.handshake.RequestDecoder;
import wscope.protocol.handshake.RequestHead;

/** S12: nothing that follows the body of a request is passed on with it. */
class BodyEndTest {
  private static final String NEXT = "GET /next HTTP/1.1\r\n\r\n";

  private static RequestHead head(String version, String fields) {
    RequestDecoder decoder =
        new RequestDecoder(Limits.NONE.maxHead(), Limits.NONE.maxHeaderFields());
    String head =
        "POST / " + version + "\r\nHost: a\r\n" + fields.replace(";", "\r\n") + "\r\n\r\n";
    decoder.feed(ByteBuffer.wrap(head.getBytes(ISO_8859_1)));
    return decoder.head();
  }

  @ParameterizedTest
  @CsvSource({
    "X: y, ''",
    "Content-Length: 0, ''",
    "Content-Length: 5, hello",
    "Transfer-Encoding: chunked, '5\\r\\nhello\\r\\n0\\r\\n\\r\\n'",
    "transfer-encoding: Chunked, '5;x=y\\r\\nhello\\r\\n0\\r\\nTrailer: a\\r\\n\\r\\n'",
  })
  void findsTheEndInAnyPieces(String fields, String escaped) {
    String body = escaped.replace("\\r", "\r").replace("\\n", "\n");
    byte[] all = (body + NEXT).getBytes(ISO_8859_1);
    for (int cut = 0; cut <= all.length; cut++) {
      BodyEnd end = BodyEnd.of(head("HTTP/1.1", fields));
      assertNotNull(end);
      ByteBuffer first = ByteBuffer.wrap(all, 0, cut);
      ByteBuffer second = ByteBuffer.wrap(all, cut, all.length - cut);
      end.feed(first);
      int passed = first.position();
      end.feed(second);
      assertEquals(body.length(), passed + second.position() - cut, "cut at " + cut);
      assertEquals(body.length(), end.size());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5;Content-Length: 5",
        "Content-Length: 5;Transfer-Encoding: chunked",
        "Transfer-Encoding: chunked;Transfer-Encoding: chunked",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: identity",
        "Transfer-Encoding: xchunked",
        "Content-Length: +5",
        "Content-Length: 5, 5",
        "Content-Length: 0x5",
        "Content-Length: 9999999999999999999",
        "Content-Length:",
      })
  void refusesAnEndThatIsAmbiguous(String fields) {
    assertNull(BodyEnd.of(head("HTTP/1.1", fields)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Transfer-Encoding: chunked"})
  void chunksNeedHttp11(String fields) {
    assertNull(BodyEnd.of(head("HTTP/1.0", fields)));
  }
}
