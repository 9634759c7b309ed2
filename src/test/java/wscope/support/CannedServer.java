package wscope.support;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import wscope.protocol.handshake.AcceptKey;

/** A server on a free port of 127.0.0.1 that treats each connection as a test says. */
public final class CannedServer implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final int TIMEOUT_MILLIS = 30_000;

  private final ServerSocket listening;

  /** What the server does with one connection, which is closed afterwards. */
  public interface Treatment {
    void of(Peer peer) throws IOException;
  }

  /** One connection. */
  public record Peer(Socket socket) {
    /** Reads the head of a request. */
    public String request() throws IOException {
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      InputStream in = socket.getInputStream();
      while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
        int b = in.read();
        if (b < 0) {
          break;
        }
        head.write(b);
      }
      return head.toString(ISO_8859_1);
    }

    /** Sends characters, one byte each. */
    public void send(String latin1) throws IOException {
      socket.getOutputStream().write(latin1.getBytes(ISO_8859_1));
    }

    /** Reads a request and opens the WebSocket. */
    public void open(String... fields) throws IOException {
      String request = request();
      String mark = "Sec-WebSocket-Key: ";
      int start = request.indexOf(mark) + mark.length();
      String key = request.substring(start, request.indexOf('\r', start));
      StringBuilder head = new StringBuilder("HTTP/1.1 101 Switching Protocols\r\n");
      head.append("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ");
      head.append(AcceptKey.of(key).value()).append("\r\n");
      for (String field : fields) {
        head.append(field).append("\r\n");
      }
      send(head.append("\r\n").toString());
    }

    /** Reads until the client ends; returns everything, one character for each byte. */
    public String rest() throws IOException {
      try {
        return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      } catch (SocketException e) {
        return "reset";
      }
    }
  }

  public CannedServer(Treatment treatment) throws IOException {
    this(ServerSocketFactory.getDefault(), treatment);
  }

  /** A server with TLS, if the factory says so. */
  public CannedServer(ServerSocketFactory sockets, Treatment treatment) throws IOException {
    InetAddress here = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    listening = sockets.createServerSocket(0, 50, here);
    Thread thread = new Thread(() -> serve(treatment), "canned server " + COUNT.incrementAndGet());
    thread.setDaemon(true);
    thread.start();
  }

  public int port() {
    return listening.getLocalPort();
  }

  private void serve(Treatment treatment) {
    while (!listening.isClosed()) {
      try (Socket socket = listening.accept()) {
        socket.setSoTimeout(TIMEOUT_MILLIS);
        treatment.of(new Peer(socket));
      } catch (IOException e) {
        // The client has left, or the test has ended.
      }
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
