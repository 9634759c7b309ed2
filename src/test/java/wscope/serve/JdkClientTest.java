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

/** The server as the JDK's client sees it. */
@Timeout(10)
class JdkClientTest {
  private final Heard heard = new Heard();

  @Test
  void echoOfText() throws Exception {
    try (RunningServer server = new RunningServer()) {
      WebSocket client = connect(server);
      client.sendText("Hello, €", true).join();
      assertEquals("text Hello, €", heard.next());
      client.sendText("", true).join();
      assertEquals("text ", heard.next());
      String large = "0123456789".repeat(50_000);
      client.sendText(large, true).join();
      assertEquals("text " + large, heard.next());
      client.abort();
    }
  }

  @Test
  void echoOfFragments() throws Exception {
    try (RunningServer server = new RunningServer()) {
      WebSocket client = connect(server);
      client.sendText("Hel", false).join();
      client.sendPing(ByteBuffer.wrap("?".getBytes(UTF_8))).join();
      assertEquals("pong ?", heard.next());
      client.sendText("", false).join();
      client.sendText("lo", true).join();
      assertEquals("text Hello", heard.next());
      client.abort();
    }
  }

  @Test
  void echoOfBinary() throws Exception {
    byte[] bytes = new byte[300_000];
    new Random(1).nextBytes(bytes);
    try (RunningServer server = new RunningServer()) {
      WebSocket client = connect(server);
      client.sendBinary(ByteBuffer.wrap(bytes, 0, 100_000), false).join();
      client.sendBinary(ByteBuffer.wrap(bytes, 100_000, 200_000), true).join();
      assertEquals("binary " + ByteBuffer.wrap(bytes).hashCode(), heard.next());
      client.abort();
    }
  }

  @Test
  void theClientCloses() throws Exception {
    try (RunningServer server = new RunningServer()) {
      WebSocket client = connect(server);
      client.sendClose(4001, "bye, €").join();
      assertEquals("close 4001 bye, €", heard.next());
      Disconnected gone = server.gone();
      assertEquals(Endpoint.CLIENT, gone.closure().initiator());
      assertEquals(4001, gone.closure().received().code());
      assertEquals("bye, €", gone.closure().received().reasonText());
      assertNull(gone.timeout());
    }
  }

  @Test
  void theServerCloses() throws Exception {
    try (RunningServer server = new RunningServer()) {
      connect(server);
      server.stop();
      assertEquals("close 1001 the server stops", heard.next());
      Disconnected gone = server.gone();
      assertEquals(Endpoint.SERVER, gone.closure().initiator());
      assertEquals(1001, gone.closure().received().code());
    }
  }

  private WebSocket connect(RunningServer server) {
    String host = server.address().getHostString();
    URI uri = URI.create("ws://" + host + ":" + server.address().getPort() + "/chat?reply=echo");
    return HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(uri, heard).join();
  }

  /** Whole messages, pongs, and the close. */
  private static final class Heard implements WebSocket.Listener {
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

    String next() throws InterruptedException {
      String event = events.poll(5, SECONDS);
      assertNotNull(event, "nothing has come");
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
