package wscope.interop.server;

import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.util.Map;
import org.glassfish.tyrus.server.Server;

/** Tyrus' server on Grizzly, without compression. It takes 0 for its default port, 8025. */
public final class TyrusEcho {
  private TyrusEcho() {}

  public static EchoServer start() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Server server = new Server("127.0.0.1", port, "/", Map.of(), Echo.class);
    server.start();
    return EchoServer.of(port, server::stop);
  }

  /** Echoes each message. Tyrus creates it. */
  @ServerEndpoint(value = "/echo", subprotocols = "chat")
  public static final class Echo {
    @OnMessage
    public String text(String message) {
      return message;
    }

    @OnMessage
    public ByteBuffer binary(ByteBuffer message) {
      return message;
    }
  }
}
