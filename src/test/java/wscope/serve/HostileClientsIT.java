package wscope.serve;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
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
 * Clients that want to fell the server, one after the other and all the same server, which has 64
 * MiB of heap: after each it serves the next, and has no exception to tell of.
 */
@EnabledOnOs(OS.LINUX)
@Tag("soak")
@Timeout(60)
class HostileClientsIT {
  private static final int LONGEST = 4 << 20;

  /** Of one message, by default. */
  private static final int MOST_FRAGMENTS = 131_072;

  /** KiB; a hundred connections that are open take as much. */
  private static final long MOST_GROWN = 1024;

  /** 2^31 - 1, 2^32 and 2^63 - 1, as the 64 bits of a payload length. */
  private static final List<String> HUGE =
      List.of("00000000 7fffffff", "00000001 00000000", "7fffffff ffffffff");

  private static final byte[] BOMB = RawClient.compressed(new byte[LONGEST]);
  private static final byte[] ONE_KIB = RawClient.masked(2, new byte[1024]);

  private static JarServer server;

  static List<String> faults() {
    return Faults.of(Endpoint.SERVER).stream().map(Fault::id).toList();
  }

  @BeforeAll
  static void start() throws IOException {
    server =
        new JarServer(
            false, "--max-message", "4MiB", "--stall-timeout", "2s", "--close-timeout", "500ms");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** S1: no memory by declaration, for any opcode, on a hundred connections at once. */
  @Test
  void hugeLengths() throws Exception {
    JarServer.Figures before = server.figures();
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 112; i++) {
      clients.add(server.open(""));
    }
    for (int i = 0; i < clients.size(); i++) {
      String hex = "8%x ff %s 00000000".formatted(i % 16, HUGE.get(i % HUGE.size()));
      clients.get(i).send(HexFormat.of().parseHex(hex.replace(" ", "")));
    }
    for (int i = 0; i < clients.size(); i++) {
      clients.get(i).expectCloseAndEnd(i % 16 == 1 || i % 16 == 2 ? 1009 : 1002);
    }
    assertGrownLittle(before);
    leave(clients);
    server.assertWell();
  }

  /** S1: many messages that never end are too much for the heap; the server outlives them. */
  @Test
  void unfinishedMessages() throws Exception {
    List<RawClient> clients = new ArrayList<>();
    byte[] begun = RawClient.masked(0x02, new byte[LONGEST], LONGEST);
    for (int i = 0; i < 24; i++) {
      clients.add(server.open(""));
      sendWhatIsTaken(clients.get(i), begun, 1);
    }
    leave(clients);
    server.assertWell();
  }

  /** S4: tiny fragments cost no object each, and are limited; what comes behind is thrown away. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void endlessFragments(int length) throws Exception {
    byte[] piece = RawClient.masked(0, new byte[length], length);
    byte[][] pieces = new byte[1000][];
    Arrays.fill(pieces, piece);
    byte[] thousand = RawClient.join(pieces);
    try (RawClient client = server.open("")) {
      JarServer.Figures before = server.figures();
      client.send(RawClient.masked(0x02, new byte[0], 0));
      for (int i = 0; i < MOST_FRAGMENTS / 1000; i++) {
        client.send(thousand);
      }
      client.send(RawClient.masked(9, new byte[0]));
      client.expect("8a 00");
      assertGrownLittle(before);
      client.send(thousand);
      client.expectCloseAndEnd(1008);
      sendWhatIsTaken(client, thousand, 5000);
    }
    server.assertWell();
  }

  /** S6: a bomb of one byte too many is refused, in one frame or in many. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aBomb(boolean fragmented) throws Exception {
    byte[] bomb = RawClient.compressed(new byte[LONGEST + 1]);
    try (RawClient client = server.connect()) {
      client.send(RawClient.requestToCompress(""));
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
      // The last pieces come behind it, and are thrown away.
      client.expectCloseAndEnd(1009);
    }
    server.assertWell();
  }

  /** S7: whatever is to be answered later, slowly, broken or never, what waits is bounded. */
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
  void floods(String query) throws Exception {
    List<RawClient> clients = new ArrayList<>();
    try {
      clients.add(server.open(query));
      sendWhatIsTaken(clients.get(0), repeat(ONE_KIB, 256), 100);
      clients.add(server.open(query));
      sendWhatIsTaken(clients.get(1), repeat(RawClient.masked(9, new byte[125]), 2000), 100);
      clients.add(server.connect());
      clients.get(2).send(RawClient.requestToCompress(query));
      clients.get(2).head();
      if (!query.contains("compress=off")) {
        sendWhatIsTaken(clients.get(2), repeat(BOMB, 15), 4);
      }
    } catch (IOException e) {
      // Dropped, as its query asks for.
      assertTrue(query.startsWith("drop"), e.toString());
    }
    server.assertWell();
    leave(clients);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void faultsWhileTheClientFloods(String fault) throws Exception {
    List<RawClient> clients = new ArrayList<>();
    for (boolean compress : new boolean[] {false, true}) {
      String query = "fault=" + fault;
      RawClient client = server.connect();
      clients.add(client);
      client.send(compress ? RawClient.requestToCompress(query) : RawClient.request(query));
      client.head();
      sendWhatIsTaken(client, repeat(ONE_KIB, 100), 20);
      sendWhatIsTaken(client, compress ? BOMB : ONE_KIB, 20);
    }
    leave(clients);
    server.assertWell();
  }

  /** S7: so many that their output, each within its bound, would be more than the heap. */
  @Test
  void manyStuckReaders() throws Exception {
    List<RawClient> clients = new ArrayList<>();
    byte[] message = RawClient.masked(2, new byte[1 << 20]);
    for (int i = 0; i < 16; i++) {
      clients.add(server.open(""));
      sendWhatIsTaken(clients.get(i), message, 20);
    }
    leave(clients);
    server.assertWell();
  }

  /** S7: what waits for its time counts too, and takes as much again when that comes. */
  @Test
  void manyWhoAreAnsweredLater() throws Exception {
    List<RawClient> clients = new ArrayList<>();
    byte[] message = RawClient.masked(2, new byte[LONGEST - 1000]);
    for (int i = 0; i < 14; i++) {
      clients.add(server.open("delay=1s&fault=server-frame-masked"));
      sendWhatIsTaken(clients.get(i), message, 1);
    }
    int answered = 0;
    for (RawClient client : clients) {
      answered += client.endsWithin(20_000) ? 0 : 1;
    }
    assertTrue(answered > 0 && answered < clients.size(), answered + " were answered");
    leave(clients);
    server.assertWell();
  }

  /** S22: ten thousand more than may connect are answered, and take nothing. */
  @Test
  void refusals() throws Exception {
    try (JarServer full = new JarServer(false, "--max-connections", "1");
        RawClient in = full.open("")) {
      expectRefusals(full, 1_000);
      JarServer.Figures before = full.figures();
      expectRefusals(full, 10_000);
      JarServer.Figures after = full.figures();
      String told = before + ", " + after;
      assertTrue(after.threads() <= before.threads() + 2, told);
      assertTrue(after.descriptors() <= before.descriptors(), told);
      assertTrue(after.heap() < before.heap() + MOST_GROWN, told);
      in.send(RawClient.text("still in"));
      in.expect(RawClient.echo("still in"));
      in.leave();
      full.gone();
      full.assertWell();
    }
  }

  private static void expectRefusals(JarServer full, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      try (RawClient beyond = full.connect()) {
        beyond.send(RawClient.REQUEST);
        String answer = beyond.rest();
        assertTrue(answer.startsWith("HTTP/1.1 503 Service Unavailable\r\n"), answer);
      }
    }
  }

  /** Its garbage aside, it has taken less than {@link #MOST_GROWN} since then. */
  private static void assertGrownLittle(JarServer.Figures before) throws Exception {
    long grown = server.figures().heap() - before.heap();
    assertTrue(grown < MOST_GROWN, () -> grown + " KiB");
  }

  private static void leave(List<RawClient> clients) throws IOException {
    for (RawClient client : clients) {
      client.reset();
    }
  }

  /** Sends until the server takes no more for a moment, or has gone, or has all. */
  private static void sendWhatIsTaken(RawClient client, byte[] bytes, int times) throws Exception {
    client.sendWithin(100, bytes, times);
  }

  private static byte[] repeat(byte[] bytes, int times) {
    byte[][] all = new byte[times][];
    Arrays.fill(all, bytes);
    return RawClient.join(all);
  }
}
