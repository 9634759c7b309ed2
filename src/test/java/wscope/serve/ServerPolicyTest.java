package wscope.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.protocol.handshake.OutgoingHeaderField;
import wscope.support.RawClient;
import wscope.support.SampleHandshake;

/** How a policy decides about requests, over real sockets. */
@Timeout(20)
class ServerPolicyTest {
  private static final Policy STRICT =
      new Policy(
          HostRule.of(List.of("box.example")),
          OriginRule.of(List.of("https://app.example")),
          Credentials.of("Ann:secret"),
          List.of("/ws"),
          SubprotocolRule.of(List.of("log", "chat")),
          List.of(new OutgoingHeaderField("X-Server", "mine"), new OutgoingHeaderField("X-B", "")));
  private static final String CREDENTIALS = "Authorization: Basic QW5uOnNlY3JldA==\n";

  /** S13, S14, S20: a rejected client opens no WebSocket. */
  @ParameterizedTest
  @CsvSource({
    "a rebound name, evil.example, '', /ws, 403",
    "another site, localhost, 'Origin: https://evil.example', /ws, 403",
    "a sandbox, localhost, 'Origin: null', /ws, 403",
    "no password, box.example, 'Origin: https://app.example', /ws, 401",
    "another password, localhost, 'Authorization: Basic QW5uOnNlY3JlVA==', /ws, 401",
    "another path, localhost, 'Authorization: Basic QW5uOnNlY3JldA==', /, 404",
  })
  void rejectsBeforeTheWebSocketOpens(
      String name, String host, String field, String path, int status) throws Exception {
    try (RunningServer server = new RunningServer(STRICT);
        RawClient client = server.connect()) {
      client.send(request(host, path, field.isEmpty() ? "" : field + "\n"), RawClient.text("x"));
      String response = client.rest();
      assertTrue(response.startsWith("HTTP/1.1 " + status + " "), response);
      assertEquals(-1, response.indexOf("Upgrade"), response);
      // The body comes last: the server does not reply to the frame after the request.
      assertTrue(response.endsWith("\n") && response.contains("\r\nContent-Length: "), response);
    }
  }

  @Test
  void sendsItsSubprotocolAndFieldsToAnAcceptedClient() throws Exception {
    try (RunningServer server = new RunningServer(STRICT);
        RawClient client = server.connect()) {
      String fields =
          CREDENTIALS + "Origin: https://app.example\nSec-WebSocket-Protocol: chat, soap, log\n";
      client.send(request("Box.Example:80", "/ws?reply=echo", fields), RawClient.text("hello"));
      client.expect(
          SampleHandshake.with(
                  SampleHandshake.RESPONSE,
                  "Sec-WebSocket-Protocol: log",
                  "X-Server: mine",
                  "X-B: ")
              .getBytes(ISO_8859_1),
          RawClient.echo("hello"));
    }
  }

  /** S13: a page that may receive only its own messages receives no broadcast. */
  @ParameterizedTest
  @CsvSource({"https://evil.example, others", "null, broadcast", "file://, others"})
  void aPageOfAnotherSiteReceivesNoMessagesOfOthers(String origin, String reply) throws Exception {
    try (RunningServer server = new RunningServer(Policy.DEFAULT);
        RawClient page = server.connect();
        RawClient own = server.connect();
        RawClient speaker = server.connect()) {
      page.send(request("localhost", "/", "Origin: " + origin + "\n"));
      page.expectUpgrade();
      own.send(request("localhost", "/", "Origin: http://localhost:3000\n"));
      own.expectUpgrade();
      speaker.send(request("localhost", "/?reply=" + reply, ""));
      speaker.expectUpgrade();
      speaker.send(RawClient.text("secret"));
      own.expect(RawClient.echo("secret"));
      page.send(RawClient.text("mine"));
      page.expect(RawClient.echo("mine"));
    }
  }

  /** S14: requests for a rebound host get no page either. */
  @Test
  void servesPagesForItsOwnHostOnly() throws Exception {
    assertEquals("200", pageStatus("localhost", CREDENTIALS));
    assertEquals("403", pageStatus("rebound.example", CREDENTIALS));
    assertEquals("401", pageStatus("localhost", ""));
  }

  private static String pageStatus(String host, String fields) throws Exception {
    try (RunningServer server = new RunningServer(STRICT);
        RawClient client = server.connect()) {
      client.send(bytes("GET / HTTP/1.1\nHost: " + host + "\n" + fields + "\n"));
      client.shutdownOutput();
      return client.rest().split(" ", 3)[1];
    }
  }

  private static byte[] request(String host, String path, String fields) {
    String[] more = fields.lines().toArray(String[]::new);
    return SampleHandshake.request(host, path, more).getBytes(ISO_8859_1);
  }

  private static byte[] bytes(String lines) {
    return lines.replace("\n", "\r\n").getBytes(ISO_8859_1);
  }
}
