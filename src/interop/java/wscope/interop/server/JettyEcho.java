package wscope.interop.server;

import java.nio.ByteBuffer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.internal.MessageHandler;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.eclipse.jetty.websocket.core.server.WebSocketUpgradeHandler;

/** Jetty's server with permessage-deflate. */
public final class JettyEcho {
  /** The longest binary message. */
  private static final int LONGEST = 1 << 20;

  private JettyEcho() {}

  public static EchoServer start() throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    WebSocketUpgradeHandler upgrades = new WebSocketUpgradeHandler();
    upgrades.addMapping("/echo", new Negotiator());
    server.setHandler(upgrades);
    server.start();
    return EchoServer.of(connector.getLocalPort(), server::stop);
  }

  private static final class Negotiator extends WebSocketNegotiator.AbstractNegotiator {
    @Override
    public FrameHandler negotiate(
        ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
      if (request.hasSubProtocol("chat")) {
        response.setAcceptedSubProtocol("chat");
      }
      return new Echo();
    }
  }

  private static final class Echo extends MessageHandler {
    @Override
    public void onOpen(CoreSession session, Callback callback) {
      session.setMaxBinaryMessageSize(LONGEST);
      super.onOpen(session, callback);
    }

    @Override
    protected void onText(String text, Callback callback) {
      sendText(text, callback, false);
    }

    @Override
    protected void onBinary(ByteBuffer bytes, Callback callback) {
      sendBinary(BufferUtil.copy(bytes), callback, false);
    }
  }
}
