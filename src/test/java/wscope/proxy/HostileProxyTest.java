package wscope.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.connection.Timeouts;
import wscope.net.LinkLimits;
import wscope.protocol.event.Event;
import wscope.protocol.rule.Endpoint;
import wscope.support.RawClient;
import wscope.support.SampleHandshake;

/** Clients and servers that send too much or too little, and requests that must not pass. */
class HostileProxyTest {
  private ServerSocket accepting;

  @BeforeEach
  void listen() throws IOException {
    accepting = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    accepting.setSoTimeout(10_000);
  }

  @AfterEach
  void close() throws IOException {
    accepting.close();
  }

  private Socket accept() throws IOException {
    Socket server = accepting.accept();
    server.setSoTimeout(10_000);
    return server;
  }

  private RunningProxy proxy(Timeouts timeouts, LinkLimits link) throws IOException {
    String url = RunningProxy.url(accepting.getLocalPort());
    return new RunningProxy(List.of(RunningProxy.route("/chat", url, Set.of())), timeouts, link);
  }

  private RunningProxy proxy() throws IOException {
    return proxy(RunningProxy.LONG, LinkLimits.DEFAULT);
  }

  /** S13, S14: pages of other sites and other names of this machine, and smuggled requests. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /chat | Host: evil.example | 403 Forbidden",
        "GET /chat | Host: localhost;Origin: https://evil.example | 403 Forbidden",
        "GET /chat | Host: localhost;Origin: null | 403 Forbidden",
        "GET /chat | Host: localhost;Origin: http://localhost.evil.example | 403 Forbidden",
        "POST /chat | Host: localhost;Origin: https://evil.example | 403 Forbidden",
        "GET http://evil.example/chat | Host: localhost | 403 Forbidden",
        "GET /other | Host: localhost | 404 Not Found",
        "GET /chatter | Host: localhost | 404 Not Found",
        "CONNECT /chat | Host: localhost | 405 Method Not Allowed",
        "POST /chat | Host: a;Content-Length: 1;Transfer-Encoding: chunked | 403 Forbidden",
        "POST /chat | Host: localhost;Content-Length: 1;Content-Length: 1 | 400 Bad Request",
        "POST /chat | Host: localhost;Content-Length: 4;Transfer-Encoding : chunked"
            + " | 400 Bad Request",
        "POST /chat | Host: localhost;Origin : https://evil.example | 400 Bad Request",
        "POST /chat | Host: localhost;X: y; Content-Length: 4 | 400 Bad Request",
        "POST /chat | Host: localhost;Content-Length: \u0001 | 400 Bad Request",
      })
  void refusesBeforeItConnects(String start, String fields, String status) throws Exception {
    try (RunningProxy proxy = proxy();
        RawClient client = proxy.connect()) {
      String head = start + " HTTP/1.1\r\n" + fields.replace(";", "\r\n") + "\r\n\r\n";
      client.send(head.getBytes(ISO_8859_1));
      assertEquals("HTTP/1.1 " + status, client.head().lines().findFirst().orElse(""));
      proxy.await("= refused  by wscope with HTTP " + status);
      assertFalse(proxy.screen().contains("= connected to"), proxy.screen());
    }
  }

  /** S9: a head that never ends. */
  @Test
  void endsAHeadThatIsTooLarge() throws Exception {
    try (RunningProxy proxy = proxy();
        RawClient client = proxy.connect()) {
      client.send("GET /chat HTTP/1.1\r\n".getBytes(ISO_8859_1));
      client.send("X: y\r\n".repeat(129).getBytes(ISO_8859_1));
      assertTrue(client.head().startsWith("HTTP/1.1 431 "));
    }
  }

  /** S10: a head that arrives byte by byte ends at its deadline. */
  @Test
  void endsAHeadThatIsTooSlow() throws Exception {
    Timeouts timeouts = new Timeouts(Duration.ofMillis(300), Duration.ofSeconds(10));
    try (RunningProxy proxy = proxy(timeouts, LinkLimits.DEFAULT);
        RawClient client = proxy.connect()) {
      client.send("G".getBytes(ISO_8859_1));
      client.expectEnd();
      assertEquals("proxy-deadline", proxy.nextParted().end().id());
    }
  }

  /** A plain request and its response pass; what follows in the same connection does not. */
  @Test
  void passesOnePlainRequest() throws Exception {
    try (RunningProxy proxy = proxy();
        RawClient client = proxy.connect()) {
      String fields = " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n";
      String second = "GET /chat?secret HTTP/1.1\r\nHost: evil.example\r\n\r\n";
      client.send(("POST /chat" + fields + "\r\nhi" + second).getBytes(ISO_8859_1));
      try (Socket server = accept()) {
        String expected = "POST /chat" + fields + "Connection: close\r\n\r\nhi";
        assertEquals(
            expected,
            new String(server.getInputStream().readNBytes(expected.length()), ISO_8859_1));
        String response = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone";
        server.getOutputStream().write(response.getBytes(ISO_8859_1));
        assertEquals("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n", client.head());
        client.expect("done".getBytes(ISO_8859_1));
        assertEquals(0, server.getInputStream().readAllBytes().length);
      }
      Event.Page page = proxy.nextPage();
      assertEquals(200, page.status());
      assertEquals(2, page.sent());
      assertEquals(4, page.received());
    }
  }

  /** RFC 9112 §8: a response is whole only if its own framing says so. */
  @ParameterizedTest
  @CsvSource({
    "Content-Length: 9, the response is incomplete",
    "Transfer-Encoding: chunked, the response is incomplete",
    "X: y,",
  })
  void reportsATruncatedResponse(String field, String trouble) throws Exception {
    try (RunningProxy proxy = proxy();
        RawClient client = proxy.connect()) {
      client.send(request("").getBytes(ISO_8859_1));
      try (Socket server = accept()) {
        String head = "HTTP/1.1 200 OK\r\n" + field + "\r\n\r\n";
        server.getInputStream().readNBytes(request("Connection: close\r\n").length());
        server.getOutputStream().write((head + "4\r\n").getBytes(ISO_8859_1));
      }
      assertTrue(client.rest().endsWith("4\r\n"));
      client.disconnect();
      assertEquals(trouble, proxy.nextPage().trouble());
    }
  }

  /** A field of a WebSocket does not let a second request through unjudged. */
  @Test
  void passesNothingAfterADoubtfulRequest() throws Exception {
    try (RunningProxy proxy = proxy();
        RawClient client = proxy.connect()) {
      String first = request("Sec-WebSocket-Version: 13\r\n");
      String second = "GET /secret HTTP/1.1\r\nHost: evil.example\r\n\r\n";
      client.send((first + second).getBytes(ISO_8859_1));
      try (Socket server = accept()) {
        byte[] head = server.getInputStream().readNBytes(first.length());
        assertEquals(first, new String(head, ISO_8859_1));
        String response = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
        server.getOutputStream().write(response.getBytes(ISO_8859_1));
        assertEquals(response, client.head());
        client.disconnect();
        assertEquals(0, server.getInputStream().readAllBytes().length);
      }
      assertFalse(proxy.nextParted().opened());
    }
  }

  /** A server may open a WebSocket all the same, so what followed the request passes then. */
  @Test
  void passesTheRestOfADoubtfulRequestOnceTheWebSocketOpens() throws Exception {
    String request = new String(RawClient.REQUEST, ISO_8859_1);
    byte[] first = request.replace("Version: 13", "Version: 12").getBytes(ISO_8859_1);
    byte[] text = RawClient.text("hi");
    try (RunningProxy proxy = proxy();
        RawClient client = proxy.connect()) {
      client.send(first);
      client.send(text);
      try (Socket server = accept()) {
        server.getInputStream().readNBytes(first.length);
        server.getOutputStream().write(SampleHandshake.RESPONSE.getBytes(ISO_8859_1));
        assertArrayEquals(text, server.getInputStream().readNBytes(text.length));
      }
    }
  }

  /** A server reads the body of a doubtful request, or its challenge, before it responds. */
  @ParameterizedTest
  @CsvSource({
    "Sec-WebSocket-Protocol: a;Content-Length: 8",
    "Upgrade: WebSocket;Connection: Upgrade;Sec-WebSocket-Key1: 1 1;Sec-WebSocket-Key2: 1 1",
  })
  void passesTheBodyOfADoubtfulRequest(String fields) throws Exception {
    try (RunningProxy proxy = proxy();
        RawClient client = proxy.connect()) {
      String whole = request(fields.replace(";", "\r\n") + "\r\n") + "12345678";
      client.send((whole + "GET /secret HTTP/1.1\r\n\r\n").getBytes(ISO_8859_1));
      try (Socket server = accept()) {
        byte[] passed = server.getInputStream().readNBytes(whole.length());
        assertEquals(whole, new String(passed, ISO_8859_1));
        client.disconnect();
        assertEquals(0, server.getInputStream().readAllBytes().length);
      }
    }
  }

  /** The time to disconnect begins once the client has its response. */
  @Test
  void passesAWholeResponseToASlowClient() throws Exception {
    int size = 16 << 20;
    LinkLimits link = new LinkLimits(2L * size, Duration.ofSeconds(30));
    Timeouts timeouts = new Timeouts(Duration.ofSeconds(30), Duration.ofMillis(1));
    try (RunningProxy proxy = proxy(timeouts, link);
        Socket client = new Socket()) {
      client.setReceiveBufferSize(64 << 10);
      client.connect(proxy.address());
      client.setSoTimeout(10_000);
      client.getOutputStream().write(request("").getBytes(ISO_8859_1));
      String head = "HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n";
      try (Socket server = accept()) {
        server.getOutputStream().write(head.getBytes(ISO_8859_1));
        server.getOutputStream().write(new byte[size]);
        assertEquals(size, proxy.nextPage().received());
        int length = client.getInputStream().readAllBytes().length;
        assertEquals(head.length() + size, length);
      }
    }
  }

  private static String request(String fields) {
    return "GET /chat HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n";
  }

  /** H1: an unfinished message that is too long to hold passes all the same, and that is told. */
  @Test
  void passesOnUnseenWhatItCannotHold() throws Exception {
    try (RunningProxy proxy = RunningProxy.keeping(accepting.getLocalPort(), 1 << 30);
        RawClient client = proxy.connect()) {
      client.send(RawClient.REQUEST);
      try (Socket server = accept()) {
        server.getInputStream().readNBytes(RawClient.REQUEST.length);
        server.getOutputStream().write(SampleHandshake.RESPONSE.getBytes(ISO_8859_1));
        client.expectUpgrade();
        byte[] text = RawClient.text("seen");
        client.send(text);
        proxy.await("\"seen\"");
        byte[] first = RawClient.text("a".repeat(1000));
        first[0] &= 0x7f;
        client.send(first);
        proxy.await("message 2   text, 1000 bytes in 1 frame   unfinished\n");
        byte[] rest = RawClient.text("unseen");
        rest[0] = (byte) 0x80;
        client.send(rest);
        byte[] passed =
            server.getInputStream().readNBytes(text.length + first.length + rest.length);
        assertArrayEquals(concat(text, first, rest), passed);
        proxy.await(
            "#1 = opaque   what follows from the client is passed on but not read, because too much"
                + " memory would be needed\n");
        byte[] echo = RawClient.plain(1, "unseen".getBytes(ISO_8859_1));
        server.getOutputStream().write(echo);
        client.expect(echo);
      }
      client.disconnect();
      Event.Parted end = proxy.nextParted();
      assertEquals(Endpoint.SERVER, end.end().by());
      assertEquals(1, end.client().frames().messages());
      assertFalse(proxy.screen().contains("unseen\""), proxy.screen());
    }
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** S7: an end that reads nothing stops the other one, and holds no more than the limit. */
  @Test
  void holdsAtMostTheBacklogForAnEndThatDoesNotRead() throws Exception {
    LinkLimits link = new LinkLimits(64 << 10, Duration.ofSeconds(30));
    try (RunningProxy proxy = proxy(RunningProxy.LONG, link);
        RawClient client = proxy.connect()) {
      client.send(RawClient.REQUEST);
      try (Socket server = accept()) {
        server.getInputStream().readNBytes(RawClient.REQUEST.length);
        OutputStream out = server.getOutputStream();
        out.write(SampleHandshake.RESPONSE.getBytes(ISO_8859_1));
        byte[] frame = RawClient.plain(2, new byte[60_000]);
        int frames = 1000;
        Thread sender =
            new Thread(
                () -> {
                  try {
                    for (int i = 0; i < frames; i++) {
                      out.write(frame);
                    }
                  } catch (IOException e) {
                    // The test sees what is missing.
                  }
                });
        sender.start();
        client.expectUpgrade();
        // The client still sends while it does not read: the directions do not wait for each other.
        client.send(RawClient.text("hello"));
        assertEquals(0x81, server.getInputStream().read());
        // One read may follow the bytes that have reached the limit.
        long queued = proxy.queueAbove(64 << 10);
        assertTrue(queued <= (64 << 10) + (256 << 10), queued + " bytes");
        assertTrue(sender.isAlive(), "the server could send 60 MB that nobody read");
        for (int i = 0; i < frames; i++) {
          client.expect(frame);
        }
        sender.join(10_000);
      }
    }
  }
}
