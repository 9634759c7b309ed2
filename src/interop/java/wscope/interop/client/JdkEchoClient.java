package wscope.interop.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The client of the JDK, which has no permessage-deflate. */
public final class JdkEchoClient {
  /** The time for a handshake: without a limit, the client waits for ever for some. */
  private static final Duration CONNECT = Duration.ofSeconds(15);

  private static final long LONGEST_SECONDS = 40;

  private JdkEchoClient() {}

  /**
   * Connects, returns each message, and waits for the end of the connection. After a head that is
   * too long, the same {@code HttpClient} opens no connection any more, so each has its own.
   */
  public static void connect(String url) throws Exception {
    Echo echo = new Echo();
    HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .connectTimeout(CONNECT)
        .buildAsync(URI.create(url), echo)
        .exceptionally(
            rejected -> {
              echo.ended.complete(null);
              return null;
            });
    // Some connections never end for this client, although wscope has ended them.
    echo.ended.completeOnTimeout(null, LONGEST_SECONDS, TimeUnit.SECONDS).get();
  }

  private static final class Echo implements WebSocket.Listener {
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      return sent(socket.sendText(data, last));
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      return sent(socket.sendBinary(data, last));
    }

    /** Asks for more after a message was sent, or gives up. */
    private CompletionStage<?> sent(CompletableFuture<WebSocket> sending) {
      return sending.whenComplete(
          (socket, failure) -> {
            if (failure == null) {
              socket.request(1);
            } else {
              ended.complete(null);
            }
          });
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      ended.complete(null);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      ended.complete(null);
    }
  }
}
