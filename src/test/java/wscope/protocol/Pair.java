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
import wscope.protocol.handshake.UpgradeRequestBuilder;
import wscope.protocol.message.Framing;
import wscope.protocol.message.OutgoingMessage;
import wscope.protocol.rule.Endpoint;

/**
 * A client and a server connected in memory. {@link #exchange} delivers what they have sent; the
 * end of TCP arrives after the bytes sent before it.
 */
final class Pair {
  /** The nonce of RFC 6455 §1.3. */
  static final Consumer<byte[]> NONCE =
      into -> System.arraycopy("the sample nonce".getBytes(US_ASCII), 0, into, 0, into.length);

  private final TestEndpoint client;
  private final TestEndpoint server;
  private final Cut cut;
  private final Random random;
  private final ByteArrayOutputStream fromClient = new ByteArrayOutputStream();
  private final ByteArrayOutputStream fromServer = new ByteArrayOutputStream();
  private boolean serverGotEnd;
  private boolean clientGotEnd;

  /** How the bytes are split on their way. */
  enum Cut {
    WHOLE,
    BYTES,
    SMALL_PIECES,
    PIECES
  }

  Pair(TestEndpoint client, TestEndpoint server, Cut cut) {
    this.client = client;
    this.server = server;
    this.cut = cut;
    random = new Random(cut.name().hashCode());
  }

  /** A pair that has sent nothing. */
  static Pair of(Limits limits, Cut cut) {
    int[] key = {0x37fa213d};
    return of(limits, () -> key[0]++, cut);
  }

  /** The same; {@code maskingKeys} supplies the keys of the client. */
  static Pair of(Limits limits, IntSupplier maskingKeys, Cut cut) {
    return new Pair(TestEndpoint.client(limits, maskingKeys), TestEndpoint.server(limits), cut);
  }

  /** The request of RFC 6455 §1.2 without its subprotocols. */
  static UpgradeRequestBuilder request() {
    return UpgradeRequestBuilder.to("server.example.com", "/chat", NONCE);
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
   * @param agreed the agreement that must result
   */
  Pair open(DeflateOffer offer, DeflateParameters preferred, DeflateParameters agreed) {
    server.deciding(request -> new UpgradeDecision.Accept(null, preferred, List.of(), List.of()));
    client.connect(request().deflate(List.of(offer)).build());
    exchange();
    assertOpen();
    assertEquals(agreed, client.session().agreed());
    assertEquals(agreed, server.session().agreed());
    return this;
  }

  /** Opens it with these parameters of permessage-deflate; null for none. */
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

  /** All bytes delivered from an endpoint. */
  byte[] sentBy(Endpoint sender) {
    return (sender == Endpoint.CLIENT ? fromClient : fromServer).toByteArray();
  }

  TestEndpoint client() {
    return client;
  }

  TestEndpoint server() {
    return server;
  }

  Stream<TestEndpoint> ends() {
    return Stream.of(client, server);
  }

  /** Delivers everything, alternating between the directions, until nothing is pending. */
  void exchange() {
    while (client.hasOutput() || server.hasOutput() || endIsPending()) {
      boolean clientIsNext = client.hasOutput() && (!server.hasOutput() || random.nextBoolean());
      if (clientIsNext) {
        server.feed(recorded(fromClient, client.take(pieceSize())));
      } else if (server.hasOutput()) {
        client.feed(recorded(fromServer, server.take(pieceSize())));
      } else {
        deliverEnd();
      }
    }
  }

  private static byte[] recorded(ByteArrayOutputStream into, byte[] bytes) {
    into.writeBytes(bytes);
    return bytes;
  }

  private int pieceSize() {
    return switch (cut) {
      case WHOLE -> Integer.MAX_VALUE;
      case BYTES -> 1;
      case SMALL_PIECES -> 1 + random.nextInt(7);
      case PIECES -> 1 + random.nextInt(200);
    };
  }

  private boolean endIsPending() {
    return (client.ends() > 0 && !serverGotEnd) || (server.ends() > 0 && !clientGotEnd);
  }

  private void deliverEnd() {
    if (client.ends() > 0 && !serverGotEnd) {
      serverGotEnd = true;
      server.session().end();
    } else {
      clientGotEnd = true;
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

  /** Both ends have ended TCP, each of them once. */
  void assertDisconnected() {
    ends()
        .forEach(
            end -> {
              assertEquals(Session.State.CLOSED, end.session().state());
              assertEquals(1, end.ends());
            });
  }

  /** Each end reports as received what the other reports as sent. */
  void assertBothSeeTheSame() {
    assertEquals(client.sent().text(), server.received().text());
    assertEquals(server.sent().text(), client.received().text());
    assertEquals(client.session().totalsSent(), server.session().totalsReceived());
    assertEquals(server.session().totalsSent(), client.session().totalsReceived());
  }

  /** A message or control frame as an end sends it by default. */
  static OutgoingMessage outgoing(TestEndpoint from, Opcode opcode, byte[] payload) {
    return new OutgoingMessage(opcode, ByteBuffer.wrap(payload), Framing.of(from.session().self()));
  }
}
