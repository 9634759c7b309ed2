package wscope.interop.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.java_websocket.WebSocket;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.extensions.permessage_deflate.PerMessageDeflateExtension;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.handshake.ServerHandshakeBuilder;
import org.java_websocket.protocols.Protocol;
import org.java_websocket.server.WebSocketServer;

/** The server of Java-WebSocket with permessage-deflate. */
public final class JavaWebSocketEcho {
  private static final int STOP_MILLIS = 1000;

  /** The longest frame. Without a limit, the header of one of 2 GiB ends the server. */
  private static final int LONGEST = 32 << 20;

  private JavaWebSocketEcho() {}

  public static EchoServer start() throws InterruptedException {
    Echo server = new Echo();
    server.setDaemon(true);
    server.start();
    server.started.await();
    return EchoServer.of(server.getPort(), () -> server.stop(STOP_MILLIS));
  }

  private static final class Echo extends WebSocketServer {
    private final CountDownLatch started = new CountDownLatch(1);

    Echo() {
      super(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          1,
          List.of(
              new Draft_6455(
                  List.of(new PerMessageDeflateExtension()),
                  List.of(new Protocol("chat"), new Protocol("")),
                  LONGEST)));
    }

    @Override
    public ServerHandshakeBuilder onWebsocketHandshakeReceivedAsServer(
        WebSocket socket, Draft draft, ClientHandshake request) throws InvalidDataException {
      if (!request.getResourceDescriptor().equals("/echo")) {
        throw new InvalidDataException(1008, "only /echo");
      }
      return super.onWebsocketHandshakeReceivedAsServer(socket, draft, request);
    }

    @Override
    public void onStart() {
      started.countDown();
    }

    @Override
    public void onOpen(WebSocket socket, ClientHandshake request) {}

    @Override
    public void onMessage(WebSocket socket, String text) {
      socket.send(text);
    }

    @Override
    public void onMessage(WebSocket socket, ByteBuffer bytes) {
      socket.send(bytes);
    }

    @Override
    public void onClose(WebSocket socket, int code, String reason, boolean remote) {}

    /** Does nothing: if it threw, the library would not close after what breaks a rule. */
    @Override
    public void onError(WebSocket socket, Exception cause) {}
  }
}
