package wscope.cli.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
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
import wscope.support.RawClient;

/** Whole sessions at the prompt of {@code wscope serve}, on terminals that are streams. */
@Timeout(30)
class ServeConsoleTest {
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
              /help                             show this help
              /list                             show the connections
              /send ID TEXT                     send a text message
              /all TEXT                         send a text message to all clients
              /ping [ID]                        send a ping; default: the newest connection
              /pong [ID]                        send an unsolicited pong
              /close ID [CODE [REASON]]         close a connection; default code: 1000
              /hex ID BYTES                     send bytes, written as for decode
              /fault ID RULE                    send a message or Close that breaks RULE
              /detail bits|frames|messages|none show more or less of each frame
              /pause                            pause the output; /pause again resumes it
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
            usage: /send ID TEXT
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
    try (ConsoleSession session = new ConsoleSession("dumb", null);
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

  @Test
  void closesConnections() throws Exception {
    try (ConsoleSession session = new ConsoleSession("dumb", null);
        RawClient one = session.connect()) {
      session.type("/close 1 1006\n");
      session.await(
          "1006 (abnormal closure) must not be sent; to break this rule: /fault 1"
              + " close-code-never-sent\n");
      session.type("/close 1 99\n");
      session.await(
          "99 (out of range) must not be sent; to break this rule: /fault 1"
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
    try (ConsoleSession session = new ConsoleSession("dumb", null);
        RawClient one = session.connect()) {
      session.type("/fault 1\n");
      session.await("usage: /fault ID RULE\n");
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
    try (ConsoleSession session = new ConsoleSession("dumb", null);
        RawClient one = session.connect()) {
      session.type("/hex 1\n");
      session.await("usage: /hex ID BYTES\n");
      session.type("/hex 1 hello\n");
      session.await("no bytes to send; try: /hex 1 81 05 48 65 6c 6c 6f\n");
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
    try (ConsoleSession session = new ConsoleSession("dumb", null);
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
    try (ConsoleSession session = new ConsoleSession("xterm", null);
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
    try (ConsoleSession session = new ConsoleSession("dumb", null);
        RawClient one = session.connect()) {
      session.type("abandoned");
      session.await("serve> ");
      session.interrupt();
      assertEquals("close 1001 the server stops", one.nextInWords());
      assertEquals(130, session.exitCode());
    }
  }

  @Test
  void theEndOfTheInputStopsTheServer() throws Exception {
    try (ConsoleSession session = new ConsoleSession("dumb", null);
        RawClient one = session.connect()) {
      session.endInput();
      assertEquals("close 1001 the server stops", one.nextInWords());
      assertEquals(0, session.exitCode());
    }
  }

  @Test
  void keepsTheHistoryAcrossSessions(@TempDir Path directory) throws Exception {
    Path history = Files.createFile(directory.resolve("history"));
    try (ConsoleSession session = new ConsoleSession("dumb", history)) {
      session.type("/list\n/quit\n");
      assertEquals(0, session.exitCode());
    }
    assertEquals("/list\n/quit\n", Files.readString(history));
  }

  @Test
  void completesCommands() throws Exception {
    assertEquals(
        List.of(
            "/help", "/list", "/send", "/all", "/ping", "/pong", "/close", "/hex", "/fault",
            "/detail", "/pause", "/quit"),
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
    assertEquals(List.of(), completed("/quit "));
    assertEquals(List.of(), completed("hello "));
  }

  private static List<String> completed(String line) throws IOException {
    List<Candidate> candidates = new ArrayList<>();
    try (Terminal terminal =
        new DumbTerminal(
            "test", "dumb", InputStream.nullInputStream(), new AwaitableOutput(), UTF_8)) {
      LineReader reader = new LineReaderImpl(terminal);
      new ConsoleCompleter(() -> List.of(1L, 12L))
          .complete(reader, new DefaultParser().parse(line, line.length()), candidates);
    }
    return candidates.stream().map(Candidate::value).toList();
  }

  /** The screen of a dumb terminal after a session without clients. */
  private static String screenOf(String typed) throws Exception {
    try (ConsoleSession session = new ConsoleSession("dumb", null)) {
      session.type(typed);
      assertEquals(0, session.exitCode());
      return session.shown();
    }
  }
}
