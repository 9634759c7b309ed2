package wscope.interop.server;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.websockets.WebSocketConnectionCallback;
import io.undertow.websockets.WebSocketProtocolHandshakeHandler;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedBinaryMessage;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import io.undertow.websockets.core.protocol.version13.Hybi13Handshake;
import io.undertow.websockets.extensions.PerMessageDeflateHandshake;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Set;

/** Undertow's server with permessage-deflate. */
public final class UndertowEcho {
  private UndertowEcho() {}

  public static EchoServer start() {
    WebSocketConnectionCallback opened =
        (exchange, channel) -> {
          channel.getReceiveSetter().set(new Echo());
          channel.resumeReceives();
        };
    WebSocketProtocolHandshakeHandler upgrades =
        new WebSocketProtocolHandshakeHandler(
            Set.of(new Hybi13Handshake(Set.of("chat"), false)), opened);
    upgrades.addExtension(new PerMessageDeflateHandshake());
    Undertow server =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setIoThreads(1)
            .setWorkerThreads(1)
            .setHandler(Handlers.path().addExactPath("/echo", upgrades))
            .build();
    server.start();
    InetSocketAddress address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    return EchoServer.of(address.getPort(), server::stop);
  }

  private static final class Echo extends AbstractReceiveListener {
    @Override
    protected void onFullTextMessage(WebSocketChannel channel, BufferedTextMessage message) {
      WebSockets.sendText(message.getData(), channel, null);
    }

    @Override
    protected void onFullBinaryMessage(WebSocketChannel channel, BufferedBinaryMessage message) {
      ByteBuffer[] data = message.getData().getResource();
      WebSockets.sendBinary(WebSockets.mergeBuffers(data), channel, null);
      message.getData().free();
    }
  }
}
