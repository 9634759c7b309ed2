package wscope.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.protocol.Limits;
import wscope.protocol.handshake.RequestDecoder;

/** Only what the user wants changed is changed in a head. */
class RequestEditTest {
  private static final String HEAD =
      """
      GET %s HTTP/1.1\r
      hOST:  localhost:8080 \r
      X-Odd:\tvalue\r
      Origin: http://localhost\r
      Connection: keep-alive, Upgrade\r
      Keep-Alive: 5\r
      \r
      """;

  private static RequestEdit edit(String raw) {
    RequestDecoder decoder =
        new RequestDecoder(Limits.NONE.maxHead(), Limits.NONE.maxHeaderFields());
    decoder.feed(ByteBuffer.wrap(raw.getBytes(ISO_8859_1)));
    return new RequestEdit(decoder.head(), raw);
  }

  private static String rewritten(String raw, String prefix, String url, Set<Rewrite> rewrites) {
    RequestEdit edit = edit(raw).rewrite(RunningProxy.route(prefix, url, rewrites));
    return ISO_8859_1.decode(edit.bytes()).toString();
  }

  @Test
  void nothingChangesUnasked() {
    String raw = HEAD.formatted("/chat?a=b");
    assertEquals(raw, rewritten(raw, "/", "ws://server.example/x", Set.of()));
  }

  @Test
  void hostAndOriginBecomeThoseOfTheServer() {
    String raw = HEAD.formatted("/chat");
    assertEquals(
        raw.replace("localhost:8080 ", "server.example:81 ")
            .replace("http://localhost", "https://server.example:81"),
        rewritten(raw, "/", "wss://server.example:81/", EnumSet.of(Rewrite.HOST, Rewrite.ORIGIN)));
  }

  @ParameterizedTest
  @CsvSource({
    "/, /v2, /, /v2",
    "/, /v2, /chat?x=/, /v2/chat?x=/",
    "/, /v2/, /chat, /v2/chat",
    "/api, /v2, /api, /v2",
    "/api, /v2, /api/chat, /v2/chat",
    "/api, /, /api/chat, /chat",
    "/api/, /v2/, /api/chat, /v2/chat",
    "/, /v2, http://localhost:8080/a, http://localhost:8080/v2/a",
    "/, /v2, http://localhost:8080, http://localhost:8080/v2",
    "/, /v2, http://localhost:8080?q, http://localhost:8080/v2?q",
  })
  void thePathOfTheUrlReplacesThatOfTheRoute(
      String prefix, String path, String target, String expected) {
    assertEquals(
        HEAD.formatted(expected),
        rewritten(
            HEAD.formatted(target),
            prefix,
            "ws://server.example" + path,
            EnumSet.of(Rewrite.PATH)));
  }

  @Test
  void aPlainRequestAsksForItsOwnConnection() {
    String raw = HEAD.formatted("/");
    String expected =
        raw.replace(
            "Connection: keep-alive, Upgrade\r\nKeep-Alive: 5\r\n", "Connection: close\r\n");
    assertEquals(expected, ISO_8859_1.decode(edit(raw).closeAfterwards().bytes()).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "/, /anything, true",
    "/api, /api, true",
    "/api, /api/x, true",
    "/api, /apix, false",
    "/api/, /api, false",
    "/api/, /api/x, true",
  })
  void aRouteIsForWholeSegments(String prefix, String path, boolean expected) {
    assertEquals(expected, RunningProxy.route(prefix, "ws://a", Set.of()).isFor(path));
  }
}
