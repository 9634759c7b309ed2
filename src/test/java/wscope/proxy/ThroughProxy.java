package wscope.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;
import wscope.protocol.Exchange;
import wscope.protocol.Limits;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.IncompleteFrame;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/**
 * What two raw ends receive through a proxy. Each end sends its bytes and then reads to the end.
 */
final class ThroughProxy {
  /** The largest piece that is sent at once. */
  private static final int LARGEST_PIECE = 700;

  private final byte[] toServer;
  private final byte[] toClient;
  private final String screen;

  private ThroughProxy(byte[] toServer, byte[] toClient, String screen) {
    this.toServer = toServer;
    this.toClient = toClient;
    this.screen = screen;
  }

  /** The bytes that the server received. */
  byte[] toServer() {
    return toServer;
  }

  /** The bytes that the client received. */
  byte[] toClient() {
    return toClient;
  }

  /** What the proxy showed. */
  String screen() {
    return screen;
  }

  /**
   * Sends bytes through a proxy that changes them.
   *
   * @param cuts cuts the bytes into pieces; null to send each part at once
   */
  static ThroughProxy run(
      Changes ofClient,
      Changes ofServer,
      String request,
      String response,
      byte[] fromClient,
      byte[] fromServer,
      @Nullable Random cuts)
      throws Exception {
    InetAddress here = InetAddress.getLoopbackAddress();
    try (ServerSocket accepting = new ServerSocket(0, 50, here);
        RunningProxy proxy = RunningProxy.changing(accepting.getLocalPort(), ofClient, ofServer)) {
      CompletableFuture<byte[]> received =
          CompletableFuture.supplyAsync(() -> serve(accepting, response, fromServer, cuts));
      byte[] toClient;
      try (Socket client = new Socket(here, proxy.address().getPort())) {
        client.setTcpNoDelay(true);
        client.getOutputStream().write(request.getBytes(ISO_8859_1));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        readHead(client.getInputStream(), all);
        write(client, fromClient, cuts);
        client.shutdownOutput();
        readRest(client.getInputStream(), all);
        toClient = all.toByteArray();
      }
      byte[] toServer = received.get();
      proxy.nextParted();
      proxy.await("lasted");
      return new ThroughProxy(toServer, toClient, proxy.screen());
    }
  }

  private static byte[] serve(
      ServerSocket accepting, String response, byte[] frames, @Nullable Random cuts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (Socket server = accepting.accept()) {
      server.setTcpNoDelay(true);
      readHead(server.getInputStream(), all);
      byte[] head = response.getBytes(ISO_8859_1);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(head);
      out.writeBytes(frames);
      write(server, out.toByteArray(), cuts);
      server.shutdownOutput();
      readRest(server.getInputStream(), all);
    } catch (IOException e) {
      // The test sees what is missing.
    }
    return all.toByteArray();
  }

  private static void readHead(InputStream in, ByteArrayOutputStream into) throws IOException {
    while (!into.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        return;
      }
      into.write(b);
    }
  }

  private static void readRest(InputStream in, ByteArrayOutputStream into) {
    try {
      in.transferTo(into);
    } catch (SocketException e) {
      into.writeBytes("<reset>".getBytes(ISO_8859_1));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void write(Socket socket, byte[] bytes, @Nullable Random cuts) throws IOException {
    int at = 0;
    try {
      while (at < bytes.length) {
        int most = cuts == null ? bytes.length : 1 + cuts.nextInt(LARGEST_PIECE);
        int count = Math.min(most, bytes.length - at);
        socket.getOutputStream().write(bytes, at, count);
        at += count;
      }
    } catch (SocketException e) {
      // The proxy has reset the connection.
    }
  }

  /** The frames that an endpoint sent, as the other one received them. */
  byte[] framesOf(Endpoint sender) {
    String all = new String(sender == Endpoint.CLIENT ? toServer : toClient, ISO_8859_1);
    return all.substring(all.indexOf("\r\n\r\n") + 4).getBytes(ISO_8859_1);
  }

  /**
   * One frame, masked with its own key if a client sends it; the payload is at most 65535 bytes.
   */
  static byte[] frame(Endpoint sender, int byte0, byte[] payload, int key) {
    boolean masked = sender == Endpoint.CLIENT;
    ByteBuffer out = ByteBuffer.allocate(payload.length + 8);
    out.put((byte) byte0);
    int mask = masked ? 0x80 : 0;
    if (payload.length < 126) {
      out.put((byte) (mask | payload.length));
    } else {
      out.put((byte) (mask | 126)).putShort((short) payload.length);
    }
    if (masked) {
      out.putInt(key);
    }
    for (int i = 0; i < payload.length; i++) {
      int part = masked ? key >>> (8 * (3 - i % 4)) : 0;
      out.put((byte) (payload[i] ^ part));
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  /** Compresses messages one after the other, with the context of those before if wanted. */
  static final class Deflating implements AutoCloseable {
    private final Deflater zlib = new Deflater(9, true);
    private final boolean takesOver;

    Deflating(boolean takesOver) {
      this.takesOver = takesOver;
    }

    byte[] message(byte[] plain) {
      if (!takesOver) {
        zlib.reset();
      }
      zlib.setInput(plain);
      byte[] out = new byte[plain.length + 100];
      int length = zlib.deflate(out, 0, out.length, Deflater.SYNC_FLUSH) - 4;
      return plain.length == 0 ? new byte[1] : Arrays.copyOf(out, length);
    }

    @Override
    public void close() {
      zlib.end();
    }
  }

  /** What an end reads in frames after an exchange of heads. */
  static Reading read(String request, String response, Endpoint sender, byte[] frames) {
    Reading reading = new Reading(sender);
    BufferPool pool = new BufferPool();
    try (Exchange exchange = new Exchange(Limits.NONE, null, pool, reading)) {
      exchange.feed(Endpoint.CLIENT, ByteBuffer.wrap(request.getBytes(ISO_8859_1)));
      exchange.feed(Endpoint.SERVER, ByteBuffer.wrap(response.getBytes(ISO_8859_1)));
      exchange.feed(sender, ByteBuffer.wrap(frames.clone()));
      exchange.end(sender);
    }
    pool.close();
    return reading;
  }

  /** What one end found. */
  static final class Reading implements ExchangeListener, FrameListener {
    private final Endpoint sender;
    private final ByteArrayOutputStream open = new ByteArrayOutputStream();
    final Set<Rule> broken = EnumSet.noneOf(Rule.class);
    final List<String> messages = new ArrayList<>();
    final List<String> controls = new ArrayList<>();
    final List<Integer> keys = new ArrayList<>();
    boolean incomplete;

    Reading(Endpoint sender) {
      this.sender = sender;
    }

    /** The text of the last message so far. */
    String start() {
      return open.toString(UTF_8);
    }

    private void add(List<Violation> violations) {
      violations.forEach(violation -> broken.add(violation.rule()));
    }

    @Override
    public void event(Event event) {
      if (event instanceof Event.Request request && sender == Endpoint.CLIENT) {
        add(request.result().violations());
      } else if (event instanceof Event.Response response && sender == Endpoint.SERVER) {
        add(response.violations());
      }
    }

    @Override
    public @Nullable FrameListener frames(@Nullable Endpoint of) {
      return of == sender ? this : new FrameListener() {};
    }

    @Override
    public void frameStarted(FrameHeader header, Endpoint from, List<Violation> violations) {
      add(violations);
      if (header.masked()) {
        keys.add(header.maskingKey());
      }
    }

    @Override
    public void headerIncomplete(
        IncompleteFrame cut, FrameHeader known, Endpoint from, List<Violation> violations) {
      add(violations);
    }

    @Override
    public void violation(Violation violation) {
      broken.add(violation.rule());
    }

    @Override
    public void messageStarted(Message message) {
      open.reset();
      incomplete = true;
    }

    @Override
    public void messageData(Message message, ByteBuffer data, boolean last) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      open.writeBytes(bytes);
    }

    @Override
    public void messageEnded(Message message) {
      messages.add(open.toString(message.type() == Opcode.TEXT ? UTF_8 : ISO_8859_1));
      incomplete = false;
    }

    @Override
    public void control(Opcode opcode, ByteBuffer payload) {
      controls.add(opcode.label());
    }

    @Override
    public void close(@Nullable CloseBody body) {
      controls.add("close");
    }

    @Override
    public void ended(@Nullable IncompleteFrame cut) {
      incomplete |= cut != null;
    }
  }
}
