package wscope.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.DeflateOffer;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.frame.Opcode;
import wscope.protocol.handshake.UpgradeRequest;
import wscope.protocol.message.Framing;
import wscope.protocol.message.OutgoingMessage;
import wscope.protocol.rule.Endpoint;

/**
 * A client and a server that talk to each other in memory. What one sends waits in a queue until
 * {@link #exchange} hands it over; the end of TCP follows what was sent before it.
 */
final class Pair {
  /** The nonce of RFC 6455 §1.3. */
  static final Consumer<byte[]> NONCE =
      into -> System.arraycopy("the sample nonce".getBytes(US_ASCII), 0, into, 0, into.length);

  private final End client;
  private final End server;
  private final Cut cut;
  private final Random random;
  private final ByteArrayOutputStream fromClient = new ByteArrayOutputStream();
  private final ByteArrayOutputStream fromServer = new ByteArrayOutputStream();
  private boolean serverHasEnd;
  private boolean clientHasEnd;

  /** How the bytes are cut on their way. */
  enum Cut {
    WHOLE,
    BYTES,
    SMALL_PIECES,
    PIECES
  }

  Pair(End client, End server, Cut cut) {
    this.client = client;
    this.server = server;
    this.cut = cut;
    random = new Random(cut.name().hashCode());
  }

  /** Both ends, nothing sent. */
  static Pair of(Limits limits, Cut cut) {
    return of(limits, End.KEY_OF_RFC, cut);
  }

  /** Both ends, nothing sent, and where the client gets its masking keys. */
  static Pair of(Limits limits, IntSupplier maskingKeys, Cut cut) {
    return new Pair(End.client(limits, maskingKeys), End.server(limits), cut);
  }

  /** The request of RFC 6455 §1.2, but for its subprotocols. */
  static UpgradeRequest request() {
    return UpgradeRequest.to("server.example.com", "/chat", NONCE);
  }

  /** Opens the WebSocket without extensions. */
  Pair open() {
    client.connect(request().build());
    exchange();
    assertOpen();
    return this;
  }

  /**
   * Opens it with permessage-deflate.
   *
   * @param offer of the client
   * @param preferred of the server
   * @param agreed what must come of it
   */
  Pair open(DeflateOffer offer, DeflateParameters preferred, DeflateParameters agreed) {
    server.deciding(request -> new UpgradeResponse.Accept(null, preferred, List.of(), List.of()));
    client.connect(request().deflate(List.of(offer)).build());
    exchange();
    assertOpen();
    assertEquals(agreed, client.session().agreed());
    assertEquals(agreed, server.session().agreed());
    return this;
  }

  /** Opens it so that this holds for permessage-deflate; null for none. */
  Pair open(@Nullable DeflateParameters agreed) {
    if (agreed == null) {
      return open();
    }
    DeflateOffer offer =
        new DeflateOffer(
            agreed.serverNoContextTakeover(),
            agreed.clientNoContextTakeover(),
            agreed.serverMaxWindowBits(),
            agreed.clientMaxWindowBits());
    return open(offer, agreed, agreed);
  }

  /** All that was handed over from an endpoint. */
  byte[] sentBy(Endpoint sender) {
    return (sender == Endpoint.CLIENT ? fromClient : fromServer).toByteArray();
  }

  End client() {
    return client;
  }

  End server() {
    return server;
  }

  Stream<End> ends() {
    return Stream.of(client, server);
  }

  /** Hands everything over, in both directions by turns, until nothing is on its way. */
  void exchange() {
    while (client.hasOutput() || server.hasOutput() || endIsOnItsWay()) {
      boolean clientIsNext = client.hasOutput() && (!server.hasOutput() || random.nextBoolean());
      if (clientIsNext) {
        server.feed(noted(fromClient, client.take(size())));
      } else if (server.hasOutput()) {
        client.feed(noted(fromServer, server.take(size())));
      } else {
        handEndOver();
      }
    }
  }

  private static byte[] noted(ByteArrayOutputStream into, byte[] bytes) {
    into.writeBytes(bytes);
    return bytes;
  }

  private int size() {
    return switch (cut) {
      case WHOLE -> Integer.MAX_VALUE;
      case BYTES -> 1;
      case SMALL_PIECES -> 1 + random.nextInt(7);
      case PIECES -> 1 + random.nextInt(200);
    };
  }

  private boolean endIsOnItsWay() {
    return (client.ends() > 0 && !serverHasEnd) || (server.ends() > 0 && !clientHasEnd);
  }

  private void handEndOver() {
    if (client.ends() > 0 && !serverHasEnd) {
      serverHasEnd = true;
      server.session().end();
    } else {
      clientHasEnd = true;
      client.session().end();
    }
  }

  void assertOpen() {
    ends()
        .forEach(
            end -> {
              assertEquals(Session.State.OPEN, end.session().state());
              assertTrue(end.session().hasOpened());
              assertEquals(1, end.opened());
              assertEquals(0, end.ends());
              assertEquals(List.of(), end.brokenByHeads());
            });
  }

  /** TCP has ended on both sides, each of which did it once. */
  void assertGone() {
    ends()
        .forEach(
            end -> {
              assertEquals(Session.State.CLOSED, end.session().state());
              assertEquals(1, end.ends());
            });
  }

  /** Each end shows as received what the other shows as sent. */
  void assertBothSeeTheSame() {
    assertEquals(client.sent().text(), server.received().text());
    assertEquals(server.sent().text(), client.received().text());
    assertEquals(client.session().totalsSent(), server.session().totalsReceived());
    assertEquals(server.session().totalsSent(), client.session().totalsReceived());
  }

  /** A message or control frame as an end sends it. */
  static OutgoingMessage outgoing(End from, Opcode opcode, byte[] payload) {
    return new OutgoingMessage(opcode, ByteBuffer.wrap(payload), Framing.of(from.session().self()));
  }
}
