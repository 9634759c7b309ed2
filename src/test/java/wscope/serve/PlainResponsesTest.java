package wscope.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.connection.Behaviour;
import wscope.connection.InvalidParameter;
import wscope.connection.TestParameters;
import wscope.protocol.UpgradeDecision;

/** The responses that reject or redirect a handshake on request, as sent on the wire. */
class PlainResponsesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | Bad Request | Connection: close",
        "401 | Unauthorized | Connection: close/WWW-Authenticate: Basic realm=\"wscope\"",
        "403 | Forbidden | Connection: close",
        "404 | Not Found | Connection: close",
        "404:7 | Not Found | Connection: close/Retry-After: 7",
        "405 | Method Not Allowed | 'Connection: close/Allow: '",
        "407 | Proxy Authentication Required"
            + " | Connection: close/Proxy-Authenticate: Basic realm=\"wscope\"",
        "426 | Upgrade Required"
            + " | Connection: Upgrade, close/Upgrade: websocket/Sec-WebSocket-Version: 13",
        "429 | Too Many Requests | Connection: close/Retry-After: 10",
        "418 | Client Error | Connection: close",
        "503 | Service Unavailable | Connection: close/Retry-After: 10",
        "503:30 | Service Unavailable | Connection: close/Retry-After: 30",
        "503:0 | Service Unavailable | Connection: close/Retry-After: 0",
        "599 | Server Error | Connection: close",
      })
  void rejectsWithTheStatus(String value, String reason, String fields) throws InvalidParameter {
    UpgradeDecision.Reject rejection = rejection("status", value);
    String line = value.substring(0, 3) + " " + reason;
    String body = line + "\n\nThe status parameter requests this response.\n";
    assertEquals(
        "HTTP/1.1 " + line + "\r\n" + fields.replace("/", "\r\n") + tail(body), wire(rejection));
    assertEquals(
        "rejected with " + value.substring(0, 3) + ", as the status parameter requests",
        rejection.why());
  }

  @ParameterizedTest
  @CsvSource({
    "301, Moved Permanently",
    "302, Found",
    "307, Temporary Redirect",
    "308, Permanent Redirect",
  })
  void redirectsWithTheCode(int code, String reason) throws InvalidParameter {
    UpgradeDecision.Reject rejection = rejection("redirect", code + ":ws://localhost:1/?a=%0d%0a");
    String line = code + " " + reason;
    String body =
        line
            + "\n\nThe WebSocket is at another URL; see Location.\n"
            + "The redirect parameter requests this response.\n";
    assertEquals(
        "HTTP/1.1 "
            + line
            + "\r\nConnection: close\r\nLocation: ws://localhost:1/?a=%0d%0a"
            + tail(body),
        wire(rejection));
    assertEquals("redirected, as the redirect parameter requests", rejection.why());
  }

  /** S12: a status that the client asks for cannot add a header line. */
  @Test
  void everyStatusHasACompleteHead() throws InvalidParameter {
    for (int code = 400; code <= 599; code++) {
      String head = rejection("status", String.valueOf(code)).response().head();
      assertTrue(head.startsWith("HTTP/1.1 " + code + " "), head);
      assertEquals(head.indexOf("\r\n\r\n"), head.length() - 4, head);
    }
  }

  private static UpgradeDecision.Reject rejection(String parameter, String value)
      throws InvalidParameter {
    Behaviour behaviour = TestParameters.TABLE.parse(parameter, value, Behaviour.DEFAULT);
    return PlainResponses.of(behaviour.rejection());
  }

  private static String tail(String body) {
    return "\r\nContent-Type: text/plain; charset=utf-8\r\nX-Content-Type-Options: nosniff\r\n"
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static String wire(UpgradeDecision.Reject rejection) {
    return StandardCharsets.UTF_8.decode(rejection.response().bytes()).toString();
  }
}
