package wscope.cli.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.LineReader;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import wscope.cli.AwaitableOutput;
import wscope.cli.prompt.PromptCompleter;
import wscope.report.Detail;
import wscope.report.LiveView;
import wscope.report.ViewOptions;
import wscope.report.WholeLines;
import wscope.report.text.Screen;
import wscope.serve.Server;
import wscope.support.QuietServer;
import wscope.support.RawClient;

/** Whole sessions at the prompt of {@code wscope serve}, on terminals that are streams. */
@Timeout(30)
class ServeActionsTest {
  private static final String WELCOME =
      "What you type goes to the newest connection; /help shows the commands.\n";

  private static final String STOPPED = "wscope serve   stopped after 0 connections\n";

  @Test
  void showsHelp() throws Exception {
    assertEquals(
        WELCOME
            + """
            serve> /help
            A line without a slash is sent as a text message to the newest connection.
            A command without an ID is for the newest connection too; an ID is 7 or #7.
              /help                             show this help
              /list                             show the connections
              /send [ID] TEXT                   send a text message
              /all TEXT                         send a text message to all clients
              /others ID TEXT                   send a text message to all clients but one
              /binary [ID] BYTES|FILE           send a binary message
              /file [ID] FILE                   send a file as one message
              /ping [ID] [TEXT]                 send a ping; without TEXT, measure it
              /pong [ID] [TEXT]                 send an unsolicited pong
              /close [ID] [CODE [REASON]]       close the connection; default code: 1000
              /hex [ID] BYTES                   send bytes, written as for decode
              /fault [ID] RULE                  send a message or Close that breaks RULE
              /reset [ID]                       reset TCP, without a Close
              /reply NAME|FILE|off              reply as a protocol or a file of rules says
              /pause                            pause the output; /pause again resumes it
              /detail bits|frames|messages|none show more or less of each frame
              /pretty on|off                    indent JSON below its message
              /quit                             stop the server, as Ctrl+C and Ctrl+D do
            serve> /quit
            """
            + STOPPED,
        screenOf("/help\n/quit\n"));
  }

  @Test
  void respondsToCommandsWithoutConnections() throws Exception {
    assertEquals(
        WELCOME
            + """
            serve> /list
            no client is connected
            serve> hello
            no connection is open
            serve> /ping
            no connection is open
            serve> /all hello
            sent to 0 connections
            serve> /send
            usage: /send [ID] TEXT
            serve> /send 7 a
            unknown connection #7; no connection is open
            serve> /close #me
            unknown connection #me; no connection is open
            serve> /sned 1 a
            unknown command /sned; did you mean /send?
            serve> /frob
            unknown command /frob\\u{202e}; /help lists all commands
            serve> /detail
            usage: /detail bits|frames|messages|none
            serve> /detail all
            'all' is not one of bits, frames, messages, none
            serve> /list all
            usage: /list
            serve> /help me
            usage: /help
            serve> /pause now
            usage: /pause
            serve> /quit please
            usage: /quit
            serve> /detail bits frames
            usage: /detail bits|frames|messages|none
            serve> /reset 1 now
            usage: /reset [ID]
            serve> /reset
            no connection is open
            serve> /fault 1 a b
            usage: /fault [ID] RULE
            serve> /binary
            usage: /binary [ID] BYTES|FILE
            serve> /binary 81
            no connection is open
            serve> /file
            usage: /file [ID] FILE
            serve> /others 1
            usage: /others ID TEXT
            serve> /others 1 a
            unknown connection #1; no connection is open
            serve> /send #1
            unknown connection #1; no connection is open
            serve> /close 4000 bye
            no connection is open
            serve> /close 12
            unknown connection #12; no connection is open
            serve> /close 99999999999999999999
            no connection is open
            serve> /ping hello
            no connection is open
            serve>\s
            serve> /quit
            """
            + STOPPED,
        screenOf(
            """
            /list
            hello
            /ping
            /all hello
            /send
            /send 7 a
            /close #me
            /sned 1 a
            /frob\u202e
            /detail
            /detail all
            /list all
            /help me
            /pause now
            /quit please
            /detail bits frames
            /reset 1 now
            /reset
            /fault 1 a b
            /binary
            /binary 81
            /file
            /others 1
            /others 1 a
            /send #1
            /close 4000 bye
            /close 12
            /close 99999999999999999999
            /ping hello

            /quit
            """));
  }

  @Test
  void resumesTheOutputWhenTheServerStops() throws Exception {
    assertEquals(
        WELCOME
            + """
            serve> /pause
            paused; type /pause again to resume
            paused> /pause
            0 lines were not shown
            serve> /pause
            paused; type /pause again to resume
            paused> /quit
            0 lines were not shown
            """
            + STOPPED,
        screenOf("/pause\n/pause\n/pause\n/quit\n"));
  }

  @Test
  void sendsTextsPingsAndBytesToClients() throws Exception {
    try (ServeSession session = new ServeSession("dumb", null);
        RawClient one = session.connect();
        RawClient two = session.connect()) {
      session.type("hello \u20ac\n");
      assertEquals("text hello \u20ac", two.nextInWords());
      session.type("/send 1  two  spaces \n");
      assertEquals("text  two  spaces ", one.nextInWords());
      session.type("/all /both\n");
      assertEquals("text /both", one.nextInWords());
      assertEquals("text /both", two.nextInWords());
      session.await("sent to 2 connections\n");
      session.type("/ping #1\n");
      assertTrue(one.nextInWords().startsWith("ping"));
      session.type("/pong\n");
      assertEquals("pong ", two.nextInWords());
      session.type("/hex 1 81 02 68 69\n");
      assertEquals("text hi", one.nextInWords());
      session.type("/quit\n");
      assertEquals("close 1001 the server stops", one.nextInWords());
      assertEquals("close 1001 the server stops", two.nextInWords());
    }
  }

  /** A page that reconnects is always the newest, but it must not learn what is typed. */
  @Test
  void sendsTextsToPagesOfOtherOriginsOnlyByNumber() throws Exception {
    String excluded =
        "#2, a page of another origin; to allow that, use /send N TEXT or start with --origin\n";
    try (ServeSession session = new ServeSession("dumb", null);
        RawClient own = session.connect();
        RawClient page = session.connectPage()) {
      session.type("secret\n");
      assertEquals("text secret", own.nextInWords());
      session.await("sent to #1, not to " + excluded);
      session.type("/all both\n");
      assertEquals("text both", own.nextInWords());
      session.await("sent to 1 connection, but not to " + excluded);
      session.type("/send 2 by number\n");
      assertEquals("text by number", page.nextInWords());
      session.type("/close 1\n");
      assertEquals("close 1000 ", own.nextInWords());
      session.type("/send 1 x\n");
      session.await("nothing was sent to #1: ");
      session.type("to nobody\n");
      session.await("nothing was sent to " + excluded);
    }
  }

  @Test
  void sendsWithoutAnIdToTheNewestConnection() throws Exception {
    try (ServeSession session = new ServeSession("dumb", null);
        RawClient one = session.connect();
        RawClient two = session.connect()) {
      session.type("/send  a  b \n");
      assertEquals("text  a  b ", two.nextInWords());
      // A number before words must be that of a connection.
      session.type("/send 7 a\n");
      session.await("unknown connection #7; open: #1, #2\n");
      session.type("/send #2 7 a\n");
      assertEquals("text 7 a", two.nextInWords());
      session.type("/send 1\n");
      session.await("usage: /send [ID] TEXT\n");
      session.type("/ping hello you\n/ping 1 pp\n/pong 1 \u20ac\n/pong 2\n");
      assertEquals("ping hello you", two.nextInWords());
      assertEquals("ping pp", one.nextInWords());
      assertEquals("pong \u20ac", one.nextInWords());
      assertEquals("pong ", two.nextInWords());
      session.type("/ping 1 " + "x".repeat(126) + "\n");
      session.await(
          "the payload of a ping or pong has at most 125 bytes of UTF-8; this text has 126; to break"
              + " this rule: /fault #1 control-frame-too-long\n");
      session.type("/fault rsv2-without-extension\n");
      assertEquals("0xa1 rsv2-without-extension", two.nextInWords());
      session.type("/fault 1\n");
      session.await("usage: /fault [ID] RULE\n");
      // Bytes may begin with a number; one that names a connection is its ID.
      session.type("/hex 81 01 61\n/hex 1 81 01 62\n/hex #2 81 01 63\n");
      assertEquals("text a", two.nextInWords());
      assertEquals("text b", one.nextInWords());
      assertEquals("text c", two.nextInWords());
      session.type("/close 4001 bye\n");
      assertEquals("close 4001 bye", two.nextInWords());
    }
  }

  @Test
  void sendsBinaryMessagesAndFiles(@TempDir Path directory) throws Exception {
    Path file = Files.write(directory.resolve("a b"), new byte[] {1, (byte) 0xff});
    try (ServeSession session = new ServeSession("dumb", null);
        RawClient one = session.connect()) {
      session.type("/binary 00 ff\n/binary 1 de ad be ef\n/file " + file + "\n");
      one.expect(RawClient.plain(2, new byte[] {0, (byte) 0xff}));
      one.expect(
          RawClient.plain(2, new byte[] {(byte) 0xde, (byte) 0xad, (byte) 0xbe, (byte) 0xef}));
      one.expect(RawClient.plain(2, new byte[] {1, (byte) 0xff}));
      session.type("/file #1 " + file + "\n");
      one.expect(RawClient.plain(2, new byte[] {1, (byte) 0xff}));
      session.type("/binary 1 8g\n");
      session.await("'g' is not a hex digit at character 2\n");
      session.type("/file " + directory + "\n");
      session.await(directory + " is not a regular file\n");
      session.type("/file /dev/zero\n");
      session.await("/dev/zero is not a regular file\n");
      session.type("/file " + file + "c\n");
      session.await("the file " + file + "c does not exist\n");
      Path large = directory.resolve("large");
      try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
        sparse.setLength((16 << 20) + 1);
      }
      session.type("/file " + large + "\n");
      session.await(large + " has 16777217 bytes; a file to send has at most 16777216\n");
    }
  }

  /** A file is one message, of text if it is UTF-8. */
  @Test
  void sendsTheTypeThatFitsAFile(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("text"), "caf\u00e9");
    try (ServeSession session = new ServeSession("dumb", null);
        RawClient one = session.connect()) {
      session.type("/file " + file + "\n/binary 1 " + file + "\n");
      assertEquals("text caf\u00e9", one.nextInWords());
      one.expect(RawClient.plain(2, "caf\u00e9".getBytes(UTF_8)));
    }
  }

  @Test
  void indentsJsonOnRequest() throws Exception {
    try (ServeSession session = new ServeSession("dumb", null);
        RawClient one = session.connect()) {
      session.type("/pretty on\n/pretty maybe\n");
      session.await("'maybe' is not on or off\n");
      one.send(RawClient.text("{\"a\":1}"));
      session.await("#1 <         \"a\": 1\n");
    }
  }

  @Test
  void sendsToAllButOne() throws Exception {
    try (ServeSession session = new ServeSession("dumb", null);
        RawClient one = session.connect();
        RawClient two = session.connect();
        RawClient three = session.connect()) {
      session.type("/others 2 to  you\n/all all\n");
      assertEquals("text to  you", one.nextInWords());
      assertEquals("text to  you", three.nextInWords());
      assertEquals("text all", two.nextInWords());
      session.await("sent to 2 connections\n");
    }
  }

  @Test
  void resetsConnections() throws Exception {
    try (ServeSession session = new ServeSession("dumb", null);
        RawClient one = session.connect();
        RawClient two = session.connect()) {
      session.type("/reset 1\n");
      assertThrows(SocketException.class, () -> one.next());
      session.await(
          "#1 = closed   without a Close frame: we reset TCP (RST), which an API reports");
      session.type("/reset\n");
      assertThrows(SocketException.class, () -> two.next());
      session.await(
          "#2 = closed   without a Close frame: we reset TCP (RST), which an API reports");
    }
  }

  @Test
  void closesConnections() throws Exception {
    try (ServeSession session = new ServeSession("dumb", null);
        RawClient one = session.connect()) {
      session.type("/close 1 1006\n");
      session.await(
          "1006 (abnormal closure) must not be sent; to break this rule: /fault #1"
              + " close-code-never-sent\n");
      session.type("/close 1 99\n");
      session.await(
          "99 (out of range) must not be sent; to break this rule: /fault #1"
              + " close-code-out-of-range\n");
      session.type("/close 1 soon\n");
      session.await("'soon' is not a close code; write a number such as 1000\n");
      session.type("/close 1 4000 " + "x".repeat(124) + "\n");
      session.await("a reason has at most 123 bytes of UTF-8; this reason has 124\n");
      session.type("/close 1 4000 see you\n");
      assertEquals("close 4000 see you", one.nextInWords());
      session.type("/close 1\n");
      session.await("nothing was sent to #1: ");
      session.type("hello\n");
      session.await("no connection is open\n");
    }
  }

  @Test
  void commitsFaults() throws Exception {
    try (ServeSession session = new ServeSession("dumb", null);
        RawClient one = session.connect()) {
      session.type("/fault 1\n");
      session.await("usage: /fault [ID] RULE\n");
      session.type("/fault 1 reserved-opcod\n");
      session.await("unknown fault 'reserved-opcod'; did you mean reserved-opcode?\n");
      session.type("/fault 1 accept-missing\n");
      session.await(
          "accept-missing applies only to the response of the handshake: connect with"
              + " ?fault=accept-missing\n");
      session.type("/fault 1 client-frame-unmasked\n");
      session.await("no server can break client-frame-unmasked, because it applies to clients\n");
      session.type("/fault 1 rsv2-without-extension\n");
      assertEquals("0xa1 rsv2-without-extension", one.nextInWords());
      session.type("/fault 1 compressed-data-corrupt\n");
      session.await(
          "nothing was sent to #1: the permessage-deflate negotiation does not allow this fault\n");
    }
  }

  @Test
  void rejectsInvalidBytes() throws Exception {
    try (ServeSession session = new ServeSession("dumb", null);
        RawClient one = session.connect()) {
      session.type("/hex 1\n");
      session.await("usage: /hex [ID] BYTES\n");
      session.type("/hex 1 hello\n");
      session.await("no bytes to send; try: /hex #1 81 05 48 65 6c 6c 6f\n");
      session.type("/hex 1 8g\n");
      session.await("'g' is not a hex digit at character 2\n");
      session.type("/hex 1 81 00\n");
      assertEquals("text ", one.nextInWords());
      session.type("/hex 1 0b10000001 0b00000000\n");
      assertEquals("text ", one.nextInWords());
      session.type("/hex 1 10\n");
      session.await("note: read as hex; it could be decimal as well\n");
    }
  }

  @Test
  void countsTheLinesOfAPause() throws Exception {
    try (ServeSession session = new ServeSession("dumb", null);
        RawClient one = session.connect()) {
      session.type("/detail messages\n/pause\n");
      session.await("paused; type /pause again to resume\n");
      one.send(RawClient.text("unseen"));
      assertEquals("text unseen", one.nextInWords());
      session.type("/list\n");
      session.await("/chat\n");
      session.type("/pause\n");
      session.await("2 lines were not shown\n");
      one.send(RawClient.text("seen"));
      session.await("#1 < message 2   text, 4 bytes in 1 frame   \"seen\"\n");
      assertEquals(-1, session.shown().indexOf("unseen"), session.shown());
    }
  }

  @Test
  void keepsAPartialLineDuringOutput() throws Exception {
    try (ServeSession session = new ServeSession("xterm", null);
        RawClient one = session.connect()) {
      session.type("half a ");
      session.await("half a ");
      one.send(RawClient.text("between"));
      assertEquals("text between", one.nextInWords());
      session.await("\"between\"");
      session.type("line\r");
      assertEquals("text half a line", one.nextInWords());
      String shown = session.shown();
      String rest = shown.substring(shown.lastIndexOf("\"between\""));
      assertTrue(rest.contains("serve> half a "), rest);
    }
  }

  @Test
  void anInterruptStopsTheServer() throws Exception {
    try (ServeSession session = new ServeSession("dumb", null);
        RawClient one = session.connect()) {
      session.type("abandoned");
      session.await("serve> ");
      session.terminal().interrupt();
      assertEquals("close 1001 the server stops", one.nextInWords());
      assertEquals(130, session.exitCode());
    }
  }

  @Test
  void theEndOfTheInputStopsTheServer() throws Exception {
    try (ServeSession session = new ServeSession("dumb", null);
        RawClient one = session.connect()) {
      session.terminal().endInput();
      assertEquals("close 1001 the server stops", one.nextInWords());
      assertEquals(0, session.exitCode());
    }
  }

  @Test
  void changesTheScriptOfReplies(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("own.reply"), "on text a\n send text b\n");
    try (ServeSession session = new ServeSession("dumb", null);
        RawClient client = session.connect()) {
      client.send(RawClient.text("a"));
      assertEquals("text a", client.nextInWords());
      session.type("/reply graphql-ws\n");
      session.await("replies follow graphql-ws: 9 rules\n");
      client.send(RawClient.text("{\"type\":\"ping\"}"));
      assertEquals("text {\"type\":\"pong\"}", client.nextInWords());
      session.type("/reply " + file + "\n");
      session.await("replies follow own.reply: 1 rule\n");
      client.send(RawClient.text("x"), RawClient.text("a"));
      assertEquals("text b", client.nextInWords());
      session.type("/reply off\n");
      session.await("replies no longer follow a script\n");
      client.send(RawClient.text("a"));
      assertEquals("text a", client.nextInWords());
      session.type("/reply mqqt\n");
      session.await(
          "'mqqt' is neither a file nor one of graphql-ws, socket.io, mqtt, stomp, off; did you mean"
              + " mqtt?\n");
      Files.writeString(file, "on text a\n sned text b\n");
      session.type("/reply " + file + "\n");
      session.await(
          file
              + ": line 2, column 2: unknown word 'sned'; write on, if, unless, send, echo, delay,"
              + " close, fault, set or next\n");
      session.type("/reply\n");
      session.await("usage: /reply NAME|FILE|off\n");
      client.send(RawClient.text("a"));
      assertEquals("text a", client.nextInWords());
      session.type("/quit\n");
      assertEquals("close 1001 the server stops", client.nextInWords());
    }
  }

  @Test
  void keepsTheHistoryAcrossSessions(@TempDir Path directory) throws Exception {
    Path history = Files.createFile(directory.resolve("history"));
    try (ServeSession session = new ServeSession("dumb", history)) {
      session.type("/list\n/quit\n");
      assertEquals(0, session.exitCode());
    }
    assertEquals("/list\n/quit\n", Files.readString(history));
  }

  @Test
  void completesCommands() throws Exception {
    assertEquals(
        List.of(
            "/help", "/list", "/send", "/all", "/others", "/binary", "/file", "/ping", "/pong",
            "/close", "/hex", "/fault", "/reset", "/reply", "/pause", "/detail", "/pretty",
            "/quit"),
        completed(""));
    assertEquals(List.of("1", "12"), completed("/send "));
    assertEquals(List.of(), completed("/send 1 "));
    assertEquals(List.of("1", "12"), completed("/ping "));
    assertEquals(
        List.of(
            "1000", "1001", "1002", "1003", "1007", "1008", "1009", "1010", "1011", "1012", "1013",
            "1014"),
        completed("/close 1 "));
    assertTrue(completed("/fault 1 ").contains("server-frame-masked"));
    assertEquals(List.of("bits", "frames", "messages", "none"), completed("/detail "));
    assertTrue(
        completed("/reply ")
            .containsAll(List.of("graphql-ws", "socket.io", "mqtt", "stomp", "off", "pom.xml")));
    assertEquals(List.of("src/main/", "src/test/"), startingWith("src/m", "src/t"));
    assertEquals(List.of("on", "off"), completed("/pretty "));
    assertEquals(List.of(), completed("/quit "));
    assertEquals(List.of(), completed("hello "));
  }

  /** The first completions of paths that begin so. */
  private static List<String> startingWith(String... beginnings) throws IOException {
    List<String> found = new ArrayList<>();
    for (String path : beginnings) {
      completed("/file " + path).stream().filter(c -> c.startsWith(path)).forEach(found::add);
    }
    return found;
  }

  private static List<String> completed(String line) throws IOException {
    List<Candidate> candidates = new ArrayList<>();
    AwaitableOutput out = new AwaitableOutput();
    try (Server server = ServeSession.server(new QuietServer());
        Terminal terminal =
            new DumbTerminal("test", "dumb", InputStream.nullInputStream(), out, UTF_8)) {
      LineReader reader = new LineReaderImpl(terminal);
      ServeActions actions =
          new ServeActions(
              server,
              new Screen(out, false, true),
              LiveView.changeable(new ViewOptions(Detail.BITS, 100, false)),
              new WholeLines(text -> {}),
              new ReplyScript(null),
              () -> List.of(1L, 12L));
      new PromptCompleter<>(ServeActions.TABLE, () -> actions)
          .complete(reader, new DefaultParser().parse(line, line.length()), candidates);
    }
    return candidates.stream().map(Candidate::value).toList();
  }

  /** The screen of a dumb terminal after a session without clients. */
  private static String screenOf(String typed) throws Exception {
    try (ServeSession session = new ServeSession("dumb", null)) {
      session.type(typed);
      assertEquals(0, session.exitCode());
      return session.shown();
    }
  }
}
