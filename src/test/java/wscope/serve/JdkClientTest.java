package wscope.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wscope.connection.Disconnected;
import wscope.protocol.rule.Endpoint;

/** The server with the WebSocket client of the JDK. */
@Timeout(10)
class JdkClientTest {
  private final EventRecorder received = new EventRecorder();

  @Test
  void echoesText() throws Exception {
    try (RunningServer server = new RunningServer()) {
      WebSocket client = connect(server);
      client.sendText("Hello, €", true).join();
      assertEquals("text Hello, €", received.next());
      client.sendText("", true).join();
      assertEquals("text ", received.next());
      String large = "0123456789".repeat(50_000);
      client.sendText(large, true).join();
      assertEquals("text " + large, received.next());
      client.abort();
    }
  }

  @Test
  void echoesFragmentsWithAPingBetweenThem() throws Exception {
    try (RunningServer server = new RunningServer()) {
      WebSocket client = connect(server);
      client.sendText("Hel", false).join();
      client.sendPing(ByteBuffer.wrap("?".getBytes(UTF_8))).join();
      assertEquals("pong ?", received.next());
      client.sendText("", false).join();
      client.sendText("lo", true).join();
      assertEquals("text Hello", received.next());
      client.abort();
    }
  }

  @Test
  void echoesBinary() throws Exception {
    byte[] bytes = new byte[300_000];
    new Random(1).nextBytes(bytes);
    try (RunningServer server = new RunningServer()) {
      WebSocket client = connect(server);
      client.sendBinary(ByteBuffer.wrap(bytes, 0, 100_000), false).join();
      client.sendBinary(ByteBuffer.wrap(bytes, 100_000, 200_000), true).join();
      assertEquals("binary " + ByteBuffer.wrap(bytes).hashCode(), received.next());
      client.abort();
    }
  }

  @Test
  void repliesToTheCloseOfTheClient() throws Exception {
    try (RunningServer server = new RunningServer()) {
      WebSocket client = connect(server);
      client.sendClose(4001, "bye, €").join();
      assertEquals("close 4001 bye, €", received.next());
      Disconnected disconnected = server.nextDisconnected();
      assertEquals(Endpoint.CLIENT, disconnected.closure().initiator());
      assertEquals(4001, disconnected.closure().received().code());
      assertEquals("bye, €", disconnected.closure().received().reasonText());
      assertNull(disconnected.timeout());
    }
  }

  @Test
  void closesWith1001WhenItStops() throws Exception {
    try (RunningServer server = new RunningServer()) {
      connect(server);
      server.stop();
      assertEquals("close 1001 the server stops", received.next());
      Disconnected disconnected = server.nextDisconnected();
      assertEquals(Endpoint.SERVER, disconnected.closure().initiator());
      assertEquals(1001, disconnected.closure().received().code());
    }
  }

  private WebSocket connect(RunningServer server) {
    String host = server.address().getHostString();
    URI uri = URI.create("ws://" + host + ":" + server.address().getPort() + "/chat?reply=echo");
    return HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(uri, received).join();
  }

  /** Records complete messages, pongs, the Close and errors. */
  private static final class EventRecorder implements WebSocket.Listener {
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

    String next() throws InterruptedException {
      String event = events.poll(5, SECONDS);
      assertNotNull(event, "no event has arrived");
      return event;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        events.add("text " + text);
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      binary.writeBytes(bytes);
      if (last) {
        events.add("binary " + ByteBuffer.wrap(binary.toByteArray()).hashCode());
        binary.reset();
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onPong(WebSocket socket, ByteBuffer payload) {
      events.add("pong " + UTF_8.decode(payload));
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      events.add("close " + code + " " + reason);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      events.add("error " + error);
    }
  }
}
