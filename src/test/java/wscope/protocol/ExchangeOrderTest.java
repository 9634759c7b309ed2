package wscope.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.Framing;
import wscope.protocol.message.OutgoingMessage;
import wscope.protocol.rule.Endpoint;

/**
 * A connection reads the same whatever the order in which the bytes of its directions are seen, and
 * however they are cut: random conversations, legal and not, with both heads, one, or none.
 */
class ExchangeOrderTest {
  private static final int CONVERSATIONS = 12;
  private static final int INTERLEAVINGS = 8;

  /** Which heads are there. */
  private enum Heads {
    BOTH,
    REQUEST,
    RESPONSE,
    NONE
  }

  static Stream<Arguments> conversations() {
    return Stream.of(Heads.values())
        .flatMap(
            heads -> IntStream.range(0, CONVERSATIONS).mapToObj(seed -> Arguments.of(heads, seed)));
  }

  /** What each end of a connection has sent. */
  private record Conversation(Sent client, Sent server, @Nullable DeflateParameters agreed) {
    Sent by(Endpoint sender) {
      return sender == Endpoint.CLIENT ? client : server;
    }

    /** Without some of the heads. */
    Conversation with(Heads heads) {
      boolean keepsRequest = heads == Heads.BOTH || heads == Heads.REQUEST;
      boolean keepsResponse = heads == Heads.BOTH || heads == Heads.RESPONSE;
      return new Conversation(
          keepsRequest ? client : new Sent(new byte[0], client.frames),
          keepsResponse ? server : new Sent(new byte[0], server.frames),
          agreed);
    }

    /** With some bytes changed, taken out or put in, after the heads. */
    Conversation spoilt(Random random) {
      return new Conversation(
          new Sent(client.head, ExchangeOrderTest.spoilt(client.frames, random)),
          new Sent(server.head, ExchangeOrderTest.spoilt(server.frames, random)),
          agreed);
    }
  }

  /** What one end has sent. */
  private static final class Sent {
    private final byte[] head;
    private final byte[] frames;

    Sent(byte[] head, byte[] frames) {
      this.head = head;
      this.frames = frames;
    }

    byte[] all() {
      byte[] all = Arrays.copyOf(head, head.length + frames.length);
      System.arraycopy(frames, 0, all, head.length, frames.length);
      return all;
    }
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("conversations")
  void legal(Heads heads, int seed) {
    Conversation conversation = random(seed).with(heads);
    assertReadsTheSame(conversation, heads, seed);
    Observer observer = observer(conversation, heads);
    oneAfterTheOther(observer, conversation, Endpoint.CLIENT);
    boolean known = heads != Heads.REQUEST || conversation.agreed() == null;
    if (known) {
      assertEquals(List.of(), observer.broken(Endpoint.CLIENT));
      List<String> server =
          observer.broken(Endpoint.SERVER).stream()
              // Without its request a response is held against itself.
              .filter(rule -> heads != Heads.RESPONSE || !rule.startsWith("deflate-"))
              .toList();
      assertEquals(List.of(), server);
    }
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("conversations")
  void illegal(Heads heads, int seed) {
    Conversation conversation = random(seed).spoilt(new Random(seed)).with(heads);
    assertReadsTheSame(conversation, heads, seed);
  }

  /** What is compared is not empty. */
  @ParameterizedTest
  @EnumSource(Endpoint.class)
  void theRandomStreamsAreNotAllTheSame(Endpoint sender) {
    List<String> legal = texts(sender, ExchangeOrderTest::random);
    List<String> illegal = texts(sender, seed -> random(seed).spoilt(new Random(seed)));
    assertEquals(CONVERSATIONS, legal.stream().distinct().count());
    assertTrue(legal.stream().noneMatch(text -> text.contains("violation ")));
    assertTrue(illegal.stream().filter(text -> text.contains("violation ")).count() > 6);
  }

  private static List<String> texts(Endpoint sender, IntFunction<Conversation> conversations) {
    return IntStream.range(0, CONVERSATIONS)
        .mapToObj(conversations)
        .map(
            conversation -> {
              Observer observer = new Observer(null);
              oneAfterTheOther(observer, conversation, Endpoint.CLIENT);
              return observer.text(sender);
            })
        .toList();
  }

  private static void assertReadsTheSame(Conversation conversation, Heads heads, int seed) {
    Supplier<Observer> observers = () -> observer(conversation, heads);
    Observer expected = observers.get();
    oneAfterTheOther(expected, conversation, Endpoint.CLIENT);
    Observer serverFirst = observers.get();
    oneAfterTheOther(serverFirst, conversation, Endpoint.SERVER);
    assertSame(expected, serverFirst, "server first");
    Observer waiting = observers.get();
    clientBeforeTheResponse(waiting, conversation);
    assertSame(expected, waiting, "client before the response");
    for (int i = 0; i < INTERLEAVINGS; i++) {
      Observer mixed = observers.get();
      interleaved(mixed, conversation, new Random(1000L * seed + i));
      assertSame(expected, mixed, "interleaving " + i);
    }
    assertFramesAre(expected, conversation, heads);
  }

  /** What an observer knows from outside: the agreement, where no response tells it. */
  private static Observer observer(Conversation conversation, Heads heads) {
    return new Observer(heads == Heads.NONE ? conversation.agreed() : null);
  }

  /** The heads, then one direction, then the other. */
  private static void oneAfterTheOther(
      Observer observer, Conversation conversation, Endpoint first) {
    observer.feed(Endpoint.CLIENT, conversation.client().head);
    observer.feed(Endpoint.SERVER, conversation.server().head);
    for (Endpoint sender : List.of(first, first.peer())) {
      observer.feed(sender, conversation.by(sender).frames);
      observer.end(sender);
    }
  }

  private static void clientBeforeTheResponse(Observer observer, Conversation conversation) {
    for (Endpoint sender : Endpoint.values()) {
      observer.feed(sender, conversation.by(sender).all());
      observer.end(sender);
    }
  }

  /** Random pieces of both, the request first, for a response is held against it. */
  private static void interleaved(Observer observer, Conversation conversation, Random random) {
    observer.feed(Endpoint.CLIENT, conversation.client().head);
    ByteBuffer client = ByteBuffer.wrap(conversation.client().frames);
    ByteBuffer server = ByteBuffer.wrap(conversation.server().all());
    int largest = 1 << random.nextInt(9);
    while (client.hasRemaining() || server.hasRemaining()) {
      boolean fromClient = random.nextBoolean();
      ByteBuffer from = fromClient ? client : server;
      byte[] piece = new byte[Math.min(1 + random.nextInt(largest), from.remaining())];
      from.get(piece);
      observer.feed(fromClient ? Endpoint.CLIENT : Endpoint.SERVER, piece);
    }
    Endpoint first = random.nextBoolean() ? Endpoint.CLIENT : Endpoint.SERVER;
    observer.end(first);
    observer.end(first.peer());
  }

  private static void assertSame(Observer expected, Observer actual, String order) {
    for (Endpoint sender : Endpoint.values()) {
      assertEquals(expected.text(sender), actual.text(sender), order);
      assertEquals(0, actual.waiting(sender), order);
    }
  }

  /** Each direction is what a reader of its frames alone makes of them. */
  private static void assertFramesAre(Observer observer, Conversation conversation, Heads heads) {
    DeflateParameters agreed = heads == Heads.REQUEST ? null : conversation.agreed();
    for (Endpoint sender : Endpoint.values()) {
      byte[] frames = conversation.by(sender).frames;
      Recorder alone = Recorder.read(sender, Limits.NONE, agreed, frames);
      StringBuilder text = new StringBuilder();
      alone.lines().stream()
          .filter(line -> !line.startsWith("unfinished "))
          .forEach(line -> text.append(line).append('\n'));
      String ends = text + alone.found().toString() + " ends 1";
      assertTrue(observer.text(sender).endsWith("\n" + ends), () -> observer.text(sender) + ends);
    }
  }

  // Random conversations.

  private static Conversation random(int seed) {
    Random random = new Random(seed);
    DeflateParameters agreed =
        switch (seed % 3) {
          case 0 -> null;
          case 1 -> DeflateParameters.DEFAULT;
          default -> new DeflateParameters(true, true, 9, 10);
        };
    Pair pair = Pair.of(Limits.SERVER, random::nextInt, Pair.Cut.WHOLE).open(agreed);
    byte[] request = pair.sentBy(Endpoint.CLIENT);
    byte[] response = pair.sentBy(Endpoint.SERVER);
    for (int i = 0; i < 25; i++) {
      send(random.nextBoolean() ? pair.client() : pair.server(), random);
    }
    if (random.nextBoolean()) {
      pair.ends().forEach(end -> end.session().close(1000, "bye"));
    }
    return new Conversation(
        new Sent(request, pair.client().take(Integer.MAX_VALUE)),
        new Sent(response, pair.server().take(Integer.MAX_VALUE)),
        agreed);
  }

  private static void send(End from, Random random) {
    byte[] payload = "κόσμε 😀 ".repeat(random.nextInt(8)).getBytes(UTF_8);
    Framing framing = Framing.of(from.session().self()).maxPayload(1 + random.nextInt(100));
    switch (random.nextInt(4)) {
      case 0 ->
          from.session()
              .send(Opcode.PING, ByteBuffer.wrap(payload, 0, Math.min(payload.length, 125)));
      case 1 -> from.session().send(Opcode.TEXT, ByteBuffer.wrap(payload));
      case 2 ->
          from.session().send(new OutgoingMessage(Opcode.TEXT, ByteBuffer.wrap(payload), framing));
      default -> {
        random.nextBytes(payload);
        from.session().send(new OutgoingMessage(Opcode.BINARY, ByteBuffer.wrap(payload), framing));
      }
    }
  }

  private static byte[] spoilt(byte[] frames, Random random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte b : frames) {
      switch (random.nextInt(150)) {
        case 0 -> out.write(random.nextInt(256));
        case 1 -> out.write(b ^ 1 << random.nextInt(8));
        case 2 -> {}
        default -> out.write(b);
      }
    }
    return out.toByteArray();
  }
}
