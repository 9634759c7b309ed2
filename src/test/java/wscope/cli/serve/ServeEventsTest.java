package wscope.cli.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wscope.connection.Addresses;
import wscope.connection.Timeouts;
import wscope.protocol.event.Event;
import wscope.report.Detail;
import wscope.report.LiveView;
import wscope.report.ViewOptions;
import wscope.report.json.EventSchema;
import wscope.report.json.JsonReport;
import wscope.report.text.AddressText;
import wscope.serve.Server;
import wscope.serve.Settings;
import wscope.support.RawClient;
import wscope.support.SampleHandshake;
import wscope.support.ServerThread;

/** The whole JSON output of a server, over real connections. */
@Timeout(20)
class ServeEventsTest {
  private static final String REQUEST = SampleHandshake.request("localhost", "/");

  @Test
  void reportsAConversation() throws Exception {
    String lines =
        serve(
                Detail.FRAMES,
                address -> {
                  EchoListener listener = new EchoListener();
                  URI uri = URI.create("ws://127.0.0.1:" + address.getPort() + "/chat");
                  WebSocket client =
                      HttpClient.newHttpClient()
                          .newWebSocketBuilder()
                          .buildAsync(uri, listener)
                          .join();
                  client.sendText("h\u00e9", true).join();
                  listener.echo.get(10, SECONDS);
                  client.sendClose(1000, "bye").join();
                  listener.closed.get(10, SECONDS);
                })
            // Either end may end TCP first.
            .replaceAll("(client|server)-fin", "TCP_END");
    assertEquals(
        """
        {"type":"listening","time":"TIME","address":"127.0.0.1","port":PORT,\
        "url":"ws://127.0.0.1:PORT/","urls":["ws://127.0.0.1:PORT/"],"behaviour":"reply: echo",\
        "notes":[]}
        {"type":"connected","time":"TIME","connection":1,"address":"127.0.0.1","port":PORT}
        {"type":"handshake","time":"TIME","connection":1,"sender":"client","offset":0,"length":LENGTH,\
        "complete":true,"method":"GET","target":"/chat","version":"HTTP/1.1","fields":[FIELDS],\
        "outcome":"accepted","key":"KEY","accept":"ACCEPT","violations":[]}
        {"type":"handshake","time":"TIME","connection":1,"sender":"server","offset":0,"length":129,\
        "complete":true,"version":"HTTP/1.1","status":101,"reason":"Switching Protocols",\
        "fields":[FIELDS],"outcome":"accepted","violations":[]}
        {"type":"frame","time":"TIME","connection":1,"sender":"client","number":1,"offset":0,"headerLength":6,\
        "payloadLength":3,"fin":true,"rsv1":false,"rsv2":false,"rsv3":false,"opcode":1,\
        "opcodeName":"text","masked":true,"maskingKey":"MASK","lengthForm":7,"complete":true,\
        "violations":[],"text":"h\\u00E9","omitted":0}
        {"type":"message","time":"TIME","connection":1,"sender":"client","number":1,"kind":"text","frames":1,\
        "length":3,"complete":true,"text":"h\\u00E9","omitted":0}
        {"type":"frame","time":"TIME","connection":1,"sender":"server","number":1,"offset":0,"headerLength":2,\
        "payloadLength":3,"fin":true,"rsv1":false,"rsv2":false,"rsv3":false,"opcode":1,\
        "opcodeName":"text","masked":false,"lengthForm":7,"complete":true,"violations":[],\
        "text":"h\\u00E9","omitted":0}
        {"type":"message","time":"TIME","connection":1,"sender":"server","number":1,"kind":"text","frames":1,\
        "length":3,"complete":true,"text":"h\\u00E9","omitted":0}
        {"type":"frame","time":"TIME","connection":1,"sender":"client","number":2,"offset":9,"headerLength":6,\
        "payloadLength":5,"fin":true,"rsv1":false,"rsv2":false,"rsv3":false,"opcode":8,\
        "opcodeName":"close","masked":true,"maskingKey":"MASK","lengthForm":7,"complete":true,\
        "violations":[],"base64":"A+hieWU=","omitted":0}
        {"type":"close","time":"TIME","connection":1,"sender":"client","frame":2,"code":1000,\
        "codeName":"normal closure","reason":"bye"}
        {"type":"frame","time":"TIME","connection":1,"sender":"server","number":2,"offset":5,"headerLength":2,\
        "payloadLength":5,"fin":true,"rsv1":false,"rsv2":false,"rsv3":false,"opcode":8,\
        "opcodeName":"close","masked":false,"lengthForm":7,"complete":true,"violations":[],\
        "base64":"A+hieWU=","omitted":0}
        {"type":"close","time":"TIME","connection":1,"sender":"server","frame":2,"code":1000,\
        "codeName":"normal closure","reason":"bye"}
        {"type":"end","time":"TIME","connection":1,"sender":"client","frames":2,"messages":1,"violations":0,\
        "errors":0,"unfinishedMessages":[]}
        {"type":"end","time":"TIME","connection":1,"sender":"server","frames":2,"messages":1,"violations":0,\
        "errors":0,"unfinishedMessages":[]}
        {"type":"disconnected","time":"TIME","connection":1,"opened":true,"clean":true,"initiator":"client",\
        "received":{"code":1000,"codeName":"normal closure","reason":"bye"},\
        "sent":{"code":1000,"codeName":"normal closure","reason":"bye"},\
        "tcpEnd":"TCP_END","framesReceived":2,"framesSent":2,"messagesReceived":1,"messagesSent":1,\
        "bytesReceived":3,"bytesSent":3,"wireBytesReceived":3,"wireBytesSent":3,"millis":MILLIS}
        {"type":"stopped","time":"TIME","connections":1}
        """,
        lines);
  }

  @Test
  void reportsAViolationBeforeTheCloseItCauses() throws Exception {
    String lines =
        serve(
            Detail.FRAMES,
            address -> {
              // An unmasked frame; its payload is missing.
              send(address, REQUEST, 0x81, 0x05);
            });
    assertEquals(
        """
        {"type":"frame","time":"TIME","connection":1,"sender":"client","number":1,"offset":0,"headerLength":2,\
        "payloadLength":5,"fin":true,"rsv1":false,"rsv2":false,"rsv3":false,"opcode":1,\
        "opcodeName":"text","masked":false,"lengthForm":7,"complete":false,\
        "violations":["client-frame-unmasked"],"text":"","omitted":0}
        {"type":"violation","time":"TIME","connection":1,"sender":"client","frame":1,"offset":1,\
        "rule":"client-frame-unmasked","severity":"error","citation":"RFC 6455 \\u00A75.1",\
        "closeCode":1002,"recoverable":true,"found":"MASK 0","title":"A frame from a client is not masked",\
        "hint":"a client masks every frame with a fresh key; only a server sends frames without\
         one"}
        """,
        from("\"type\":\"frame\"", 2, lines));
    assertEquals(
        """
        {"type":"disconnected","time":"TIME","connection":1,"opened":true,"clean":false,"initiator":"server",\
        "sent":{"code":1002,"codeName":"protocol error",\
        "reason":"A frame from a client is not masked"},\
        "failure":"client-frame-unmasked","tcpEnd":"server-fin","framesReceived":1,"framesSent":1,"messagesReceived":0,\
        "messagesSent":0,"bytesReceived":0,"bytesSent":0,"wireBytesReceived":0,\
        "wireBytesSent":0,"millis":MILLIS}
        """,
        from("\"type\":\"disconnected\"", 1, lines));
  }

  @Test
  void reportsAMessageThatAViolationInterrupts() throws Exception {
    int[] frames = {0x01, 0x82, 0, 0, 0, 0, 'h', 'i', 0x81, 0x80, 0, 0, 0, 0};
    String lines = serve(Detail.FRAMES, address -> send(address, REQUEST, frames));
    String messages =
        lines
            .lines()
            .filter(line -> line.startsWith("{\"type\":\"message\""))
            .reduce("", (all, line) -> all + line + "\n");
    assertEquals(
        """
        {"type":"message","time":"TIME","connection":1,"sender":"client","number":1,"kind":"text","frames":1,\
        "length":2,"complete":false,"text":"hi","omitted":0}
        {"type":"message","time":"TIME","connection":1,"sender":"client","number":2,"kind":"text","frames":1,\
        "length":0,"complete":false,"text":"","omitted":0}
        """,
        messages);
  }

  @Test
  void reportsAClientThatEndsWithoutClose() throws Exception {
    assertEquals(
        """
        {"type":"disconnected","time":"TIME","connection":1,"opened":true,"clean":false,\
        "tcpEnd":"client-fin","framesReceived":0,"framesSent":0,"messagesReceived":0,\
        "messagesSent":0,"bytesReceived":0,"bytesSent":0,"wireBytesReceived":0,\
        "wireBytesSent":0,"millis":MILLIS}
        """,
        from(
            "\"type\":\"disconnected\"",
            1,
            serve(Detail.FRAMES, address -> send(address, REQUEST))));
  }

  /** The drop cuts off the echo, and the Close of the client is not handled. */
  @Test
  void reportsADropOnRequest() throws Exception {
    String request = SampleHandshake.request("localhost", "/?drop=3B");
    int[] frames = {0x81, 0x82, 0, 0, 0, 0, 'h', 'i', 0x88, 0x80, 0, 0, 0, 0};
    String lines =
        serve(
            Detail.FRAMES,
            address -> assertThrows(SocketException.class, () -> send(address, request, frames)));
    assertEquals(
        """
        {"type":"end","time":"TIME","connection":1,"sender":"client","frames":1,"messages":1,\
        "violations":0,"errors":0,"unfinishedMessages":[]}
        {"type":"end","time":"TIME","connection":1,"sender":"server","frames":1,"messages":1,\
        "violations":0,"errors":0,"unfinishedMessages":[]}
        {"type":"disconnected","time":"TIME","connection":1,"opened":true,"clean":false,\
        "tcpEnd":"server-drop",\
        "trouble":"dropped by us after 3 bytes, as the drop parameter requested",\
        "framesReceived":1,"framesSent":1,"messagesReceived":1,\
        "messagesSent":1,"bytesReceived":2,"bytesSent":2,"wireBytesReceived":2,\
        "wireBytesSent":2,"millis":MILLIS}
        """,
        from("\"type\":\"end\"", 3, lines));
  }

  @Test
  void reportsAMalformedRequest() throws Exception {
    String lines = serve(Detail.MESSAGES, address -> send(address, "\u0017\u0003\u0001\u00ff"));
    assertEquals(
        """
        {"type":"handshake","time":"TIME","connection":1,"sender":"client","offset":0,"length":1,\
        "complete":true,"received":"\\u0017","outcome":"refused",\
        "violations":["request-line-malformed"]}
        """,
        from("\"type\":\"handshake\"", 1, lines));
  }

  /** The message is shown, but is not unfinished: the error ended it. */
  @Test
  void reportsAMessageThatIsNotUtf8() throws Exception {
    int[] frame = {0x01, 0x82, 0, 0, 0, 0, 'h', 0xff};
    String lines = serve(Detail.MESSAGES, address -> send(address, REQUEST, frame));
    assertEquals(
        """
        {"type":"message","time":"TIME","connection":1,"sender":"client","number":1,"kind":"text","frames":1,\
        "length":2,"complete":false,"base64":"aP8=","omitted":0}
        {"type":"end","time":"TIME","connection":1,"sender":"client","frames":1,"messages":0,"violations":1,\
        "errors":1,"unfinishedMessages":[]}
        """,
        from("\"type\":\"message\"", 2, lines));
  }

  @Test
  void reportsARejectedPageRequest() throws Exception {
    String request = "GET / HTTP/1.1\r\nHost: rebound.example\r\n\r\n";
    String lines = serve(Detail.MESSAGES, address -> send(address, request));
    assertEquals(
        """
        {"type":"handshake","time":"TIME","connection":1,"sender":"client","offset":0,"length":LENGTH,\
        "complete":true,"method":"GET","target":"/","version":"HTTP/1.1","fields":[FIELDS],\
        "outcome":"refused","why":"WHY","violations":[]}
        """,
        from("\"type\":\"handshake\"", 1, lines)
            .replaceAll("\"why\":\"[^\"]*rebound.example[^\"]*\"", "\"why\":\"WHY\""));
  }

  @Test
  void detailNoneReportsNoConnections() throws Exception {
    assertEquals(
        """
        {"type":"listening","time":"TIME","address":"127.0.0.1","port":PORT,\
        "url":"ws://127.0.0.1:PORT/","urls":["ws://127.0.0.1:PORT/"],"behaviour":"reply: echo",\
        "notes":[]}
        {"type":"stopped","time":"TIME","connections":1}
        """,
        serve(Detail.NONE, address -> send(address, REQUEST, 0x81, 0x80, 0, 0, 0, 0)));
  }

  @Test
  void aFailingOutputStopsTheServer() throws IOException {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    JsonReport report = report(full, Detail.FRAMES);
    try (Server server = server(report)) {
      InetSocketAddress address = listen(server);
      IOException failure = null;
      try (RawClient client = new RawClient(address)) {
        client.send("47");
        server.run();
      } catch (UncheckedIOException e) {
        failure = e.getCause();
      }
      assertEquals("No space left on device", String.valueOf(failure).split(": ", 2)[1]);
    }
  }

  /** A client of the server. */
  private interface Client {
    void run(InetSocketAddress address) throws Exception;
  }

  /** The output of a server while a client runs, and until the server has stopped. */
  private static String serve(Detail detail, Client client) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonReport report = report(out, detail);
    Server server = server(report);
    try (ServerThread running = ServerThread.listening(server)) {
      InetSocketAddress address = running.address();
      Event.Address.Tcp place = Addresses.of(address);
      String url = "ws://" + AddressText.authority(place) + "/";
      report.event(
          new Event.Listening(
              "serve", List.of(new Event.ListeningAddress(place, url)), "reply: echo", List.of()));
      running.start();
      client.run(address);
      running.stop();
      running.await();
      report.event(new Event.Stopped(server.accepted()));
      report.flush();
    }
    return EventSchema.check(out.toString(UTF_8))
        .replaceAll("(\"port\":|127\\.0\\.0\\.1:)\\d+", "$1PORT")
        .replaceAll("\"maskingKey\":\"[0-9a-f]{8}\"", "\"maskingKey\":\"MASK\"")
        .replaceAll("\"time\":\"[^\"]*\"", "\"time\":\"TIME\"")
        .replaceAll("\"millis\":\\d+", "\"millis\":MILLIS")
        .replaceAll("\"fields\":\\[[^]]*\\]", "\"fields\":[FIELDS]")
        .replaceAll("\"key\":\"[^\"]*\"", "\"key\":\"KEY\"")
        .replaceAll("\"accept\":\"[^\"]*\"", "\"accept\":\"ACCEPT\"")
        .replaceAll("(\"sender\":\"client\",\"offset\":0,\"length\":)\\d{2,}", "$1LENGTH");
  }

  private static JsonReport report(OutputStream out, Detail detail) {
    ViewOptions view = new ViewOptions(detail, 4096, false);
    return new JsonReport(out, LiveView.fixed(view), InstantSource.system());
  }

  private static Server server(JsonReport report) throws IOException {
    return new Server(Settings.DEFAULT, new ServeEvents(report, Timeouts.DEFAULT, 0));
  }

  private static InetSocketAddress listen(Server server) throws IOException {
    return server.listen(
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
  }

  /** Sends a text, one byte per character, and bytes; then ends its output and reads to the end. */
  private static void send(InetSocketAddress address, String text, int... bytes)
      throws IOException {
    try (RawClient client = new RawClient(address)) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      text.chars().forEach(all::write);
      for (int b : bytes) {
        all.write(b);
      }
      client.send(all.toByteArray());
      client.shutdownOutput();
      client.rest();
    }
  }

  /** Some lines, from the first one that contains a text. */
  private static String from(String text, int count, String lines) {
    String found =
        lines
            .lines()
            .dropWhile(line -> !line.contains(text))
            .limit(count)
            .reduce("", (all, line) -> all + line + "\n");
    assertFalse(found.isEmpty(), lines);
    return found;
  }

  /** Waits for an echo and for the Close. */
  private static final class EchoListener implements WebSocket.Listener {
    private final CompletableFuture<String> echo = new CompletableFuture<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();

    @Override
    public CompletionStage<?> onText(WebSocket client, CharSequence data, boolean last) {
      echo.complete(data.toString());
      client.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket client, int code, String reason) {
      closed.complete(code);
      return null;
    }
  }
}
