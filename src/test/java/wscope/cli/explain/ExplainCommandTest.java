package wscope.cli.explain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import wscope.cli.Run;
import wscope.cli.process.Stdio;
import wscope.explain.Entry;
import wscope.explain.Explainer;
import wscope.explain.NextCommand;
import wscope.protocol.rule.Rule;
import wscope.report.json.EventSchema;

class ExplainCommandTest {
  private static final Explainer EXPLAINER = new Explainer();

  @Test
  void explainsACloseCode() {
    assertEquals(
        new Run(
            0,
            """
            close code 1013  try again later
                  The server is overloaded. A client should connect to another address, or
                  wait.
                  side: the server
                  sending: a Close frame may contain it
                  sending: no page can send it: close() accepts only 1000 and 3000 to 4999

            Usual causes
              1. A limit of connections or of memory is reached, or the client reads too
                 slowly.

            To see more
              wscope serve --close 1013:busy --after 1
                  closes after one message, to see whether a client waits
            """,
            ""),
        Run.of("explain", "1013"));
  }

  @Test
  void explainsAnErrorTextAndTheCodeInIt() {
    Run run = Run.of("explain", "app.js:5 Uncaught Error: Unrecognized frame opcode: 11 at x:1:2");
    assertEquals(
        """
        Unrecognized frame opcode: 11   Chromium, Faye
              The opcode is reserved, or not allowed here
              The low four bits of the first byte are the opcode. 0 to 2 are data, 8 to
              10 control; the others have no meaning.
              side: the sender of the frame

        Usual causes
          1. The bytes are not the start of a frame: an earlier frame has a wrong
             length, or text was written to the socket.
          2. A fragmented message continues with opcode 1 or 2 instead of 0.
          3. Data was lost or written twice, for example by two threads that share a
             socket.

        To see more
          wscope decode
              paste the bytes, with the handshake before them: it names the broken rule
              and its section
          wscope serve --fault reserved-opcode
              sends such a frame, to see how a client reacts
          wscope explain reserved-opcode
              the rule that is usually broken, with its section and bytes that break it


        opcode 0xb  reserved
              Reserved for further control frames. A receiver closes with 1002.
              side: nobody may send it

        To see more
          wscope explain reserved-opcode
              the rule, and bytes that break it
        """,
        run.out());
    assertEquals(0, run.exitCode());
  }

  @Test
  void explainsARuleOfFrames() {
    assertEquals(
        new Run(
            0,
            """
            ✗ context-taken-over   RFC 7692 §7.1.1
                  A compressed message refers to an earlier one, but context takeover is
                  disabled
                  effect: the connection is closed with 1007 invalid frame payload data
                  hint: reset the compressor before each message

            Bytes that break the rule
              wscope decode --deflate='permessage-deflate; server_no_context_takeover' \\
                  c1 13 02 02 00 00 00 00 ff ff 00 05 00 fa ff 48 65 6c 6c 6f 00

            To break the rule on purpose
              wscope serve --fault context-taken-over
              wscope connect :8080 -x Hello --fault context-taken-over
              wscope encode text Hello --break context-taken-over
                  serve breaks this rule only if the client offers permessage-deflate
            """,
            ""),
        Run.of("explain", "context-taken-over"));
  }

  @Test
  void explainsARuleOfTheHandshakeInAnyLetterCase() {
    assertEquals(
        new Run(
            0,
            """
            ✗ method-not-get   RFC 6455 §4.2.1
                  The method of the request is not GET
                  effect: a server rejects the handshake with HTTP status 405
                  hint: a WebSocket handshake is a GET request

            Bytes that break the rule
              printf '%b' \\
                  'POST /chat HTTP/1.1\\r\\n' \\
                  'Host: localhost\\r\\n' \\
                  'Upgrade: websocket\\r\\n' \\
                  'Connection: Upgrade\\r\\n' \\
                  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\\r\\n' \\
                  'Sec-WebSocket-Version: 13\\r\\n' \\
                  '\\r\\n' | wscope decode

            To break the rule on purpose
              wscope connect :8080 --fault method-not-get
                  serve cannot break this rule, because it applies to clients
            """,
            ""),
        Run.of("explain", "METHOD-NOT-GET"));
  }

  @Test
  void explainsARuleAboutLimits() {
    assertEquals(
        new Run(
            0,
            """
            ✗ head-too-large   RFC 6585 §5
                  The head is larger than this endpoint accepts
                  effect: a server rejects the handshake with HTTP status 431; nothing after
                  the violation can be read
                  hint: send fewer or smaller header fields (cookies are the usual cause),
                  or raise the limit with serve --max-head

            Bytes that break the rule
                  no short example exists; to see a violation, lower the limit with serve
                  --max-head

            To break the rule on purpose
                  serve cannot break this rule, because it depends on the receiver's limits
            """,
            ""),
        Run.of("explain", "head-too-large"));
  }

  @Test
  void explainsAStall() {
    assertEquals(
        new Run(
            0,
            """
            frame-unfinished
                  A frame announces more payload than it sends
                  this fault breaks no rule; only a timeout lets a peer notice it

            To commit the fault on purpose
              wscope serve --fault frame-unfinished
            """,
            ""),
        Run.of("explain", "frame-unfinished"));
  }

  @Test
  void explainsSeveralNames() {
    String both = Run.of("explain", "1000").out() + "\n\n" + Run.of("explain", "0x9").out();
    assertEquals(new Run(0, both, ""), Run.of("explain", "1000", "ping"));
    assertEquals(Run.of("explain", "opcode 11"), Run.of("explain", "opcode", "11"));
    assertEquals(
        Run.of("explain", "Invalid frame header"), Run.of("explain", "Invalid", "frame", "header"));
  }

  @Test
  void readsStandardInput() {
    Run expected = Run.of("explain", "1006");
    assertEquals(expected, Run.reading("1006\n", "explain", "-"));
    assertEquals(expected, Run.reading("1006", "explain"));
    String log = "10:00 start\n10:01 [error] Max payload size\nexceeded\n\tat f (x.js:1:2)\n";
    assertEquals(Run.of("explain", "Max payload size exceeded"), Run.reading(log, "explain", "-"));
  }

  @Test
  void showsItsHelpWithoutArguments() {
    Run help = Run.of("explain", "--help");
    Run expected = new Run(2, "", help.out());
    assertEquals(expected, Run.of("explain"));
    assertEquals(expected, Run.of("explain", " "));
    assertEquals(expected, Run.reading(" \n", "explain", "-"));
    assertTrue(help.out().contains("wscope explain 1006\n"), help.out());
  }

  /** A person who types no argument on a terminal must not be kept waiting for input. */
  @Test
  void doesNotReadATerminal() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayInputStream in = new ByteArrayInputStream("1006\n".getBytes(UTF_8));
    Stdio stdio = new Stdio(in, out, out, true, true, true, false, 0);
    assertEquals(2, Run.on(stdio, "explain"));
    assertEquals(Run.of("explain", "--help").out(), out.toString(UTF_8));
    assertEquals(5, in.available());
  }

  @Test
  void namesWhatIsNearest() {
    assertEquals(
        new Run(
            1, "", "wscope: explain has nothing on 'reserve-opcode'; nearest: reserved-opcode\n"),
        Run.of("explain", "reserve-opcode"));
    assertEquals(
        new Run(
            1,
            "",
            "wscope: explain has nothing on 'Sec-WebSocket-Acept'; nearest: Sec-WebSocket-Accept\n"),
        Run.of("explain", "Sec-WebSocket-Acept"));
    assertEquals(
        "wscope: explain has nothing on 'rsv1 without extension'; nearest: rsv1-without-extension\n",
        Run.of("explain", "rsv1 without extension").err());
    assertEquals(
        new Run(
            1,
            "",
            "wscope: explain has nothing on 'my frobnicator says no to everything that I type'; give"
                + " a whole error text, a code, a header or a rule\n"),
        Run.of("explain", "my frobnicator says no to everything that I type"));
    Run near = Run.of("explain", "Invalid frame, RSV1 should be clear, and more words follow");
    assertTrue(
        near.err().contains("; nearest: Invalid WebSocket frame: RSV1 must be clear; "),
        near.err());
  }

  @Test
  void limitsTheLengthOfItsInput() {
    String longest = "1006 " + "x".repeat(Explainer.LONGEST - 5);
    assertEquals(1, Run.reading(longest, "explain", "-").exitCode());
    Run tooLong =
        Run.misused(
            "wscope explain",
            "the text is longer than 64 KiB; give only the lines around the error");
    assertEquals(tooLong, Run.reading(longest + "x", "explain", "-"));
    assertEquals(tooLong, Run.of("explain", longest + "x"));
  }

  @Test
  void writesJson() {
    assertEquals(
        """
        {"type":"explanation","kind":"problem",\
        "name":"websocket: close 4401","products":["gorilla/websocket"],\
        "title":"The other end closed, and said why",\
        "meaning":"A Close frame with a code arrived, so the connection ended in an orderly way.\
         The code and the reason are the message of the other end.",\
        "side":"the end that sent the Close",\
        "causes":["The application called close(): 1000 for a normal end, 1001 if a page or server\
         goes away.",\
        "The other end found an error in what it received: 1002, 1003, 1007, 1008, 1009.",\
        "The server restarts or is overloaded: 1001, 1011, 1012, 1013.",\
        "A code of 4000 to 4999 belongs to the application; its documentation has the meaning."],\
        "steps":[{"command":"wscope serve --detail frames",\
        "why":"connect your client to it: it shows the request, each frame and each broken rule"}]}
        """,
        first(Run.of("explain", "--format", "json", "websocket: close 4401: expired")));
    assertEquals(
        """
        {"type":"rule","rule":"rsv2-without-extension","severity":"error",\
        "citation":"RFC 6455 \\u00A75.2","closeCode":1002,\
        "title":"RSV2 is set, but no extension that uses it was negotiated",\
        "hint":"no registered extension uses RSV2; are these bytes the start of a frame?",\
        "example":"wscope decode a1 05 48 65 6c 6c 6f",\
        "commands":["wscope serve --fault rsv2-without-extension",\
        "wscope connect :8080 -x Hello --fault rsv2-without-extension",\
        "wscope encode text Hello --break rsv2-without-extension"]}
        """,
        Run.of("explain", "--format", "json", "rsv2-without-extension").out());
    assertEquals(
        new Run(
            1,
            """
            {"type":"unexplained","text":"reserve-opcode\\u001B","nearest":["reserved-opcode"]}
            """,
            "wscope: explain has nothing on 'reserve-opcode\\x1b'; nearest: reserved-opcode\n"),
        Run.of("explain", "--format", "json", "reserve-opcode\u001b"));
  }

  private static String first(Run run) {
    assertEquals(0, run.exitCode());
    return run.out().lines().findFirst().orElseThrow() + "\n";
  }

  /** Everything that is known, as JSON that fits the schema. */
  @Test
  void everyEntryFitsTheSchema() {
    for (Entry entry : EXPLAINER.entries()) {
      String asked = entry.texts().isEmpty() ? entry.name() : entry.texts().get(0).text();
      Run run = Run.of("explain", "--format", "json", asked.replaceAll("\\{\\w+}", "5"));
      assertEquals(new Run(0, run.out(), ""), run, asked);
      EventSchema.check(run.out());
    }
  }

  @ParameterizedTest
  @EnumSource(Rule.class)
  void explanationsOfRulesFitInto80Columns(Rule rule) {
    Run run = Run.of("explain", rule.id());
    assertEquals(new Run(0, run.out(), ""), run);
    assertTrue(run.out().lines().allMatch(line -> line.length() <= 80), run.out());
  }

  /** No line is longer than the terminal, except for commands, and no word is broken. */
  @ParameterizedTest
  @ValueSource(ints = {40, 60, 80, 120})
  void explanationsFitIntoTheTerminal(int columns) {
    for (String question : List.of("1006", "Unexpected response code: 426", "RSV1", "upgrade")) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ByteArrayInputStream in = new ByteArrayInputStream(new byte[0]);
      Stdio stdio = new Stdio(in, out, out, false, true, true, false, columns);
      assertEquals(0, Run.on(stdio, "explain", question));
      String shown = out.toString(UTF_8);
      assertTrue(
          shown.lines().allMatch(l -> l.length() <= columns || l.startsWith("  wscope ")), shown);
      assertEquals(words(Run.of("explain", question).out()), words(shown));
    }
  }

  private static List<String> words(String text) {
    return List.of(text.strip().split("\\s+"));
  }

  @Test
  void coloursHeadings() {
    Run run = Run.of("explain", "--color", "always", "FIN");
    assertTrue(run.out().startsWith("\u001b[1mFIN\u001b[0m\n"), run.out());
    assertTrue(run.out().contains("\u001b[1mTo see more\u001b[0m\n"), run.out());
    assertFalse(Run.of("explain", "FIN").out().contains("\u001b"));
  }

  /** Each command that an entry names exists, with its options; explain knows what it asks. */
  @Test
  void theCommandsOfTheEntriesAreValid() {
    Set<NextCommand> all = new HashSet<>();
    EXPLAINER.entries().forEach(entry -> all.addAll(entry.next()));
    List<String> wrong = new ArrayList<>();
    for (NextCommand next : all) {
      String[] words = next.command().split(" ");
      String[] arguments = List.of(words).subList(1, words.length).toArray(String[]::new);
      try {
        Run.commands().parseArgs(arguments);
      } catch (CommandLine.ParameterException e) {
        wrong.add(next.command() + ": " + e.getMessage());
      }
      if (Set.of("accept-key", "encode", "explain").contains(arguments[0])) {
        Run run = Run.of(arguments);
        assertEquals(0, run.exitCode(), () -> next.command() + "\n" + run.err());
      }
    }
    assertEquals(List.of(), wrong);
  }
}
