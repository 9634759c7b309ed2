package wscope.interop;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** The JDK's client, which does not support compression. It describes each event in words. */
final class JdkClient implements WebSocket.Listener {
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final StringBuilder text = new StringBuilder();
  private int bytes;
  private int hash;

  /**
   * Runs the same checks as the scripts.
   *
   * @param pem a certificate to trust; null for none
   */
  static void check(URI url, @Nullable Path pem) throws Exception {
    HttpClient.Builder builder = HttpClient.newBuilder();
    HttpClient http = pem == null ? builder.build() : builder.sslContext(trusting(pem)).build();
    JdkClient client = new JdkClient();
    WebSocket socket = http.newWebSocketBuilder().buildAsync(url, client).get(20, SECONDS);
    for (String message : new String[] {"héllo ☃", ""}) {
      socket.sendText(message, true).get(20, SECONDS);
      assertEquals("text " + message, client.next());
    }
    for (int size : new int[] {0, 125, 126, 127, 65535, 65536, 1 << 20}) {
      byte[] message = new byte[size];
      for (int i = 0; i < size; i++) {
        message[i] = (byte) (i * 31 + (i >> 8));
      }
      socket.sendBinary(ByteBuffer.wrap(message), true).get(20, SECONDS);
      assertEquals("binary " + size + " " + hash(0, ByteBuffer.wrap(message)), client.next());
    }
    socket.sendPing(ByteBuffer.wrap(new byte[] {1, 2, 3})).get(20, SECONDS);
    assertEquals("pong 3", client.next());
    socket.sendClose(1000, "bye").get(20, SECONDS);
    assertEquals("close 1000 bye", client.next());
  }

  private static SSLContext trusting(Path pem) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(pem)) {
      trusted.setCertificateEntry(
          "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private String next() throws InterruptedException {
    return String.valueOf(received.poll(20, SECONDS));
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      received.add("text " + text);
      text.setLength(0);
    }
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
    bytes += data.remaining();
    hash = hash(hash, data);
    if (last) {
      received.add("binary " + bytes + " " + hash);
      bytes = 0;
      hash = 0;
    }
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer data) {
    received.add("pong " + data.remaining());
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    received.add("close " + code + " " + reason);
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    received.add(error.toString());
  }

  private static int hash(int before, ByteBuffer data) {
    int hash = before;
    while (data.hasRemaining()) {
      hash = hash * 31 + data.get();
    }
    return hash;
  }
}
