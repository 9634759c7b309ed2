package wscope.serve;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wscope.connection.Disconnected;
import wscope.connection.Timeouts;
import wscope.net.SocketFailure;
import wscope.net.TlsKeys;
import wscope.net.TlsMismatch;
import wscope.support.RawClient;

/** The server over wss: the JDK's client, and clients without TLS, without trust, or too slow. */
@Timeout(30)
class TlsServerTest {
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  @Test
  void echoesAndCloses() throws Exception {
    try (RunningServer server = new RunningServer(TlsKeys.server())) {
      WebSocket client = connect(server, "wss", TlsKeys.client());
      for (int i = 0; i < 100; i++) {
        client.sendText("Hello, € " + i, true).join();
      }
      for (int i = 0; i < 100; i++) {
        assertEquals("Hello, € " + i, events.poll(5, SECONDS));
      }
      client.sendClose(4001, "bye").join();
      assertEquals("close 4001 bye", events.poll(5, SECONDS));
      Disconnected disconnected = server.nextDisconnected();
      assertEquals(4001, disconnected.closure().received().code());
      assertNull(disconnected.cause());
    }
  }

  /** Many times what the buffers of TLS and TCP hold. */
  @Test
  void echoes4MiB() throws Exception {
    byte[] bytes = new byte[4 << 20];
    new Random(3).nextBytes(bytes);
    try (RunningServer server = new RunningServer(TlsKeys.server())) {
      WebSocket client = connect(server, "wss", TlsKeys.client());
      client.sendBinary(ByteBuffer.wrap(bytes), true).join();
      assertEquals("binary " + ByteBuffer.wrap(bytes).hashCode(), events.poll(20, SECONDS));
      client.abort();
    }
  }

  @Test
  void reportsAClientThatDoesNotTrustTheCertificate() throws Exception {
    try (RunningServer server = new RunningServer(TlsKeys.server())) {
      SSLContext trustsOthers = SSLContext.getDefault();
      assertThrows(CompletionException.class, () -> connect(server, "wss", trustsOthers));
      // The client may disconnect before the server has read its alert.
      SocketFailure kind = ((TlsMismatch) server.nextDisconnected().cause()).failure();
      assertTrue(
          Set.of(SocketFailure.TLS_CERTIFICATE_REJECTED, SocketFailure.TLS_LEFT).contains(kind),
          kind::toString);
    }
  }

  @Test
  void explainsThatThePortNeedsTls() throws Exception {
    try (RunningServer server = new RunningServer(TlsKeys.server());
        RawClient client = server.connect()) {
      client.send(RawClient.REQUEST);
      assertEquals(
          """
          HTTP/1.1 400 Bad Request\r
          Connection: close\r
          Content-Type: text/plain; charset=utf-8\r
          X-Content-Type-Options: nosniff\r
          Content-Length: 63\r
          \r
          400 Bad Request

          This port speaks TLS: use wss:// or https://.
          """,
          client.rest());
      client.shutdownOutput();
      assertEquals(
          SocketFailure.HTTP_ON_TLS, ((TlsMismatch) server.nextDisconnected().cause()).failure());
    }
  }

  @Test
  void reportsTlsOnAPortWithoutTls() throws Exception {
    try (RunningServer server = new RunningServer()) {
      assertThrows(CompletionException.class, () -> connect(server, "wss", TlsKeys.client()));
      assertEquals(
          SocketFailure.TLS_ON_PLAIN, ((TlsMismatch) server.nextDisconnected().cause()).failure());
    }
  }

  /** S10: the handshake timeout includes the TLS handshake, wherever the client stops. */
  @Test
  void timesOutTheTlsHandshake() throws Exception {
    Timeouts timeouts = new Timeouts(Duration.ofMillis(250), RunningServer.LONG_TIMEOUTS.close());
    byte[] hello = clientHello();
    List<RawClient> clients = new ArrayList<>();
    int[] lengths = {0, 1, 5, hello.length / 2, hello.length};
    try (RunningServer server = new RunningServer(timeouts, TlsKeys.server())) {
      for (int length : lengths) {
        RawClient client = server.connect();
        clients.add(client);
        client.send(Arrays.copyOf(hello, length));
      }
      for (int i = 0; i < lengths.length; i++) {
        Disconnected disconnected = server.nextDisconnected();
        assertEquals(Disconnected.Timeout.HANDSHAKE, disconnected.timeout());
        assertTrue(
            disconnected.lasted().compareTo(timeouts.handshake()) >= 0,
            () -> "" + disconnected.lasted());
        String response = clients.get(i).rest();
        assertEquals(lengths[i] < hello.length, response.isEmpty(), response);
        clients.get(i).disconnect();
      }
    }
  }

  /** The first TLS record of a client. */
  private static byte[] clientHello() throws SSLException {
    SSLEngine engine = TlsKeys.client().createSSLEngine();
    engine.setUseClientMode(true);
    ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(ByteBuffer.allocate(0), record);
    return Arrays.copyOf(record.array(), record.position());
  }

  private WebSocket connect(RunningServer server, String scheme, SSLContext trust) {
    URI uri = URI.create(scheme + "://localhost:" + server.address().getPort() + "/");
    return HttpClient.newBuilder()
        .sslContext(trust)
        .build()
        .newWebSocketBuilder()
        .buildAsync(uri, new EventRecorder())
        .join();
  }

  private final class EventRecorder implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();
    private final ByteBuffer binary = ByteBuffer.allocate(16 << 20);

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        events.add(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      binary.put(data);
      if (last) {
        events.add("binary " + binary.flip().hashCode());
        binary.clear();
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      events.add("close " + code + " " + reason);
      return null;
    }
  }
}
