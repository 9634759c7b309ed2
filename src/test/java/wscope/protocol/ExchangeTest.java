package wscope.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.event.AwaitedInput;
import wscope.protocol.rule.Endpoint;
import wscope.support.SampleHandshake;

/** When and how an {@link Exchange} reads the bytes of each direction. */
class ExchangeTest {
  private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n";
  private static final String MASKED_MDN = "81833d54230670106d";
  private static final String MDN = "81034d444e";
  private static final String MASKED_HELLO = "c18700000000f248cdc9c90700";
  private static final String HELLO = "c107f248cdc9c90700";

  private static byte[] bytes(String head, String frames) {
    return Vectors.bytes(HexFormat.of().formatHex(head.getBytes(ISO_8859_1)) + frames);
  }

  private static String withOffer(String head) {
    return head.substring(0, head.length() - 2) + OFFER;
  }

  private static List<String> messages(Observer observer, Endpoint sender) {
    return observer.text(sender).lines().filter(line -> line.startsWith("message ")).toList();
  }

  /** Each direction counts its own offsets, frames and messages. */
  @Test
  void countsEachDirectionByItself() {
    Observer observer = new Observer(null);
    observer.feed(Endpoint.CLIENT, bytes(SampleHandshake.REQUEST, ""));
    observer.feed(Endpoint.SERVER, bytes(SampleHandshake.RESPONSE, MDN + MDN));
    observer.feed(Endpoint.CLIENT, bytes("", MASKED_MDN));
    List<String> client = observer.text(Endpoint.CLIENT).lines().toList();
    List<String> server = observer.text(Endpoint.SERVER).lines().toList();
    assertTrue(client.contains("frame 1 @0 text fin masked 3d542306 7-bit 3"));
    assertTrue(client.contains("message 1 text 1 frame 4d444e"));
    assertTrue(server.contains("frame 1 @0 text fin unmasked 7-bit 3"));
    assertTrue(server.contains("frame 2 @5 text fin unmasked 7-bit 3"));
    assertTrue(server.contains("message 2 text 1 frame 4d444e"));
    assertEquals(List.of(), observer.broken(Endpoint.CLIENT));
    assertEquals(List.of(), observer.broken(Endpoint.SERVER));
  }

  /** The response shows how to read the frames: here, as compressed. */
  @Test
  void keepsFramesOfTheClientUntilTheResponse() {
    Observer observer = new Observer(null);
    observer.feed(Endpoint.CLIENT, bytes(withOffer(SampleHandshake.REQUEST), MASKED_HELLO));
    assertEquals(13, observer.waiting(Endpoint.CLIENT));
    assertEquals(AwaitedInput.Kind.RESPONSE, observer.exchange().awaited(Endpoint.CLIENT).kind());
    byte[] response = bytes(withOffer(SampleHandshake.RESPONSE), "");
    for (int at = 0; at < response.length; at++) {
      assertEquals(13, observer.waiting(Endpoint.CLIENT));
      observer.feed(Endpoint.SERVER, new byte[] {response[at]});
    }
    assertEquals(0, observer.waiting(Endpoint.CLIENT));
    assertEquals(
        List.of("message 1 text from 7 1 frame 48656c6c6f"), messages(observer, Endpoint.CLIENT));
    assertEquals(List.of(), observer.broken(Endpoint.CLIENT));
  }

  /** Without a response, the frames are those of a client that did not wait. */
  @Test
  void readsFramesOfTheClientWhenTheServerEnds() {
    Observer observer = new Observer(null);
    observer.feed(Endpoint.CLIENT, bytes(SampleHandshake.REQUEST, MASKED_MDN));
    assertEquals(9, observer.waiting(Endpoint.CLIENT));
    observer.end(Endpoint.SERVER);
    assertEquals(0, observer.waiting(Endpoint.CLIENT));
    assertEquals(List.of("message 1 text 1 frame 4d444e"), messages(observer, Endpoint.CLIENT));
  }

  /** Only the client's direction was captured: the server's may end before the client sends. */
  @Test
  void readsFramesOfTheClientAfterTheServerHasEnded() {
    Observer observer = new Observer(null);
    observer.end(Endpoint.SERVER);
    observer.feed(Endpoint.CLIENT, bytes(SampleHandshake.REQUEST, MASKED_MDN));
    observer.end(Endpoint.CLIENT);
    assertEquals(List.of("message 1 text 1 frame 4d444e"), messages(observer, Endpoint.CLIENT));
    assertTrue(observer.text(Endpoint.CLIENT).endsWith(" ends 1"));
  }

  /** The end of a direction is reported, even if it came before the response. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void reportsTheEndOfTheClientBeforeTheResponse(boolean opens) {
    Observer observer = new Observer(null);
    observer.feed(Endpoint.CLIENT, bytes(SampleHandshake.REQUEST, ""));
    observer.end(Endpoint.CLIENT);
    String rejection = "HTTP/1.1 403 Forbidden\r\n\r\nno";
    observer.feed(Endpoint.SERVER, bytes(opens ? SampleHandshake.RESPONSE : rejection, ""));
    observer.end(Endpoint.SERVER);
    assertTrue(observer.text(Endpoint.CLIENT).endsWith(opens ? " ends 1" : " ends 0"));
    assertTrue(observer.text(Endpoint.SERVER).contains(opens ? "body \n" : "body no\n"));
  }

  /** After a request that was rejected, the client's bytes are not frames. */
  @Test
  void readsABodyAfterARejectedRequest() {
    Observer observer = new Observer(null);
    observer.feed(Endpoint.CLIENT, bytes(SampleHandshake.REQUEST, "6161"));
    observer.feed(Endpoint.SERVER, bytes("HTTP/1.1 403 Forbidden\r\n\r\n", ""));
    assertEquals(0, observer.waiting(Endpoint.CLIENT));
    assertTrue(observer.text(Endpoint.CLIENT).contains("body aa\n"));
    assertFalse(observer.text(Endpoint.CLIENT).contains("frame"));
    assertEquals(AwaitedInput.Kind.BODY, observer.exchange().awaited(Endpoint.CLIENT).kind());
  }

  // The start was missed.

  @Test
  void readsFromTheMiddle() {
    Observer observer = new Observer(DeflateParameters.DEFAULT);
    observer.feed(Endpoint.CLIENT, bytes("", MASKED_HELLO));
    observer.feed(Endpoint.SERVER, bytes("", HELLO));
    String hello = "message 1 text from 7 1 frame 48656c6c6f";
    assertEquals(List.of(hello), messages(observer, Endpoint.CLIENT));
    assertEquals(List.of(hello), messages(observer, Endpoint.SERVER));
  }

  /** The direction identifies the sender; a MASK bit that disagrees is a violation. */
  @Test
  void checksMaskAgainstTheDirection() {
    Observer observer = new Observer(DeflateParameters.DEFAULT);
    observer.feed(Endpoint.CLIENT, bytes("", MDN));
    observer.feed(Endpoint.SERVER, bytes("", MASKED_MDN));
    assertEquals(List.of("client-frame-unmasked"), observer.broken(Endpoint.CLIENT));
    assertEquals(List.of("server-frame-masked"), observer.broken(Endpoint.SERVER));
  }

  /** Frames of the server show that no response will come. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void assumesCompressionWithoutAHandshake(boolean clientFirst) {
    Observer observer = new Observer(null);
    if (clientFirst) {
      observer.feed(Endpoint.CLIENT, bytes("", MASKED_HELLO));
      assertEquals(List.of(), messages(observer, Endpoint.CLIENT));
    }
    observer.feed(Endpoint.SERVER, bytes("", MDN));
    if (!clientFirst) {
      observer.feed(Endpoint.CLIENT, bytes("", MASKED_HELLO));
    }
    assertEquals(List.of(), observer.broken(Endpoint.CLIENT));
    assertEquals(
        List.of("message 1 text from 7 1 frame 48656c6c6f"), messages(observer, Endpoint.CLIENT));
    assertEquals(0, observer.waiting(Endpoint.CLIENT));
  }

  @Test
  void readsAResponseWithoutItsRequest() {
    Observer observer = new Observer(null);
    observer.feed(Endpoint.CLIENT, bytes("", MASKED_HELLO));
    observer.feed(Endpoint.SERVER, bytes(withOffer(SampleHandshake.RESPONSE), HELLO));
    assertEquals(List.of(), observer.broken(Endpoint.CLIENT));
    assertEquals(List.of(), observer.broken(Endpoint.SERVER));
    assertEquals(
        List.of("message 1 text from 7 1 frame 48656c6c6f"), messages(observer, Endpoint.CLIENT));
  }

  @Test
  void readsFramesWithoutAResponse() {
    Observer observer = new Observer(null);
    observer.feed(Endpoint.CLIENT, bytes(SampleHandshake.REQUEST, MASKED_MDN));
    observer.feed(Endpoint.SERVER, bytes("", MDN));
    assertEquals(0, observer.waiting(Endpoint.CLIENT));
    assertEquals(List.of("message 1 text 1 frame 4d444e"), messages(observer, Endpoint.CLIENT));
    assertEquals(List.of("message 1 text 1 frame 4d444e"), messages(observer, Endpoint.SERVER));
  }

  // What comes next.

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({
    "'', '', START, START",
    "G, HTT, UNCLEAR, UNCLEAR",
    "'GET ', HTTP/, REQUEST_HEAD, RESPONSE_HEAD",
    "REQUEST, '', RESPONSE, START",
    "REQUEST, RESPONSE, FRAME, FRAME",
    "REQUEST, RESPONSE 0102, FRAME, REST_OF_FRAME",
    "REQUEST 81, RESPONSE, REST_OF_FRAME, FRAME",
    "REQUEST, RESPONSE 817f8000000000000000, FRAME, NOTHING",
    "REQUEST, 'HTTP/1.1 404 x\r\n\r\n', BODY, BODY",
  })
  void awaitsTheNextInput(
      String client, String server, AwaitedInput.Kind ofClient, AwaitedInput.Kind ofServer) {
    Observer observer = new Observer(null);
    observer.feed(Endpoint.CLIENT, stream(client, "REQUEST", SampleHandshake.REQUEST));
    observer.feed(Endpoint.SERVER, stream(server, "RESPONSE", SampleHandshake.RESPONSE));
    assertEquals(ofClient, observer.exchange().awaited(Endpoint.CLIENT).kind());
    assertEquals(ofServer, observer.exchange().awaited(Endpoint.SERVER).kind());
  }

  /** A text; or, if it begins with the name of a head, that head and the frames after it. */
  private static byte[] stream(String written, String name, String head) {
    return written.startsWith(name)
        ? bytes(head, written.substring(name.length()))
        : bytes(written, "");
  }
}
