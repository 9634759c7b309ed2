package wscope.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.cli.connect.ConnectSession;
import wscope.interop.server.EchoServer;
import wscope.report.Detail;

/**
 * {@code wscope connect} against real servers. The table real-servers.txt has what the screen shows
 * of each: a conversation, with what the server agrees to, and a rejection.
 */
@Tag("interop")
@Timeout(60)
class RealServersIT {
  private static final List<AutoCloseable> RUNNING = new ArrayList<>();

  /** The ports of the servers, by their names in the table. */
  private static final Map<String, Integer> PORTS = new LinkedHashMap<>();

  @BeforeAll
  static void start() throws Exception {
    for (RealServer real : RealServer.values()) {
      EchoServer server = real.start();
      RUNNING.add(server);
      PORTS.put(real.product(), server.port());
    }
  }

  @AfterAll
  static void stop() throws Exception {
    for (AutoCloseable server : RUNNING) {
      server.close();
    }
  }

  static Stream<Arguments> conversations() throws Exception {
    return ScreenTable.read("real-servers.txt");
  }

  @Test
  void theTableHasEachServer() throws Exception {
    Set<String> names = new TreeSet<>();
    conversations().forEach(row -> names.add(row.get()[0].toString().replaceFirst(" .*", "")));
    assertEquals(new TreeSet<>(PORTS.keySet()), names);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("conversations")
  void talks(String command, String exit, String lines) {
    int port = Objects.requireNonNull(PORTS.get(command.replaceFirst(" .*", "")));
    assertEquals(exit + "\n" + lines, ScreenTable.run(command, port));
  }

  static Set<String> servers() {
    return PORTS.keySet();
  }

  /** A ping between the fragments of a message is answered at once (RFC 6455 §5.4 and §5.5.2). */
  @ParameterizedTest
  @MethodSource("servers")
  void answersAPingInsideAMessage(String name) throws Exception {
    int port = Objects.requireNonNull(PORTS.get(name));
    try (ConnectSession session = new ConnectSession("dumb", port, "/echo", Detail.FRAMES)) {
      session.await("subprotocol: none\n");
      session.type("/frame opcode=text fin=0 Hel", "\"Hel\"\n");
      session.type("/ping mid", "< frame 1 ");
      session.type("/frame opcode=continuation lo", "< frame 2 ");
      session.type("/close 1000 done", "not connected");
      session.type("/quit", "");
      assertEquals(0, session.exitCode());
      String shown = ScreenTable.ofServer(session.shown());
      assertEquals(
          """
          < frame 1    FIN 1  RSV 000  opcode 0xa pong          MASK 0  length 3                 \
                bytes 0-4   "mid"
          < frame 2    FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 5                 \
                bytes 5-11   "Hello"
          """,
          shown.substring(shown.indexOf("< frame 1"), shown.indexOf("< frame 3")));
      assertTrue(
          shown.contains(
              "= closed   by us: 1000 normal closure, answered by the server: 1000 normal closure"),
          shown);
    }
  }
}
