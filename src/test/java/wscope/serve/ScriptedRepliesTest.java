package wscope.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.connection.Behaviour;
import wscope.connection.reply.InvalidScript;
import wscope.connection.reply.Replies;
import wscope.connection.reply.Script;
import wscope.connection.reply.ScriptReader;
import wscope.protocol.rule.Endpoint;
import wscope.support.RawClient;
import wscope.support.SampleHandshake;

/** Replies by a script, over real sockets. */
@Timeout(5)
class ScriptedRepliesTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] END = RawClient.text("the end");

  private static Script script(String lines) throws InvalidScript {
    byte[] content = lines.getBytes(UTF_8);
    return ScriptReader.read("test", content, Endpoint.SERVER, path -> path.getBytes(UTF_8));
  }

  private static Behaviour following(String lines) throws InvalidScript {
    return Behaviour.DEFAULT.replies(Replies.of(script(lines)));
  }

  /** A frame in words: its opcode and payload, that of a binary message in hex. */
  private static String words(RawClient client) throws Exception {
    RawClient.Frame frame = client.next();
    byte[] payload = frame.payload().array();
    return switch (frame.first()) {
      case 0x81 -> "text " + new String(payload, UTF_8);
      case 0x82 -> "binary " + HEX.formatHex(payload);
      case 0x88 ->
          "close "
              + (int) frame.payload().getChar(0)
              + " "
              + new String(payload, 2, payload.length - 2, UTF_8);
      default -> Integer.toHexString(frame.first()) + " " + HEX.formatHex(payload);
    };
  }

  /**
   * Sends messages: hex after "0x", otherwise text; returns all that comes back, joined by " / ".
   */
  private static String conversation(String script, String... messages) throws Exception {
    String all = "on text the end\nsend text the end\n" + script;
    List<String> seen = new ArrayList<>();
    try (RunningServer server = new RunningServer(following(all));
        RawClient client = server.open()) {
      for (String message : messages) {
        client.send(
            message.startsWith("0x")
                ? RawClient.masked(2, HEX.parseHex(message.substring(2)))
                : RawClient.text(message));
      }
      client.send(END);
      for (String next = words(client); !next.equals("text the end"); next = words(client)) {
        seen.add(next);
        if (next.startsWith("close")) {
          break;
        }
      }
    }
    return String.join(" / ", seen);
  }

  /** H2: an expression that takes long on each of many messages does not delay other clients. */
  @Test
  void othersHaveTheirTurnsBetweenSlowMatches() throws Exception {
    byte[][] slow = new byte[200][];
    Arrays.fill(slow, RawClient.text("a".repeat(60) + "!"));
    String script = "on text other\nsend text reply\non text /^(a|aa)+$/\necho\non any\necho\n";
    try (RunningServer server = new RunningServer(following(script));
        RawClient attacker = server.open();
        RawClient other = server.open()) {
      attacker.send(RawClient.join(slow));
      assertTrue(server.nextReply().startsWith("#1 "));
      other.send(RawClient.text("other"));
      assertEquals("text reply", words(other));
      // Each message is reported twice: the expression gives up, and the last rule replies.
      assertTrue(server.replies().size() < 2 * slow.length - 1, "the other client waited");
    }
  }

  /** In each script, a semicolon stands for the end of a line. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "on text a;send text b | a | text b",
        "on text a;send text b | A | ``",
        "on text a;send text b | 0x61 | ``",
        "on text \"a b\";send text \"b\\u00e9\\t$$\" | a b | text bé\t$",
        "on text;echo | é | text é",
        "on text;echo | 0xff | ``",
        "on binary;echo | 0xff | binary ff",
        "on binary;echo | a | ``",
        "on any;echo | 0xff | binary ff",
        "on any;send text 1;send text 2 | a | text 1 / text 2",
        "on text a;send text 1;on any;send text 2 | a | text 1",
        "on text a;send text 1;next;send text 3;on any;send text 2 | a | text 1 / text 2 / text 3",
        "on text /b(.)(d)?/;send text $1$1 ${1} $0 | abcx | text cc c bc",
        "on text /^(?<n>\\d+)$/;send json {\"n\":\"<$n>\",\"v\":$n} | 12 | text"
            + " {\"n\":\"<12>\",\"v\":\"12\"}",
        "on text /^(.*)$/s;send json [$1,\"$1\"] | \"\\ | text [\"\\\"\\\\\",\"\\\"\\\\\"]",
        "on json /type \"a\";send text ${/id} | {\"type\":\"a\",\"id\":\"x y\"} | text x y",
        "on json /type \"a\";send json {\"i\":${/id},\"all\":${}} | {\"id\": [1, {}],\"type\":\"a\"} |"
            + " text {\"i\":[1, {}],\"all\":{\"id\": [1, {}],\"type\":\"a\"}}",
        "on json /n 1;send text one | {\"n\":1.0} | text one",
        "on json /n;send text any | {\"n\":null} | text any",
        "on json /n;send text any | {\"m\":null} | ``",
        "on json \"\" 5;send text five | 5 | text five",
        "on json /type \"a\";if ${/x} b;send text b;on any;send text c | {\"type\":\"a\",\"x\":\"b\"} |"
            + " text b",
        "on json /type \"a\";if ${/x} b;send text b;on any;send text c | {\"type\":\"a\",\"x\":\"c\"} |"
            + " text c",
        "on json /type \"a\";unless ${/x};send text b;on any;send text c | {\"type\":\"a\"} | text b",
        "on any;unless $seen;set seen yes;send text first;on any;send text $seen | a | text first",
        "on any;send text $connection-$message | a | text 1-1",
        "on binary 10 n:varint id:2 end;send hex 20$n ff $id | 0x10050102 | binary 2005ff0102",
        "on binary id:2;send text $id | 0x4142 | text AB",
        "on text /(.*)/;send hex 00 $1 | é | binary 00c3a9",
        "on any;send file text a b.txt | a | text a b.txt",
        "on any;send file binary \"c\" | a | binary 63",
        "on any;close | a | close 1000 ",
        "on any;close 4000 a \"reason\" | a | close 4000 a \"reason\"",
        "on any;fault rsv2-without-extension | a | a1"
            + " 727376322d776974686f75742d657874656e73696f6e",
        "on text /(.*)/;fault rsv2-without-extension $1 | ab | a1 6162",
        "on any;close;send text more | a | close 1000 ",
        "on open;send text hello;on open;send text never | a | text hello",
        "on open;send text hello;next;on open;send text too | a | text hello / text too",
      })
  void repliesAsTheRulesSay(String script, String message, String replies) throws Exception {
    String[] messages = message.isEmpty() ? new String[0] : new String[] {message};
    assertEquals(replies.strip(), conversation(script.replace(';', '\n'), messages).strip());
  }

  @Test
  void remembersValuesByKey() throws Exception {
    String script =
        """
        on text /^put (.) (.*)$/
          set value[$1] $2
          set last $1
        on text /^get (.)$/
        if ${value[$1]}
          send text $1=${value[$1]} last=${value[$last]}
        on text /^get (.)$/
          send text no $1
        """;
    assertEquals(
        "text no a / text a=1 last=2 / text b=2 last=2 / text no a",
        conversation(script, "get a", "put a 1", "put b 2", "get a", "get b", "put a ", "get a"));
  }

  @Test
  void saysWhichRuleRepliesAndWhatItDoesNotDo() throws Exception {
    String script =
        """
        on text /^(a)|b$/
          send text <$1>
          send text next
        on text big
          set x 1
          send text ${y[1]}
          close
          send text more
        on any
          set y[$message] 1
        """;
    try (RunningServer server = new RunningServer(following(script));
        RawClient client = server.open()) {
      client.send(RawClient.text("b"));
      assertEquals("text next", words(client));
      client.send(RawClient.text("a"));
      assertEquals("text <a>", words(client));
      assertEquals("text next", words(client));
      client.send(RawClient.text("big"));
      assertEquals("close 1000 ", words(client));
      assertEquals("#1 rule 1", server.nextReply());
      assertEquals("#1 rule 1: action 1 is not done: $1 is unknown", server.nextReply());
      assertEquals("#1 rule 1", server.nextReply());
      assertEquals("#1 rule 2", server.nextReply());
      assertEquals("#1 rule 2: action 2 is not done: ${y[...]} is unknown", server.nextReply());
      assertEquals(
          "#1 rule 2: action 4 is not done: wscope has already sent a Close frame",
          server.nextReply());
    }
  }

  @Test
  void saysIfAnExpressionGivesUp() throws Exception {
    try (RunningServer server =
            new RunningServer(
                following("on text /(a|a)*$/\n send text x\non any\n send text y\n"));
        RawClient client = server.open()) {
      client.send(RawClient.text("a".repeat(60_000) + "!"));
      assertEquals("text y", words(client));
      assertEquals(
          "#1 rule 1: the regular expression took too many steps and gave up", server.nextReply());
      assertEquals("#1 rule 2", server.nextReply());
    }
  }

  @Test
  void limitsTheValuesOfAConnection() throws Exception {
    String script =
        """
        on text /^(.{1,10})$/
          set v[$1] $1
        on text /(.*)/
          set w $1
        """;
    try (RunningServer server = new RunningServer(following(script));
        RawClient client = server.open()) {
      client.send(RawClient.text("x".repeat(4096)));
      assertEquals("#1 rule 2", server.nextReply());
      // With this value, there are 256 before the last one of the loop.
      for (int i = 0; i < 256; i++) {
        client.send(RawClient.text("k" + i));
        assertEquals("#1 rule 1", server.nextReply());
      }
      assertEquals(
          "#1 rule 1: action 1 is not done: 256 values are set already", server.nextReply());
      client.send(RawClient.text("x".repeat(4097)));
      assertEquals("#1 rule 2", server.nextReply());
      assertEquals(
          "#1 rule 2: action 1 is not done: w is longer than 4096 bytes", server.nextReply());
    }
  }

  /** The actions after a delay do not hold up those to other messages. */
  @Test
  void delaysOnlyTheActionsOfOneRule() throws Exception {
    String script =
        """
        on text slow
          send text 1
          delay 100ms
          send text 3
          delay 0ms
          send text 4
        on text fast
          send text 2
        """;
    try (RunningServer server = new RunningServer(following(script));
        RawClient client = server.open()) {
      long start = System.nanoTime();
      client.send(RawClient.text("slow"), RawClient.text("fast"));
      List<String> seen = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        seen.add(words(client));
      }
      assertEquals(List.of("text 1", "text 2", "text 3", "text 4"), seen);
      assertTrue(System.nanoTime() - start >= Duration.ofMillis(100).toNanos());
    }
  }

  @Test
  void anEchoAfterADelayKeepsTheMessage() throws Exception {
    byte[] long1 = new byte[100_000];
    Arrays.fill(long1, (byte) 'a');
    try (RunningServer server = new RunningServer(following("on any\ndelay 20ms\necho\n"));
        RawClient client = server.open()) {
      client.send(RawClient.masked(1, long1), RawClient.text("b"));
      client.expect(RawClient.plain(1, long1), RawClient.echo("b"));
    }
  }

  @Test
  void repeatsActions() throws Exception {
    String script =
        "on every 10ms\nunless $off\nsend text tick $message\non any\nset off 1\necho\n";
    try (RunningServer server = new RunningServer(following(script));
        RawClient client = server.open()) {
      assertEquals("text tick 0", words(client));
      assertEquals("text tick 0", words(client));
      client.send(RawClient.text("stop"));
      String next = words(client);
      while (next.equals("text tick 0")) {
        next = words(client);
      }
      assertEquals("text stop", next);
      client.send(RawClient.text("b"));
      assertEquals("text b", words(client));
    }
  }

  @Test
  void theOtherParametersShapeTheActions() throws Exception {
    Behaviour behaviour = following("on any\nsend text abcd\nclose 1000\n").fragment(3);
    try (RunningServer server =
            new RunningServer(behaviour.delay(Duration.ofMillis(1)).greet("hi"));
        RawClient client = server.open()) {
      client.expect(RawClient.echo("hi"));
      client.send(RawClient.text("x"));
      client.expect("01 03 61 62 63 80 01 64 88 02 03 e8");
    }
  }

  @Test
  void aQueryChoosesAnotherReply() throws Exception {
    try (RunningServer server = new RunningServer(following("on any\nsend text script\n"))) {
      for (String query : List.of("reply=echo", "reply=")) {
        try (RawClient client = server.connect()) {
          client.send(RawClient.request(query));
          client.expectUpgrade();
          client.send(RawClient.text("a"));
          assertEquals("text a", words(client));
        }
      }
      try (RawClient client = server.connect()) {
        client.send(RawClient.request("reply=graphql-ws"));
        client.expectUpgrade();
        client.send(RawClient.text("{\"type\":\"ping\"}"));
        assertEquals("text {\"type\":\"pong\"}", words(client));
      }
    }
  }

  /** A new script takes effect at the next message, and forgets what the old one remembered. */
  @Test
  void followsAnotherScriptWhileOpen() throws Exception {
    Script one = script("on any\nsend text one $x\nsend text old\nset x 1\n");
    Script two = script("on any\nunless $x\nsend text two\nset x 1\n");
    AtomicReference<@Nullable Script> current = new AtomicReference<>(one);
    try (RunningServer server = new RunningServer(Behaviour.DEFAULT.replies(current::get));
        RawClient client = server.open()) {
      client.send(RawClient.text("a"), RawClient.text("a"));
      assertEquals("text old", words(client));
      assertEquals("text one 1", words(client));
      assertEquals("text old", words(client));
      current.set(two);
      client.send(RawClient.text("a"));
      assertEquals("text two", words(client));
      current.set(null);
      client.send(RawClient.text("a"));
      assertEquals("text a", words(client));
    }
  }

  @Test
  void agreesToTheSubprotocolsOfTheScript() throws Exception {
    try (RunningServer server = new RunningServer(following("subprotocol superchat chat\n"));
        RawClient client = server.connect()) {
      client.send(
          SampleHandshake.request("localhost", "/", "Sec-WebSocket-Protocol: chat, superchat")
              .getBytes(UTF_8));
      assertTrue(client.head().contains("\r\nSec-WebSocket-Protocol: superchat\r\n"));
    }
  }

  @Test
  void anIntervalEndsWithItsScript() throws Exception {
    AtomicReference<@Nullable Script> current =
        new AtomicReference<>(script("on every 1ms\nsend text tick\n"));
    try (RunningServer server = new RunningServer(Behaviour.DEFAULT.replies(current::get));
        RawClient client = server.open()) {
      assertEquals("text tick", words(client));
      current.set(null);
      client.send(END);
      String next = words(client);
      while (next.equals("text tick")) {
        next = words(client);
      }
      assertEquals("text the end", next);
      try (RawClient clock = server.connect()) {
        clock.send(RawClient.request("every=5ms&message=t"));
        clock.expectUpgrade();
        clock.expect(RawClient.echo("t"), RawClient.echo("t"), RawClient.echo("t"));
      }
      client.send(END);
      assertEquals("text the end", words(client));
    }
  }

  /** The replies to one message of many packets take several turns, and stay in order. */
  @Test
  void manyPacketsInOneMessageLetOthersHaveTheirTurns() throws Exception {
    String script =
        "packets ?? length:varint\non binary n:1 length:varint x:1\nsend hex $n $x\non text\necho\n";
    try (RunningServer server = new RunningServer(following(script));
        RawClient client = server.open();
        RawClient other = server.open()) {
      int count = 20_000;
      byte[] packets = new byte[3 * count];
      for (int i = 0; i < count; i++) {
        packets[3 * i] = (byte) (i >> 8);
        packets[3 * i + 1] = 1;
        packets[3 * i + 2] = (byte) i;
      }
      client.send(RawClient.masked(2, packets));
      assertEquals("binary 0000", words(client));
      other.send(RawClient.text("a"));
      assertEquals("text a", words(other));
      for (int i = 1; i < count; i++) {
        byte[] next = client.next().payload().array();
        assertEquals((byte) (i >> 8), next[0]);
        assertEquals((byte) i, next[1]);
      }
    }
  }

  @Test
  void saysIfTheBytesAreNoPackets() throws Exception {
    try (RunningServer server =
            new RunningServer(following("packets ?? length:varint\non any\necho\n"));
        RawClient client = server.open()) {
      client.send(RawClient.masked(2, HEX.parseHex("10ffffffffff")), RawClient.text("a"));
      assertEquals("text a", words(client));
      assertEquals(
          "#1 rule 0: what the peer sent is not a packet; its further bytes get no reply",
          server.nextReply());
    }
  }
}
