package wscope.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.connection.Behaviour.Trigger;
import wscope.connection.InvalidParameter;
import wscope.connection.Timeouts;
import wscope.net.LinkLimits;
import wscope.protocol.frame.Opcode;
import wscope.protocol.rule.Endpoint;
import wscope.support.RawClient;
import wscope.support.SampleHandshake;

/** What an end receives if the proxy changes what the other one sends. */
@Timeout(60)
class ProxiedChangesTest {
  private static final String EXTENSIONS = "Sec-WebSocket-Extensions: ";

  static Changes replacing(String... values) throws InvalidParameter {
    List<Replacement> all = new ArrayList<>();
    for (String value : values) {
      all.add(Replacement.parse(value));
    }
    return new Changes(Shape.NONE, List.of(), all, null, Set.of(), false);
  }

  private static Changes dropping(Trigger drop) {
    return new Changes(Shape.NONE, List.of(), List.of(), drop, Set.of(), false);
  }

  private static Changes silent(Opcode... opcodes) {
    return new Changes(Shape.NONE, List.of(), List.of(), null, Set.of(opcodes), false);
  }

  /** Random messages of one end, as frames, and what the other end must read. */
  private static final class Messages {
    private static final String[] WORDS = {
      "cat ", "dog ", "é😀 ", "category ", "", "x".repeat(300)
    };

    private final Random random;
    private final Endpoint sender;
    private final boolean compresses;
    private final ThroughProxy.Deflating zlib;
    private final ByteArrayOutputStream frames = new ByteArrayOutputStream();
    private final List<String> texts = new ArrayList<>();
    private final List<String> controls = new ArrayList<>();
    private boolean hasCat;

    /** The odds against a ping or pong after a frame; 0 for none. */
    private int odds = 3;

    Messages(Random random, Endpoint sender, boolean compresses, boolean takesOver) {
      this.random = random;
      this.sender = sender;
      this.compresses = compresses;
      zlib = new ThroughProxy.Deflating(takesOver);
    }

    Messages withoutPings() {
      odds = 0;
      return this;
    }

    Messages fill(int count) {
      for (int i = 0; i < count; i++) {
        message();
      }
      zlib.close();
      return this;
    }

    private void message() {
      boolean text = random.nextInt(3) > 0;
      StringBuilder words = new StringBuilder();
      for (int left = random.nextInt(20); left > 0; left--) {
        words.append(WORDS[random.nextInt(WORDS.length)]);
      }
      byte[] plain = words.toString().getBytes(UTF_8);
      hasCat |= text && words.indexOf("cat") >= 0;
      texts.add(
          text
              ? words.toString().replaceAll("(c)at(egory)?", "<$1>")
              : new String(plain, java.nio.charset.StandardCharsets.ISO_8859_1));
      boolean compressed = compresses && random.nextInt(4) > 0;
      byte[] payload = compressed ? zlib.message(plain) : plain;
      int first = (text ? 1 : 2) | (compressed ? 0x40 : 0);
      int at = 0;
      boolean last;
      do {
        int count = Math.min(payload.length - at, 1 + random.nextInt(3000));
        last = at + count == payload.length;
        byte[] part = Arrays.copyOfRange(payload, at, at + count);
        frame((at == 0 ? first : 0) | (last ? 0x80 : 0), part);
        at += count;
        if (odds > 0 && random.nextInt(odds) == 0) {
          boolean ping = random.nextBoolean();
          controls.add(ping ? "ping" : "pong");
          frame(ping ? 0x89 : 0x8a, new byte[random.nextInt(5)]);
        }
      } while (!last);
    }

    private void frame(int byte0, byte[] payload) {
      frames.writeBytes(ThroughProxy.frame(sender, byte0, payload, random.nextInt()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "permessage-deflate",
        "permessage-deflate; client_no_context_takeover; server_no_context_takeover",
        "permessage-deflate; client_max_window_bits=9; server_max_window_bits=10"
      })
  void replacesInRandomMessagesCutAnywhere(String extensions) throws Exception {
    String[] fields = extensions.isEmpty() ? new String[0] : new String[] {EXTENSIONS + extensions};
    String request = SampleHandshake.request("localhost", "/chat", fields);
    String response = SampleHandshake.with(SampleHandshake.RESPONSE, fields);
    // A deflater of the JDK has no smaller window, so it must forget after each message.
    boolean takesOver = !extensions.contains("no_context") && !extensions.contains("bits");
    Changes changes = replacing("(c)at(egory)?=<$1>");
    for (int i = 0; i < 40; i++) {
      Random random = new Random(i);
      Endpoint sender = i % 2 == 0 ? Endpoint.CLIENT : Endpoint.SERVER;
      boolean client = sender == Endpoint.CLIENT;
      boolean compresses = !extensions.isEmpty() && !extensions.contains("bits");
      Messages changed = new Messages(random, sender, compresses, takesOver).fill(8);
      Messages others = new Messages(random, sender.peer(), compresses, takesOver).fill(5);
      byte[] own = changed.frames.toByteArray();
      byte[] other = others.frames.toByteArray();
      ThroughProxy passed =
          ThroughProxy.run(
              client ? changes : Changes.NONE,
              client ? Changes.NONE : changes,
              request,
              response,
              client ? own : other,
              client ? other : own,
              random);
      ThroughProxy.Reading found =
          ThroughProxy.read(request, response, sender, passed.framesOf(sender));
      assertEquals(Set.of(), found.broken, passed::screen);
      assertEquals(changed.texts, found.messages, passed::screen);
      assertEquals(changed.controls, found.controls, passed::screen);
      assertArrayEquals(other, passed.framesOf(sender.peer()), passed::screen);
      if (!changed.hasCat) {
        assertArrayEquals(own, passed.framesOf(sender), passed::screen);
      }
      boolean told = passed.screen().contains("no longer passes byte for byte");
      assertEquals(changed.hasCat, told, passed::screen);
      boolean takesContext = !extensions.isEmpty() && !extensions.contains("no_context");
      boolean again = passed.screen().contains("its messages are compressed again");
      assertEquals(changed.hasCat && takesContext, again, passed::screen);
    }
  }

  // What the user does while bytes pass.

  /** A proxy between two sockets whose handshake has passed. */
  static final class Open implements AutoCloseable {
    private final ServerSocket accepting;
    final RunningProxy proxy;
    final RawClient client;
    final RawClient server;

    Open(Changes ofClient, Changes ofServer, String... fields) throws Exception {
      this(ofClient, ofServer, RunningProxy.LONG, fields);
    }

    Open(Changes ofClient, Changes ofServer, Timeouts timeouts, String... fields) throws Exception {
      accepting = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      proxy = RunningProxy.changing(accepting.getLocalPort(), ofClient, ofServer, timeouts);
      client = proxy.connect();
      client.send(SampleHandshake.request("localhost", "/chat", fields).getBytes(UTF_8));
      Socket socket = accepting.accept();
      server = new RawClient(socket);
      server.head();
      server.send(SampleHandshake.with(SampleHandshake.RESPONSE, fields).getBytes(UTF_8));
      client.head();
    }

    /** Does something on the thread of the proxy. */
    <T> T on(Function<ProxiedConnection, T> action) throws Exception {
      CompletableFuture<T> done = new CompletableFuture<>();
      proxy
          .proxy()
          .execute(
              () -> {
                try {
                  done.complete(action.apply(proxy.proxy().proxied().get(0)));
                } catch (RuntimeException e) {
                  done.completeExceptionally(e);
                }
              });
      return done.get(10, SECONDS);
    }

    void hold(boolean on) throws Exception {
      on(
          connection -> {
            connection.hold(on);
            return null;
          });
    }

    @Override
    public void close() throws IOException {
      client.close();
      server.close();
      proxy.close();
      accepting.close();
    }
  }

  @Test
  void messagesWaitUntilTheUserLetsThemPass() throws Exception {
    try (Open open = new Open(Changes.NONE, Changes.NONE)) {
      byte[] one = ThroughProxy.frame(Endpoint.CLIENT, 0x81, "one".getBytes(UTF_8), 1);
      byte[] two = ThroughProxy.frame(Endpoint.SERVER, 0x81, "two".getBytes(UTF_8), 0);
      byte[] three = ThroughProxy.frame(Endpoint.CLIENT, 0x81, "three".getBytes(UTF_8), 2);
      byte[] ping = ThroughProxy.frame(Endpoint.CLIENT, 0x89, new byte[] {1}, 3);
      open.hold(true);
      open.client.send(one);
      open.proxy.await("frame 1 of the client waits for /next or /drop");
      open.server.send(two);
      open.proxy.await("frame 1 of the server waits");
      open.client.send(three, ping);
      open.server.expect(ping);
      assertEquals(3, open.on(ProxiedConnection::waiting));
      assertTrue(open.<Boolean>on(ProxiedConnection::next));
      open.server.expect(one);
      assertTrue(open.<Boolean>on(ProxiedConnection::dropNext));
      open.proxy.await("frame 1 of the server, which has waited, is discarded");
      assertTrue(open.<Boolean>on(c -> c.inject(Endpoint.SERVER, UTF_8.encode("new"))));
      open.client.expect("81 03 6e 65 77");
      open.hold(false);
      open.server.expect(three);
      assertFalse(open.<Boolean>on(ProxiedConnection::next));
      open.client.send(one);
      open.server.expect(one);
    }
  }

  /** The end of an endpoint waits with its messages, which the user still decides about. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void messagesThatWaitCanStillPassAfterTheEndOfTheirSender(boolean resets) throws Exception {
    try (Open open = new Open(Changes.NONE, Changes.NONE)) {
      byte[] one = ThroughProxy.frame(Endpoint.CLIENT, 0x81, "one".getBytes(UTF_8), 1);
      byte[] two = ThroughProxy.frame(Endpoint.CLIENT, 0x81, "two".getBytes(UTF_8), 2);
      open.hold(true);
      open.client.send(one, two);
      open.proxy.await("frame 2 of the client waits");
      if (resets) {
        open.client.reset();
        open.proxy.awaitClientGone();
      } else {
        open.client.shutdownOutput();
        open.proxy.awaitClientEnd();
      }
      assertTrue(open.<Boolean>on(ProxiedConnection::isOpen));
      assertTrue(open.<Boolean>on(ProxiedConnection::dropNext));
      assertTrue(open.<Boolean>on(ProxiedConnection::isOpen));
      assertTrue(open.<Boolean>on(ProxiedConnection::next));
      open.server.expect(two);
      if (resets) {
        assertReset(open.server);
      } else {
        open.server.expectEnd();
        assertFalse(open.<Boolean>on(ProxiedConnection::isOpen));
      }
    }
  }

  /** The first change in the middle of a message takes effect at its end. */
  @Test
  void injectsAfterTheMessageThatIsBeingSent() throws Exception {
    try (Open open = new Open(Changes.NONE, Changes.NONE)) {
      byte[] message = ThroughProxy.frame(Endpoint.CLIENT, 0x01, "begin".getBytes(UTF_8), 77);
      byte[] rest = ThroughProxy.frame(Endpoint.CLIENT, 0x80, "end".getBytes(UTF_8), 78);
      open.client.send(Arrays.copyOf(message, 3));
      open.server.expect(Arrays.copyOf(message, 3));
      open.proxy.await("101");
      assertFalse(open.<Boolean>on(c -> c.inject(Endpoint.CLIENT, UTF_8.encode("in"))));
      open.client.send(Arrays.copyOfRange(message, 3, message.length), rest);
      open.server.expect(Arrays.copyOfRange(message, 3, message.length), rest);
      RawClient.Frame injected = open.server.next();
      assertTrue(injected.masked());
      assertEquals("in", UTF_8.decode(injected.payload()).toString());
    }
  }

  /** Messages that wait are bounded: then nothing more is read. */
  @Test
  void readsNothingMoreWhileTooMuchWaits() throws Exception {
    try (Open open = new Open(Changes.NONE, Changes.NONE)) {
      open.hold(true);
      byte[] large = ThroughProxy.frame(Endpoint.SERVER, 0x82, new byte[60_000], 0);
      CompletableFuture<Void> sent =
          CompletableFuture.runAsync(
              () -> {
                try {
                  for (int i = 0; i < 400; i++) {
                    open.server.send(large);
                  }
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      open.proxy.await("too much waits, so nothing more of the server is read");
      int waiting = open.on(ProxiedConnection::waiting);
      assertTrue(waiting < 80, () -> waiting + " messages wait");
      assertFalse(sent.isDone());
      open.hold(false);
      for (int i = 0; i < 400; i++) {
        open.client.expect(large);
      }
      sent.get(10, SECONDS);
    }
  }

  @Test
  void closesBothEnds() throws Exception {
    try (Open open = new Open(Changes.NONE, Changes.NONE)) {
      open.on(
          connection -> {
            connection.close(1001, "bye");
            return null;
          });
      open.client.expect("88 05 03 e9 62 79 65");
      assertEquals(0x88, open.server.next().first());
      open.client.send(ThroughProxy.frame(Endpoint.CLIENT, 0x88, new byte[] {3, (byte) 0xe9}, 9));
      open.proxy.await("nothing more of the client passes: wscope has sent a Close in its name");
      open.server.send("88 02 03 e9");
      open.server.disconnect();
      open.client.expectEnd();
      open.client.disconnect();
      open.proxy.nextParted();
      assertInOrder(open.proxy.screen(), "C> close ", "= ended    nothing more of the client");
      assertInOrder(open.proxy.screen(), "S> close ", "= ended    nothing more of the server");
    }
  }

  private static void assertInOrder(String screen, String... texts) {
    int at = 0;
    for (String text : texts) {
      int next = screen.indexOf(text, at);
      assertTrue(next >= 0, () -> text + " is missing or too early in " + screen);
      at = next + text.length();
    }
  }

  /** One read may follow the bytes that have reached the limit, and one message may be longer. */
  @Test
  void readsNoMoreThanAReceiverTakesOfWhatIsChanged() throws Exception {
    try (Open open = new Open(Changes.NONE, replacing("a=b"))) {
      byte[] sent = new byte[60_000];
      Arrays.fill(sent, (byte) 'x');
      sent[sent.length - 1] = 'a';
      byte[] changed = sent.clone();
      changed[changed.length - 1] = 'b';
      byte[] frame = RawClient.plain(0x81, sent);
      int frames = 500;
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(
              () -> {
                try {
                  for (int i = 0; i < frames; i++) {
                    open.server.send(frame);
                  }
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      long highWater = LinkLimits.DEFAULT.highWater();
      long queued = open.proxy.queueAbove(highWater);
      assertTrue(queued > highWater, () -> queued + " bytes");
      assertTrue(queued <= highWater + (512 << 10), () -> queued + " bytes");
      assertTrue(highWater <= 4 << 20);
      assertFalse(sending.isDone(), "the server could send 30 MB that nobody read");
      byte[] expected = RawClient.plain(0x81, changed);
      for (int i = 0; i < frames; i++) {
        open.client.expect(expected);
      }
      sending.get(10, SECONDS);
    }
  }

  /** Holding changes no byte, whenever it begins and ends, even inside a header. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void holdingForAWhileChangesNoByte(boolean compresses) throws Exception {
    String[] fields = compresses ? new String[] {EXTENSIONS + "permessage-deflate"} : new String[0];
    for (int i = 0; i < 20; i++) {
      Random random = new Random(i);
      // Pings and pongs do not wait, so they would pass messages that do.
      Messages messages = new Messages(random, Endpoint.CLIENT, compresses, true).withoutPings();
      byte[] sent = messages.fill(6).frames.toByteArray();
      try (Open open = new Open(Changes.NONE, Changes.NONE, fields)) {
        CompletableFuture<byte[]> received =
            CompletableFuture.supplyAsync(() -> readAll(open.server, sent.length));
        int at = 0;
        while (at < sent.length) {
          int count = Math.min(1 + random.nextInt(40), sent.length - at);
          open.client.send(Arrays.copyOfRange(sent, at, at + count));
          at += count;
          if (random.nextInt(4) == 0) {
            open.hold(random.nextBoolean());
          }
        }
        open.hold(false);
        assertArrayEquals(sent, received.get(10, SECONDS), open.proxy::screen);
        assertFalse(open.proxy.screen().contains("= changed"), open.proxy::screen);
      }
    }
  }

  /** 36 MB exceed all socket buffers. */
  @Test
  void messagesThatWaitTakeAtMost4MiB() throws Exception {
    int length = 60_000;
    int count = 600;
    byte[] frame = ThroughProxy.frame(Endpoint.CLIENT, 0x82, new byte[length], 1);
    try (Open open = new Open(Changes.NONE, Changes.NONE)) {
      open.hold(true);
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(
              () -> {
                try {
                  for (int i = 0; i < count; i++) {
                    open.client.send(frame);
                  }
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      open.proxy.await("too much waits, so nothing more of the client is read");
      long waiting =
          open.proxy
              .screen()
              .lines()
              .filter(line -> line.endsWith("waits for /next or /drop"))
              .count();
      assertTrue(waiting > 10, open.proxy::screen);
      assertTrue((waiting - 1) * length <= 4 << 20, waiting + " messages");
      assertFalse(sending.isDone(), "the proxy reads on");
      open.hold(false);
      for (int i = 0; i < count; i++) {
        open.server.expect(frame);
      }
      sending.get(10, SECONDS);
    }
  }

  private static byte[] readAll(RawClient end, int count) {
    byte[] all = new byte[count];
    try {
      int at = 0;
      while (at < count) {
        byte[] part = new byte[count - at];
        int read = end.read(part);
        if (read < 0) {
          break;
        }
        System.arraycopy(part, 0, all, at, read);
        at += read;
      }
      return Arrays.copyOf(all, at);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  // Dropping and keeping silent.

  @Test
  void resetsBothAfterSomeMessages() throws Exception {
    byte[] frames =
        RawClient.join(
            RawClient.plain(0x81, new byte[] {'a'}),
            RawClient.plain(0x81, new byte[] {'b'}),
            RawClient.plain(0x81, new byte[] {'c'}));
    Open open = new Open(Changes.NONE, dropping(new Trigger.Messages(2)));
    open.server.send(frames);
    open.client.expect("81 01 61 81 01 62");
    assertReset(open.client);
    assertReset(open.server);
    open.proxy.await("wscope reset TCP (RST); an API reports 1006; on purpose after 2 messages");
    open.close();
  }

  @Test
  void resetsBothAfterSomeBytes() throws Exception {
    Open open = new Open(dropping(new Trigger.Bytes(3)), Changes.NONE);
    open.client.send(ThroughProxy.frame(Endpoint.CLIENT, 0x81, new byte[] {'a'}, 1));
    open.server.expect("81 81 00");
    assertReset(open.server);
    assertReset(open.client);
    open.proxy.await("on purpose after 3 bytes of the client");
    open.close();
  }

  static void assertReset(RawClient end) {
    org.junit.jupiter.api.Assertions.assertThrows(
        java.net.SocketException.class, () -> end.read(new byte[1]));
  }

  @Test
  void doesNotPassSilencedFrames() throws Exception {
    byte[] frames =
        RawClient.join(
            RawClient.plain(0x89, new byte[] {1}),
            RawClient.plain(0x8a, new byte[] {2}),
            RawClient.plain(0x81, new byte[] {'a'}),
            RawClient.plain(0x88, new byte[] {3, (byte) 0xe8}));
    ThroughProxy passed =
        ThroughProxy.run(
            Changes.NONE,
            silent(Opcode.PING, Opcode.CLOSE),
            SampleHandshake.request(),
            SampleHandshake.RESPONSE,
            new byte[0],
            frames,
            new Random(1));
    assertArrayEquals(
        RawClient.join(
            RawClient.plain(0x8a, new byte[] {2}), RawClient.plain(0x81, new byte[] {'a'})),
        passed.framesOf(Endpoint.SERVER));
    assertTrue(
        passed.screen().contains("= silent   frame 1 of the server, a ping, does not pass"),
        passed.screen());
    assertInOrder(
        passed.screen(),
        "S> frame 1 ",
        "= silent   frame 1 ",
        "S> frame 4 ",
        "= silent   frame 4 ");
  }

  /** The server seems to stop reading, so nothing of the client is read. */
  @Test
  void readsNothingForAnEndThatSeemsToHaveStoppedReading() throws Exception {
    Changes stopped = new Changes(Shape.NONE, List.of(), List.of(), null, Set.of(), true);
    try (Open open = new Open(Changes.NONE, stopped)) {
      open.proxy.await("nothing more of the client is read, as if the server had stopped reading");
      CompletableFuture<Void> sent =
          CompletableFuture.runAsync(
              () -> {
                try {
                  open.client.sendUntilBlocked(300, new byte[1 << 16], 1000);
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
              });
      open.server.send("81 01 61");
      open.client.expect("81 01 61");
      sent.get(20, SECONDS);
      assertEquals(0, open.server.available());
    }
  }

  /** As the help says: after 10 minutes, here after 50 ms. */
  @Test
  void endsAfterATimeIfAnEndSeemsToHaveStoppedReading() throws Exception {
    assertEquals(Duration.ofMinutes(10), Timeouts.DEFAULT.withheld());
    Changes stopped = new Changes(Shape.NONE, List.of(), List.of(), null, Set.of(), true);
    Duration rest = Duration.ofSeconds(30);
    Timeouts timeouts = new Timeouts(rest, rest, Duration.ofMillis(50));
    try (Open open = new Open(Changes.NONE, stopped, timeouts)) {
      open.client.expectEnd();
      open.server.expectEnd();
    }
  }

  // What a replacement may cost.

  @Test
  void aSearchThatTakesTooLongChangesNothing() throws Exception {
    byte[] text = ("a".repeat(5000) + "!").getBytes(UTF_8);
    byte[] frames = ThroughProxy.frame(Endpoint.SERVER, 0x81, text, 0);
    for (String regex : List.of("(a|aa)+$=x", "(a*)*b=x")) {
      ThroughProxy passed =
          ThroughProxy.run(
              Changes.NONE,
              replacing(regex),
              SampleHandshake.request(),
              SampleHandshake.RESPONSE,
              new byte[0],
              frames,
              null);
      assertArrayEquals(frames, passed.framesOf(Endpoint.SERVER));
      assertTrue(
          passed.screen().contains("frame 1 of the server passes as received: the search"),
          passed.screen());
    }
  }

  /** As the help says: a text of 1000 KiB is changed, one that is longer passes as received. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aTextOfUpTo1000KiBIsChanged(int more) throws Exception {
    byte[] text = new byte[(1000 << 10) + more];
    Arrays.fill(text, (byte) 'x');
    byte[] changed = text.clone();
    text[text.length - 1] = 'c';
    changed[text.length - 1] = 'd';
    ThroughProxy passed =
        ThroughProxy.run(
            Changes.NONE,
            replacing("c=d"),
            SampleHandshake.request(),
            SampleHandshake.RESPONSE,
            new byte[0],
            RawClient.plain(0x81, text),
            null);
    byte[] expected = RawClient.plain(0x81, more == 0 ? changed : text);
    assertArrayEquals(expected, passed.framesOf(Endpoint.SERVER));
    assertEquals(more > 0, passed.screen().contains("passes as received: it is too long"));
  }

  @Test
  void aMessageThatIsTooLongPassesAsReceived() throws Exception {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    byte[] part = "cat".repeat(20_000).getBytes(UTF_8);
    for (int i = 0; i < 80; i++) {
      int first = (i == 0 ? 1 : 0) | (i == 79 ? 0x80 : 0);
      frames.writeBytes(ThroughProxy.frame(Endpoint.SERVER, first, part, 0));
    }
    ThroughProxy passed =
        ThroughProxy.run(
            Changes.NONE,
            replacing("cat=dog"),
            SampleHandshake.request(),
            SampleHandshake.RESPONSE,
            new byte[0],
            frames.toByteArray(),
            null);
    assertArrayEquals(frames.toByteArray(), passed.framesOf(Endpoint.SERVER));
    assertTrue(
        passed.screen().contains("frame 1 of the server passes as received: it is too long"),
        passed.screen());
  }
}
