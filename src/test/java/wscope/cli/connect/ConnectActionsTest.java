package wscope.cli.connect;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.serve.Server;
import wscope.serve.Settings;
import wscope.support.CannedServer;
import wscope.support.QuietServer;
import wscope.support.ServerThread;

/** Whole sessions at the prompt of {@code wscope connect}, on terminals that are streams. */
@Timeout(60)
class ConnectActionsTest {
  private ServerThread server;

  @BeforeEach
  void start() throws IOException {
    server = ServerThread.listening(new Server(Settings.DEFAULT, new QuietServer())).start();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private ConnectSession session(String path) throws Exception {
    return new ConnectSession("dumb", server.address().getPort(), path);
  }

  @Test
  void sendsWhatIsTyped(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("file.txt");
    Files.writeString(file, "from a file");
    try (ConnectSession session = session("/")) {
      session.await("subprotocol: none\n");
      session.type("Hello", "< message 1   text, 5 bytes in 1 frame   \"Hello\"\n");
      session.type("/binary 00 ff", "< message 2   binary, 2 bytes in 1 frame   00 ff   |..|\n");
      session.type("/file " + file, "< message 3   text, 11 bytes in 1 frame   \"from a file\"\n");
      session.type("/binary " + file, "< message 4   binary, 11 bytes in 1 frame   66 72 6f 6d");
      session.type("/hex 81 82 00 00 00 00 68 69", "< message 5   text, 2 bytes in 1 frame");
      session.type("/fragment 2", "ws> /fragment 2");
      session.type("abcde", "> message 6   text, 5 bytes in 3 frames   \"abcde\"\n");
      session.type("/ping", "< pong, 1 byte   \"1\"\n");
      session.type("/ping now", "< pong, 3 bytes   \"now\"\n");
      session.type("/pong", "> pong, 0 bytes");
      session.type("/repeat 2 1ms twice", "< message 8   text, 5 bytes in 1 frame   \"twice\"\n");
      session.type("/close 4001 that is all", "> close     4001 for private use   reason");
      session.await("not connected; /reconnect connects again, /quit ends\n");
      session.type("lost", "not connected; /reconnect connects again\n");
      session.type("/reconnect", "= closed");
      session.type("/quit");
      assertEquals(0, session.exitCode());
    }
  }

  /** The server reads, but answers neither the first request nor any Close. */
  @Test
  void reconnectsWithoutWaitingForASilentServer() throws Exception {
    Semaphore requests = new Semaphore(0);
    AtomicInteger count = new AtomicInteger();
    CannedServer.Treatment treatment =
        peer -> {
          if (count.incrementAndGet() == 1) {
            peer.request();
          } else {
            peer.open();
          }
          requests.release();
          peer.rest();
        };
    try (CannedServer silent = new CannedServer(treatment);
        ConnectSession session = new ConnectSession("dumb", silent.port(), "/")) {
      // The deadlines are 10 s for the opening handshake, and 5 s for the closing handshake.
      assertTrue(requests.tryAcquire(10, SECONDS));
      session.type("/reconnect");
      assertTrue(requests.tryAcquire(4, SECONDS));
      session.await("subprotocol: none\n");
      session.type("/close 4001", "> close     4001");
      session.type("/reconnect");
      assertTrue(requests.tryAcquire(4, SECONDS));
    }
  }

  /** The columns: the fields, the frame as the server gets it, or the error. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "opcode=ping hi | opcode 0x9 ping          MASK 1  length 2",
        "opcode=1 mask=3d542306 MDN | MASK 1  length 3         key 3d542306  bytes 0-8   \"MDN\"",
        "opcode=0x3 fin=0 rsv=rsv2 | > frame 1    FIN 0  RSV 010  opcode 0x3 reserved      MASK 1  length 0",
        "len=64 a b | found: 3 bytes in the 64-bit form",
        "opcode=2 hex=00ff mask=0 | > frame 1    FIN 1  RSV 000  opcode 0x2 binary        MASK 0  length 2                       bytes 0-3",
        "opcode=x | opcode: unknown opcode 'x'; write text, binary",
        "fin=2 | fin is 0 or 1, not '2'",
        "mask=12 | mask is 0, 1 or a key of 8 hex digits, not '12'",
        "rvs=001 | unknown field 'rvs'; did you mean rsv?",
      })
  void sendsAnyFrame(String fields, String shown) throws Exception {
    try (ConnectSession session = session("/")) {
      session.await("subprotocol: none\n");
      session.type("/detail frames", "ws> /detail frames");
      session.type("/frame " + fields, shown);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/frob | unknown command /frob",
        "/pnig | unknown command /pnig; did you mean /ping?",
        "/close 1006 | 1006 (abnormal closure) must not be sent; to break this rule: /fault close-code-never-sent",
        "/close x | 'x' is not a close code; write a number such as 1000",
        "/fault server-frame-masked | no client can break server-frame-masked, because it applies to servers",
        "/fault key-missing | key-missing applies only to the request of the handshake: start wscope connect with --fault key-missing",
        "/file nowhere | the file nowhere does not exist",
        "/repeat 0 1s a | '0' is not between 1 and 1000000",
        "/hex | usage: /hex BYTES",
        "/fragment 2 3 | usage: /fragment SIZE",
        "/frame hex=00 a | 'a' follows hex; give the payload only once",
        "/fragment x | 'x' is not a number of bytes",
      })
  void reportsInvalidLines(String line, String shown) throws Exception {
    try (ConnectSession session = session("/")) {
      session.await("subprotocol: none\n");
      session.type(line, shown);
    }
  }

  @Test
  void indentsJsonOnRequest() throws Exception {
    try (ConnectSession session = session("/")) {
      session.await("subprotocol: none\n");
      session.type("/pretty on", "ws> /pretty on");
      session.type("{\"a\":[1]}", "<       {\n<         \"a\": [\n<           1\n");
      session.type("/pretty maybe", "'maybe' is not on or off\n");
    }
  }

  @Test
  void showsHelpForEveryCommand() throws Exception {
    try (ConnectSession session = session("/")) {
      session.await("subprotocol: none\n");
      session.type("/help", "Ctrl+D do\n");
      String shown = session.shown();
      assertEquals(
          """
          ws> /help
          A line without a slash is sent as a text message.
            /help                             show this help
            /binary BYTES|FILE                send a binary message
            /file FILE                        send a file as one message
            /ping [TEXT]                      send a ping; without TEXT, measure it
            /pong [TEXT]                      send an unsolicited pong
            /close [CODE [REASON]]            close the connection; default code: 1000
            /hex BYTES                        send bytes, written as for decode
            /fault RULE                       send a message or Close that breaks RULE
            /frame FIELD=VALUE... [TEXT]      send a frame: opcode fin rsv mask len hex
            /fragment SIZE                    fragment messages from now on
            /repeat COUNT TIME TEXT           send a text COUNT times, one each TIME
            /reconnect                        close and connect again
            /detail bits|frames|messages|none show more or less of each frame
            /pretty on|off                    indent JSON below its message
            /quit                             close and end, as Ctrl+C and Ctrl+D do
          """,
          shown.substring(shown.indexOf("ws> /help"), shown.lastIndexOf("Ctrl+D do") + 10));
    }
  }

  @Test
  void completesFieldsAndFaults() throws Exception {
    try (ConnectSession session = new ConnectSession("xterm", server.address().getPort(), "/")) {
      session.await("subprotocol: none");
      session.terminal().type("/fram\tfi\t1 opc\tping hi\r");
      session.await("< pong, 2 bytes   \"hi\"");
      session.terminal().type("/fau\treserved-o\t\r");
      session.await("= closed   by the server: 1002 protocol error");
    }
  }

  @Test
  void commitsAFault() throws Exception {
    try (ConnectSession session = session("/")) {
      session.await("subprotocol: none\n");
      session.type("/fault reserved-opcode", "= closed   by the server: 1002 protocol error");
      session.type("/quit");
      // Only the server decides that the client broke a rule.
      assertEquals(5, session.exitCode());
    }
  }

  @Test
  void closesAtTheEndOfTheInput() throws Exception {
    try (ConnectSession session = session("/")) {
      session.await("subprotocol: none\n");
      session.terminal().endInput();
      assertEquals(0, session.exitCode());
      assertTrue(session.shown().contains("= closed   by us: 1000 normal closure, answered"));
    }
  }

  @Test
  void closesWhenInterrupted() throws Exception {
    try (ConnectSession session = session("/")) {
      session.await("subprotocol: none\n");
      session.await("ws> ");
      session.terminal().interrupt();
      assertEquals(130, session.exitCode());
      assertTrue(session.shown().contains("= closed   by us: 1000 normal closure, answered"));
    }
  }
}
