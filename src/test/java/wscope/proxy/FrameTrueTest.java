package wscope.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.zip.Deflater;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.net.LinkLimits;
import wscope.net.TlsKeys;
import wscope.protocol.event.Event;
import wscope.support.SampleHandshake;

/** What one end sends reaches the other byte for byte, legal or not, in any pieces. */
class FrameTrueTest {
  private static final String DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate";

  @Test
  void bothLegsCarryTheSameBytes() throws Exception {
    streams(200, 1, null);
  }

  @Test
  void bothLegsCarryTheSameBytesThroughTls() throws Exception {
    streams(10, 2, TlsKeys.server());
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 0, 0",
    "0, 10000000, 0, 0",
    "0, 0, 2, 0",
    "0, 0, 0, 3000",
    "1, 10000000, 2, 3000"
  })
  void bothLegsCarryTheSameBytesLateSlowlyAndInPieces(
      long delay, long rate, long coalesce, int split) throws Exception {
    Shape shape = new Shape(Duration.ofMillis(delay), rate, Duration.ofMillis(coalesce), split);
    try (ServerSocket server = server(null);
        RunningProxy proxy = RunningProxy.shaped(server.getLocalPort(), shape)) {
      for (int i = 0; i < 10; i++) {
        new Stream(new Random(3_000_000 + i)).run(proxy, server, false);
      }
    }
  }

  /** Sends random streams both ways, each on a connection of its own. */
  static void streams(int count, long seed, @Nullable SSLContext tls) throws Exception {
    try (ServerSocket server = server(tls);
        RunningProxy proxy = proxy(server.getLocalPort(), tls)) {
      for (int i = 0; i < count; i++) {
        new Stream(new Random(seed * 1_000_000 + i)).run(proxy, server, tls != null);
      }
    }
  }

  private static ServerSocket server(@Nullable SSLContext tls) throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    return tls == null
        ? new ServerSocket(0, 50, here)
        : tls.getServerSocketFactory().createServerSocket(0, 50, here);
  }

  private static RunningProxy proxy(int port, @Nullable SSLContext tls) throws IOException {
    String url = (tls == null ? "ws://localhost:" : "wss://localhost:") + port;
    return new RunningProxy(
        List.of(RunningProxy.route("/", url, Set.of())),
        RunningProxy.LONG,
        LinkLimits.DEFAULT,
        tls);
  }

  /** Two random streams, one for each direction. */
  private static final class Stream {
    private final Random random;
    private final byte[] fromClient;
    private final byte[] fromServer;

    Stream(Random random) {
      this.random = random;
      boolean compressed = random.nextBoolean();
      String[] fields = compressed ? new String[] {DEFLATE} : new String[0];
      String request = SampleHandshake.request("localhost", "/chat", fields);
      String response = SampleHandshake.with(SampleHandshake.RESPONSE, fields);
      fromClient = concat(request, body(true, compressed));
      fromServer = concat(random.nextInt(20) == 0 ? "" : response, body(false, compressed));
    }

    private byte[] concat(String head, byte[] rest) {
      byte[] start = head.getBytes(ISO_8859_1);
      byte[] all = Arrays.copyOf(start, start.length + rest.length);
      System.arraycopy(rest, 0, all, start.length, rest.length);
      return all;
    }

    private byte[] body(boolean masked, boolean compressed) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (Deflaters zlib = new Deflaters()) {
        for (int left = random.nextInt(12); left > 0; left--) {
          switch (random.nextInt(8)) {
            case 0 -> out.writeBytes(bytes(random.nextInt(40)));
            case 1, 2 -> frame(out, masked, compressed ? 0xc2 : 0x82, zlib.message(bytes(size())));
            default -> frame(out, masked != (random.nextInt(20) == 0), first(), bytes(size()));
          }
        }
      }
      byte[] all = out.toByteArray();
      return random.nextInt(4) == 0 ? Arrays.copyOf(all, all.length * 3 / 4) : all;
    }

    private int first() {
      int[] usual = {0x81, 0x82, 0x01, 0x80, 0x00, 0x89, 0x8a, 0x88, 0x91, 0x83};
      return usual[random.nextInt(usual.length)];
    }

    private int size() {
      return random.nextInt(10) == 0 ? random.nextInt(20_000) : random.nextInt(130);
    }

    private byte[] bytes(int count) {
      byte[] bytes = new byte[count];
      random.nextBytes(bytes);
      return bytes;
    }

    private void frame(ByteArrayOutputStream out, boolean masked, int first, byte[] payload) {
      int mask = masked ? 0x80 : 0;
      out.write(first);
      if (payload.length < 126) {
        out.write(mask | payload.length);
      } else {
        out.write(mask | 126);
        out.write(payload.length >> 8);
        out.write(payload.length);
      }
      byte[] key = bytes(4);
      if (masked) {
        out.writeBytes(key);
      }
      for (int i = 0; i < payload.length; i++) {
        out.write(masked ? payload[i] ^ key[i % 4] : payload[i]);
      }
    }

    void run(RunningProxy proxy, ServerSocket accepting, boolean tls) throws Exception {
      InetAddress here = InetAddress.getLoopbackAddress();
      int port = proxy.address().getPort();
      try (Socket client =
          tls
              ? TlsKeys.client().getSocketFactory().createSocket("localhost", port)
              : new Socket(here, port)) {
        int head = new String(fromClient, ISO_8859_1).indexOf("\r\n\r\n") + 4;
        int sent = head + random.nextInt(fromClient.length - head + 1);
        client.getOutputStream().write(fromClient, 0, sent);
        try (Socket server = accepting.accept()) {
          if (server instanceof SSLSocket secured) {
            // Without it, the JDK could end a connection that was never secured.
            secured.startHandshake();
          }
          client.setSoTimeout(10_000);
          server.setSoTimeout(10_000);
          Transfer up = new Transfer(client, server, fromClient, sent);
          Transfer down = new Transfer(server, client, fromServer, 0);
          while (!up.isSent() || !down.isSent()) {
            (random.nextBoolean() ? up : down).send(random);
          }
          (random.nextBoolean() ? down : up).end();
          up.end();
          down.end();
          up.check();
          down.check();
        }
      }
      Event.Parted end = proxy.nextParted();
      assertEquals(fromClient.length, end.client().bytes());
      assertEquals(fromServer.length, end.server().bytes());
    }
  }

  /** The bytes of one direction. */
  private static final class Transfer {
    private final Socket from;
    private final Socket to;
    private final byte[] bytes;
    private int sent;

    Transfer(Socket from, Socket to, byte[] bytes, int sent) {
      this.from = from;
      this.to = to;
      this.bytes = bytes;
      this.sent = sent;
    }

    boolean isSent() {
      return sent == bytes.length;
    }

    void send(Random random) throws IOException {
      int count = Math.min(bytes.length - sent, 1 + random.nextInt(random.nextInt(5000) + 1));
      from.getOutputStream().write(bytes, sent, count);
      sent += count;
    }

    void end() throws IOException {
      if (!from.isOutputShutdown()) {
        from.shutdownOutput();
      }
    }

    void check() throws IOException {
      assertArrayEquals(bytes, to.getInputStream().readNBytes(bytes.length));
    }
  }

  /** Compresses the messages of one direction with a context that is kept. */
  private static final class Deflaters implements AutoCloseable {
    private final Deflater zlib = new Deflater(6, true);

    byte[] message(byte[] content) {
      zlib.setInput(content);
      byte[] out = new byte[content.length + 100];
      int length = zlib.deflate(out, 0, out.length, Deflater.SYNC_FLUSH) - 4;
      return length < 0 ? new byte[] {0} : Arrays.copyOf(out, length);
    }

    @Override
    public void close() {
      zlib.end();
    }
  }
}
