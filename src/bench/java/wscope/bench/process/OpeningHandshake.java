package wscope.bench.process;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import tlschannel.ClientTlsChannel;
import wscope.net.TlsKeys;

/** A connection after its opening handshake, in blocking mode. */
record OpeningHandshake(SocketChannel socket, ByteChannel channel) {
  private static final SSLContext TRUSTING = TlsKeys.trustingAll();
  private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

  static OpeningHandshake of(int port, Wire wire) throws IOException {
    SocketChannel socket = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    OpeningHandshake opening =
        new OpeningHandshake(socket, wire == Wire.TLS ? tls(socket) : socket);
    opening.channel.write(US_ASCII.encode(request(port, wire)));
    String response = opening.head();
    boolean compresses = response.toLowerCase(java.util.Locale.ROOT).contains("permessage-deflate");
    if (!response.startsWith("HTTP/1.1 101 ")
        || !response.contains(ACCEPT)
        || compresses != (wire == Wire.DEFLATE)) {
      throw new IOException("unexpected response: " + response);
    }
    return opening;
  }

  private static ByteChannel tls(SocketChannel socket) {
    SSLEngine engine = TRUSTING.createSSLEngine("localhost", 0);
    engine.setUseClientMode(true);
    return ClientTlsChannel.newBuilder(socket, engine).build();
  }

  private static String request(int port, Wire wire) {
    String offer =
        "Sec-WebSocket-Extensions: permessage-deflate; "
            + "client_no_context_takeover; server_no_context_takeover\r\n";
    return "GET / HTTP/1.1\r\nHost: localhost:"
        + port
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        + (wire == Wire.DEFLATE ? offer : "")
        + "\r\n";
  }

  /** The head of the response; the server sends nothing more before the client does. */
  private String head() throws IOException {
    StringBuilder head = new StringBuilder();
    ByteBuffer bytes = ByteBuffer.allocate(4096);
    while (head.indexOf("\r\n\r\n") < 0) {
      if (channel.read(bytes.clear()) < 0) {
        throw new EOFException("the server ended the connection after: " + head);
      }
      head.append(US_ASCII.decode(bytes.flip()));
    }
    return head.toString();
  }

  /** Sends a message, checks its echo, and returns the exchange with that echo. */
  Exchange learn(Exchange exchange) throws IOException {
    for (ByteBuffer out = ByteBuffer.wrap(exchange.request()); out.hasRemaining(); ) {
      channel.write(out);
    }
    WholeEcho echo = new WholeEcho(exchange.payload());
    ByteBuffer in = ByteBuffer.allocate(64 << 10);
    while (!echo.isWhole()) {
      if (channel.read(in.clear()) < 0) {
        throw new EOFException("the server ended the connection within an echo");
      }
      if (echo.take(in.array(), 0, in.position()) < in.position()) {
        throw new IOException("received more than an echo");
      }
    }
    return exchange.withEcho(echo.checked());
  }
}
