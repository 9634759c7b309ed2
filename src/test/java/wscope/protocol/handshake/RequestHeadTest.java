package wscope.protocol.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a request asks for, and which protocol it speaks. */
class RequestHeadTest {
  /** RFC 9112 §3.2. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "/, /,",
    "/chat, /chat,",
    "/chat?a=b, /chat,",
    "/?a=b, /,",
    "?a=b, /,",
    "/a?b?c, /a,",
    "/a%20b/c, /a%20b/c,",
    "/redirect?to=http://b/c, /redirect,",
    "http://a, /, a",
    "http://a/, /, a",
    "http://a:8080/chat?b, /chat, a:8080",
    "http://a?b/c, /, a",
    "HTTPS://a/b, /b, a",
    "*, /,",
  })
  void splitsTheTarget(String target, String path, @Nullable String authority) {
    RequestHead head = new RequestHead("GET", target, "HTTP/1.1", List.of(), 0);
    assertEquals(path, head.path());
    assertEquals(authority, head.authority());
    assertEquals(4, head.targetOffset());
    assertEquals(5 + target.length(), head.versionOffset());
  }

  @Test
  void listsSubprotocolsInTheirOrder() {
    assertEquals(
        List.of("chat", "superchat", "a"),
        head("Sec-WebSocket-Protocol: chat, superchat|sec-websocket-protocol: a").subprotocols());
    assertEquals(List.of(), head("Host: a").subprotocols());
  }

  /** The fields of an upgrade request identify its protocol. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "Upgrade: WebSocket, HIXIE_75",
    "Upgrade: WebSocket|Sec-WebSocket-Key1: 1, HIXIE_76",
    "Upgrade: WebSocket|Sec-WebSocket-Key1: 1|Sec-WebSocket-Draft: 2, HYBI_01_TO_03",
    "Upgrade: WebSocket|Sec-WebSocket-Key: a,",
    "Upgrade: websocket|Sec-WebSocket-Version: 0, HIXIE_76",
    "Upgrade: websocket|Sec-WebSocket-Version: 1, HYBI_01_TO_03",
    "Upgrade: websocket|Sec-WebSocket-Version: 3, HYBI_01_TO_03",
    "Upgrade: websocket|Sec-WebSocket-Version: 4, HYBI_04_TO_06",
    "Upgrade: websocket|Sec-WebSocket-Version: 5, HYBI_04_TO_06",
    "Upgrade: websocket|Sec-WebSocket-Version: 6, HYBI_04_TO_06",
    "Upgrade: websocket|Sec-WebSocket-Version: 7, HYBI_07",
    "Upgrade: websocket|Sec-WebSocket-Version: 8, HYBI_08_TO_12",
    "Upgrade: websocket|Sec-WebSocket-Version: 9,",
    "Upgrade: websocket|Sec-WebSocket-Version: 13,",
    "Upgrade: websocket|Sec-WebSocket-Version: 88,",
    "Upgrade: h2c|Sec-WebSocket-Version: 8,",
    "Host: a,",
  })
  void recognizesLegacyProtocols(String fields, @Nullable LegacyProtocol protocol) {
    assertEquals(protocol, LegacyProtocol.of(head(fields)));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "HIXIE_75, draft-hixie-thewebsocketprotocol-75, Chrome 4",
    "HYBI_07, draft-ietf-hybi-thewebsocketprotocol-07, Firefox 6",
  })
  void namesTheDocumentAndItsClients(LegacyProtocol protocol, String document, String speaker) {
    assertEquals(document, protocol.document());
    assertEquals(speaker, protocol.spokenBy().substring(0, speaker.length()));
  }

  /** The head with fields that are separated by bars. */
  private static RequestHead head(String fields) {
    List<HeaderField> list = new ArrayList<>();
    for (String field : fields.split("\\|", -1)) {
      String[] parts = field.split(": ", -1);
      list.add(new HeaderField(parts[0], parts[1], 0, 0));
    }
    return new RequestHead("GET", "/", "HTTP/1.1", list, 0);
  }
}
