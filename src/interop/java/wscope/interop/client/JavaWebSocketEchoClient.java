package wscope.interop.client;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.extensions.permessage_deflate.PerMessageDeflateExtension;
import org.java_websocket.handshake.ServerHandshake;
import org.java_websocket.protocols.Protocol;

/** The client of Java-WebSocket with permessage-deflate. */
public final class JavaWebSocketEchoClient {
  private static final long LONGEST_SECONDS = 120;

  /** The longest frame. Without a limit, the header of one of 2 GiB ends the client's thread. */
  private static final int LONGEST = 32 << 20;

  private JavaWebSocketEchoClient() {}

  /** Connects, returns each message, and waits for the end of the connection. */
  public static void connect(String url) throws Exception {
    Echo echo = new Echo(URI.create(url));
    echo.setDaemon(true);
    echo.setConnectionLostTimeout(0);
    echo.connect();
    if (!echo.ended.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the connection does not end");
    }
  }

  private static final class Echo extends WebSocketClient {
    private final CountDownLatch ended = new CountDownLatch(1);

    Echo(URI url) {
      super(
          url,
          new Draft_6455(
              List.of(new PerMessageDeflateExtension()), List.of(new Protocol("")), LONGEST));
    }

    @Override
    public void onOpen(ServerHandshake response) {}

    @Override
    public void onMessage(String text) {
      send(text);
    }

    @Override
    public void onMessage(ByteBuffer bytes) {
      send(bytes);
    }

    @Override
    public void onClose(int code, String reason, boolean remote) {
      ended.countDown();
    }

    @Override
    public void onError(Exception cause) {}
  }
}
