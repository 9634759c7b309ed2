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
import wscope.protocol.deflate.Compression;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.Framing;
import wscope.protocol.message.OutgoingMessage;
import wscope.protocol.rule.Endpoint;

/**
 * An {@link Exchange} reports the same in whatever order it reads the bytes of the two directions,
 * and however they are split: random conversations, valid and invalid, with both heads, one, or
 * none.
 */
class ExchangeOrderTest {
  private static final int CONVERSATIONS = 12;
  private static final int INTERLEAVINGS = 8;

  /** Which heads a conversation has. */
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

  /** What each endpoint has sent. */
  private record Conversation(Sent client, Sent server, @Nullable DeflateParameters agreed) {
    Sent by(Endpoint sender) {
      return sender == Endpoint.CLIENT ? client : server;
    }

    /** The same with only these heads. */
    Conversation with(Heads heads) {
      boolean keepsRequest = heads == Heads.BOTH || heads == Heads.REQUEST;
      boolean keepsResponse = heads == Heads.BOTH || heads == Heads.RESPONSE;
      return new Conversation(
          keepsRequest ? client : new Sent(new byte[0], client.frames),
          keepsResponse ? server : new Sent(new byte[0], server.frames),
          agreed);
    }

    /** The same with some bytes changed, removed or inserted after the heads. */
    Conversation corrupted(Random random) {
      return new Conversation(
          new Sent(client.head, ExchangeOrderTest.corrupted(client.frames, random)),
          new Sent(server.head, ExchangeOrderTest.corrupted(server.frames, random)),
          agreed);
    }
  }

  /** What one endpoint has sent. */
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
  void readsAValidConversationTheSameInAnyOrder(Heads heads, int seed) {
    Conversation conversation = random(seed).with(heads);
    assertReadsTheSame(conversation, heads, seed);
    Observer observer = observer(conversation, heads);
    oneDirectionAfterTheOther(observer, conversation, Endpoint.CLIENT);
    boolean known = heads != Heads.REQUEST || conversation.agreed() == null;
    if (known) {
      assertEquals(List.of(), observer.broken(Endpoint.CLIENT));
      List<String> server =
          observer.broken(Endpoint.SERVER).stream()
              // Without a request, the agreement is checked against the response itself.
              .filter(rule -> heads != Heads.RESPONSE || !rule.startsWith("deflate-"))
              .toList();
      assertEquals(List.of(), server);
    }
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("conversations")
  void readsAnInvalidConversationTheSameInAnyOrder(Heads heads, int seed) {
    Conversation conversation = random(seed).corrupted(new Random(seed)).with(heads);
    assertReadsTheSame(conversation, heads, seed);
  }

  /** The streams that are compared differ, and only the corrupted ones break rules. */
  @ParameterizedTest
  @EnumSource(Endpoint.class)
  void randomConversationsDiffer(Endpoint sender) {
    List<String> valid = texts(sender, ExchangeOrderTest::random);
    List<String> corrupted = texts(sender, seed -> random(seed).corrupted(new Random(seed)));
    assertEquals(CONVERSATIONS, valid.stream().distinct().count());
    assertTrue(valid.stream().noneMatch(text -> text.contains("violation ")));
    assertTrue(corrupted.stream().filter(text -> text.contains("violation ")).count() > 6);
  }

  private static List<String> texts(Endpoint sender, IntFunction<Conversation> conversations) {
    return IntStream.range(0, CONVERSATIONS)
        .mapToObj(conversations)
        .map(
            conversation -> {
              Observer observer = new Observer(null);
              oneDirectionAfterTheOther(observer, conversation, Endpoint.CLIENT);
              return observer.text(sender);
            })
        .toList();
  }

  private static void assertReadsTheSame(Conversation conversation, Heads heads, int seed) {
    Supplier<Observer> observers = () -> observer(conversation, heads);
    Observer expected = observers.get();
    oneDirectionAfterTheOther(expected, conversation, Endpoint.CLIENT);
    Observer serverFirst = observers.get();
    oneDirectionAfterTheOther(serverFirst, conversation, Endpoint.SERVER);
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

  /** An observer that is given the agreement if no head shows it. */
  private static Observer observer(Conversation conversation, Heads heads) {
    return new Observer(heads == Heads.NONE ? conversation.agreed() : null);
  }

  /** The heads, then one direction, then the other. */
  private static void oneDirectionAfterTheOther(
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

  /**
   * Random pieces of both directions. The request comes first, to check the response against it.
   */
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

  /** Each direction reports what a reader of its frames alone reports. */
  private static void assertFramesAre(Observer observer, Conversation conversation, Heads heads) {
    boolean unknown =
        heads == Heads.REQUEST || (heads == Heads.NONE && conversation.agreed() == null);
    DeflateParameters agreed = unknown ? DeflateParameters.DEFAULT : conversation.agreed();
    Compression.Use use = unknown ? Compression.Use.ASSUMED : Compression.Use.AGREED;
    for (Endpoint sender : Endpoint.values()) {
      byte[] frames = conversation.by(sender).frames;
      Recorder alone =
          heads == Heads.REQUEST || heads == Heads.NONE
              ? Recorder.readUnknown(sender, agreed, use, frames)
              : Recorder.read(sender, Limits.NONE, agreed, use, frames);
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

  private static void send(TestEndpoint from, Random random) {
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

  private static byte[] corrupted(byte[] frames, Random random) {
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
