package wscope.interop;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import wscope.capture.packets.CapturedTalks;
import wscope.capture.tls.TlsTalk;

/**
 * Passes bytes between clients and a server, and writes them as packets: as capturing does, but
 * without the rights for it, and in segments of random lengths.
 */
final class RecordingRelay implements AutoCloseable {
  private static final int LONGEST = 3000;

  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<List<TlsTalk.Sent>> connections = new ArrayList<>();
  private final List<CountDownLatch> ends = new ArrayList<>();
  private final int port;
  private final Random random = new Random(1);

  /**
   * Starts a relay.
   *
   * @param port the port of the server
   */
  RecordingRelay(int port) throws IOException {
    this.port = port;
    start(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  private static void start(Runnable run) {
    Thread thread = new Thread(run, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
        List<TlsTalk.Sent> sent = new ArrayList<>();
        CountDownLatch end = new CountDownLatch(2);
        synchronized (connections) {
          connections.add(sent);
          ends.add(end);
        }
        start(() -> copy(client, server, true, sent, end));
        start(() -> copy(server, client, false, sent, end));
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private void copy(
      Socket from, Socket to, boolean byClient, List<TlsTalk.Sent> sent, CountDownLatch end) {
    byte[] buffer = new byte[LONGEST];
    try {
      int count = from.getInputStream().read(buffer, 0, 1);
      while (count >= 0) {
        synchronized (connections) {
          sent.add(new TlsTalk.Sent(byClient, Arrays.copyOf(buffer, count)));
        }
        to.getOutputStream().write(buffer, 0, count);
        int longest = random.nextInt(4) == 0 ? 1 + random.nextInt(20) : LONGEST;
        count = from.getInputStream().read(buffer, 0, longest);
      }
      to.shutdownOutput();
    } catch (IOException e) {
      // A reset ends the direction too.
    }
    end.countDown();
  }

  /** The capture, after all connections have ended. */
  byte[] capture() throws InterruptedException {
    List<CountDownLatch> all;
    synchronized (connections) {
      all = List.copyOf(ends);
    }
    for (CountDownLatch end : all) {
      assertTrue(end.await(20, SECONDS), "a connection has not ended");
    }
    synchronized (connections) {
      return CapturedTalks.of(connections);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
