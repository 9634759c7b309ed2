package wscope.serve;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.protocol.Fault;
import wscope.protocol.Faults;
import wscope.protocol.rule.Endpoint;
import wscope.support.RawClient;

/**
 * Hostile clients attack one server with 64 MiB of heap, one after another. After each attack, the
 * server still works and has reported no exception.
 */
@EnabledOnOs(OS.LINUX)
@Tag("soak")
@Timeout(60)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HostileClientsIT {
  private static final int MAX_MESSAGE = 4 << 20;

  /** The default limit of fragments per message. */
  private static final int MAX_FRAGMENTS = 131_072;

  /** In KiB; a hundred open connections take as much. */
  private static final long MAX_GROWTH = 1024;

  /** 2^31 - 1, 2^32 and 2^63 - 1, as the 64 bits of a payload length. */
  private static final List<String> HUGE =
      List.of("00000000 7fffffff", "00000001 00000000", "7fffffff ffffffff");

  private static final byte[] BOMB = RawClient.compressed(new byte[MAX_MESSAGE]);
  private static final byte[] ONE_KIB = RawClient.masked(2, new byte[1024]);

  private static SoakServer server;

  static List<String> faults() {
    return Faults.of(Endpoint.SERVER).stream().map(Fault::id).toList();
  }

  @BeforeAll
  static void start() throws IOException {
    server =
        new SoakServer(
            false, "--max-message", "4MiB", "--stall-timeout", "2s", "--close-timeout", "500ms");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** S1: a declared length allocates nothing, for any opcode, on a hundred open connections. */
  @Test
  void hugeLengthsAllocateNothing() throws Exception {
    // The first ones load classes and compile methods.
    List<RawClient> first = openHundred();
    sendHugeLengths(first);
    resetAll(first);
    List<RawClient> clients = openHundred();
    SoakServer.Resources before = server.resources();
    sendHugeLengths(clients);
    assertLittleGrowth(before);
    resetAll(clients);
    server.assertHealthy();
  }

  /** Opens a hundred and twelve, seven for each of the sixteen opcodes. */
  private static List<RawClient> openHundred() throws IOException {
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 112; i++) {
      clients.add(server.open(""));
    }
    return clients;
  }

  private static void sendHugeLengths(List<RawClient> clients) throws IOException {
    for (int i = 0; i < clients.size(); i++) {
      String hex = "8%x ff %s 00000000".formatted(i % 16, HUGE.get(i % HUGE.size()));
      clients.get(i).send(HexFormat.of().parseHex(hex.replace(" ", "")));
    }
    for (int i = 0; i < clients.size(); i++) {
      clients.get(i).expectCloseAndEnd(i % 16 == 1 || i % 16 == 2 ? 1009 : 1002);
    }
  }

  /**
   * S1: the server survives unfinished messages that together exceed its heap. Runs last, because
   * it empties caches of the server, which the other tests would count as growth.
   */
  @Test
  @Order(Integer.MAX_VALUE)
  void unfinishedMessagesDoNotExhaustTheHeap() throws Exception {
    List<RawClient> clients = new ArrayList<>();
    byte[] start = RawClient.masked(0x02, new byte[MAX_MESSAGE], MAX_MESSAGE);
    for (int i = 0; i < 24; i++) {
      clients.add(server.open(""));
      sendUntilBlocked(clients.get(i), start, 1);
    }
    resetAll(clients);
    server.assertHealthy();
  }

  /** S4: tiny fragments allocate no objects, and a limit applies; later ones are discarded. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void limitsEndlessFragments(int length) throws Exception {
    byte[] piece = RawClient.masked(0, new byte[length], length);
    byte[][] pieces = new byte[1000][];
    Arrays.fill(pieces, piece);
    byte[] thousand = RawClient.join(pieces);
    try (RawClient client = server.open("")) {
      SoakServer.Resources before = server.resources();
      client.send(RawClient.masked(0x02, new byte[0], 0));
      for (int i = 0; i < MAX_FRAGMENTS / 1000; i++) {
        client.send(thousand);
      }
      client.send(RawClient.masked(9, new byte[0]));
      client.expect("8a 00");
      assertLittleGrowth(before);
      client.send(thousand);
      client.expectCloseAndEnd(1008);
      sendUntilBlocked(client, thousand, 5000);
    }
    server.assertHealthy();
  }

  /** S6: a message that inflates to one byte too many closes the connection. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void closesAtACompressionBomb(boolean fragmented) throws Exception {
    byte[] bomb = RawClient.compressed(new byte[MAX_MESSAGE + 1]);
    try (RawClient client = server.connect()) {
      client.send(RawClient.requestWithDeflate(""));
      client.head();
      if (fragmented) {
        byte[] payload = RawClient.unmasked(bomb);
        for (int i = 0; i < payload.length; i++) {
          boolean last = i == payload.length - 1;
          int byte0 = (i == 0 ? 0x42 : 0) | (last ? 0x80 : 0);
          client.send(RawClient.masked(byte0, new byte[] {payload[i]}, 1));
        }
      } else {
        client.send(bomb);
      }
      // The server discards the frames that arrive after it.
      client.expectCloseAndEnd(1009);
    }
    server.assertHealthy();
  }

  /** S7: queued output is bounded, whether replies are delayed, slow, faulty or suppressed. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "delay=1h",
    "rate=1",
    "fragment=1",
    "every=1ms&ping=1ms",
    "reply=broadcast",
    "'silent=pong,close'",
    "drop=1B",
    "drop=100&delay=1s",
    "close=1000&after=5",
    "fault=message-unfinished&delay=1s",
    "compress=off&rate=1KiB"
  })
  void boundsQueuedOutputWhateverTheBehaviour(String query) throws Exception {
    List<RawClient> clients = new ArrayList<>();
    try {
      clients.add(server.open(query));
      sendUntilBlocked(clients.get(0), repeat(ONE_KIB, 256), 100);
      clients.add(server.open(query));
      sendUntilBlocked(clients.get(1), repeat(RawClient.masked(9, new byte[125]), 2000), 100);
      clients.add(server.connect());
      clients.get(2).send(RawClient.requestWithDeflate(query));
      clients.get(2).head();
      if (!query.contains("compress=off")) {
        sendUntilBlocked(clients.get(2), repeat(BOMB, 15), 4);
      }
    } catch (IOException e) {
      // The query asks the server to drop the connection.
      assertTrue(query.startsWith("drop"), e.toString());
    }
    server.assertHealthy();
    resetAll(clients);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void commitsFaultsWhileTheClientFloods(String fault) throws Exception {
    List<RawClient> clients = new ArrayList<>();
    for (boolean compress : new boolean[] {false, true}) {
      String query = "fault=" + fault;
      RawClient client = server.connect();
      clients.add(client);
      client.send(compress ? RawClient.requestWithDeflate(query) : RawClient.request(query));
      client.head();
      sendUntilBlocked(client, repeat(ONE_KIB, 100), 20);
      sendUntilBlocked(client, compress ? BOMB : ONE_KIB, 20);
    }
    resetAll(clients);
    server.assertHealthy();
  }

  /** S7: the output for all readers would exceed the heap, although each is within its limit. */
  @Test
  void survivesManyStalledReaders() throws Exception {
    List<RawClient> clients = new ArrayList<>();
    byte[] message = RawClient.masked(2, new byte[1 << 20]);
    for (int i = 0; i < 16; i++) {
      clients.add(server.open(""));
      sendUntilBlocked(clients.get(i), message, 20);
    }
    resetAll(clients);
    server.assertHealthy();
  }

  /** S7: delayed replies count as queued output, and take as much memory again when sent. */
  @Test
  void survivesManyDelayedReplies() throws Exception {
    List<RawClient> clients = new ArrayList<>();
    byte[] message = RawClient.masked(2, new byte[MAX_MESSAGE - 1000]);
    for (int i = 0; i < 14; i++) {
      clients.add(server.open("delay=1s&fault=server-frame-masked"));
      sendUntilBlocked(clients.get(i), message, 1);
    }
    int replies = 0;
    for (RawClient client : clients) {
      replies += getsReply(client) ? 1 : 0;
    }
    assertTrue(replies > 0 && replies < clients.size(), replies + " clients got a reply");
    resetAll(clients);
    server.assertHealthy();
  }

  /** H5: what is held back for an hour gives way at once to an echo that needs more. */
  @Test
  void servesALargeEchoWhileOthersHoldBack() throws Exception {
    List<RawClient> clients = new ArrayList<>();
    byte[] message = RawClient.masked(2, new byte[1 << 20]);
    try (SoakServer small = SoakServer.withHeap(64)) {
      for (int i = 0; i < 12; i++) {
        clients.add(small.open("delay=1h"));
        sendUntilBlocked(clients.get(i), message, 20);
      }
      try (RawClient honest = small.open("")) {
        byte[] large = new byte[8 << 20];
        honest.send(RawClient.masked(2, large));
        honest.expect(RawClient.plain(2, large));
      }
      resetAll(clients);
      small.assertHealthy();
    }
  }

  /** S7: packets that never end count as held, even if they arrive in small messages. */
  @Test
  void survivesManyPacketsThatNeverEnd() throws Exception {
    List<RawClient> clients = new ArrayList<>();
    try (SoakServer small = SoakServer.withHeap(64);
        RawClient honest = small.open("")) {
      byte[] part = repeat(ONE_KIB, 250);
      for (int i = 0; i < 100; i++) {
        clients.add(small.open("reply=mqtt"));
        // A PUBLISH of 1 MiB less 10 bytes.
        clients.get(i).send(RawClient.masked(2, HexFormat.of().parseHex("30f6ff3f")));
        sendUntilBlocked(clients.get(i), part, 4);
      }
      honest.send(RawClient.text("still in"));
      honest.expect(RawClient.echo("still in"));
      resetAll(clients);
      small.assertHealthy();
    }
  }

  /** Whether the first frame is a reply. A client that must give way gets a Close or a reset. */
  private static boolean getsReply(RawClient client) {
    byte[] first = new byte[1];
    try {
      return client.read(first) == 1 && first[0] != (byte) 0x88;
    } catch (IOException e) {
      return false;
    }
  }

  /** S22: ten thousand clients beyond the limit get a response, and leak nothing. */
  @Test
  void rejectsThousandsBeyondTheLimit() throws Exception {
    try (SoakServer full = new SoakServer(false, "--max-connections", "1");
        RawClient in = full.open("")) {
      expectRejections(full, 1_000);
      SoakServer.Resources before = full.resources();
      expectRejections(full, 10_000);
      SoakServer.Resources after = full.resources();
      String both = before + ", " + after;
      assertTrue(after.threads() <= before.threads() + 2, both);
      assertTrue(after.descriptors() <= before.descriptors(), both);
      assertTrue(after.heap() < before.heap() + MAX_GROWTH, both);
      in.send(RawClient.text("still in"));
      in.expect(RawClient.echo("still in"));
      in.disconnect();
      full.nextDisconnected();
      full.assertHealthy();
    }
  }

  private static void expectRejections(SoakServer full, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      try (RawClient beyond = full.connect()) {
        beyond.send(RawClient.REQUEST);
        String response = beyond.rest();
        assertTrue(response.startsWith("HTTP/1.1 503 Service Unavailable\r\n"), response);
      }
    }
  }

  /** Fails if the live heap has grown by {@link #MAX_GROWTH} or more. */
  private static void assertLittleGrowth(SoakServer.Resources before) throws Exception {
    long growth = server.resources().heap() - before.heap();
    assertTrue(growth < MAX_GROWTH, () -> growth + " KiB");
  }

  private static void resetAll(List<RawClient> clients) throws IOException {
    for (RawClient client : clients) {
      client.reset();
    }
  }

  /** Sends all, or until the server disconnects or reads nothing for 100 ms. */
  private static void sendUntilBlocked(RawClient client, byte[] bytes, int times) throws Exception {
    client.sendUntilBlocked(100, bytes, times);
  }

  private static byte[] repeat(byte[] bytes, int times) {
    byte[][] all = new byte[times][];
    Arrays.fill(all, bytes);
    return RawClient.join(all);
  }
}
