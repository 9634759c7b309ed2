package wscope.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.cli.decode.DeflateText;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.message.CloseBody;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/**
 * Each vector goes from one end to the other and, mirrored, in the opposite direction: the receiver
 * fails the connection with the first rule that is broken, and its peer receives the close code.
 */
class PairVectorsTest {
  private static final Pattern A_RULE = Pattern.compile("violation ([a-z0-9-]+) ");
  private static final Pattern FAIL = Pattern.compile("fail\\(\\d+ ([a-z0-9-]+)\\)");

  static Stream<Arguments> frames() {
    return Vectors.arguments("frames.csv")
        .filter(arguments -> !row(arguments).cell("sender").equals("auto"));
  }

  /** The vectors with one sender. */
  static Stream<Arguments> limits() {
    return Vectors.arguments("limits.csv")
        .filter(
            arguments -> {
              String expected = row(arguments).cell("expected");
              return !expected.contains(" masked ") || !expected.contains(" unmasked ");
            });
  }

  static Stream<Arguments> compressed() {
    return Vectors.arguments("compressed.csv");
  }

  static Stream<Arguments> sessions() {
    return Vectors.arguments("sessions.csv");
  }

  /**
   * How a connection ends.
   *
   * @param rule the first rule that is broken; null if none is
   * @param closed whether a Close came before; what follows it does not fail the connection
   */
  private record Outcome(@Nullable Rule rule, boolean closed) {
    static Outcome of(String expected) {
      Matcher violation = A_RULE.matcher(expected);
      int close = expected.indexOf("| close ");
      while (violation.find()) {
        Rule rule = PairVectorsTest.rule(violation.group(1));
        if (rule.isError()) {
          return new Outcome(rule, close >= 0 && close < violation.start());
        }
      }
      return new Outcome(null, close >= 0);
    }

    Outcome mirrored() {
      return new Outcome(PairVectorsTest.mirrored(rule), closed);
    }
  }

  private static Vectors.Row row(Arguments arguments) {
    return (Vectors.Row) arguments.get()[1];
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("frames")
  void failsWithTheFirstBrokenRule(String name, Vectors.Row row) {
    Endpoint sender = Endpoint.valueOf(row.cell("sender").toUpperCase(Locale.ROOT));
    byte[] frames = Vectors.bytes(row.cell("hex"));
    Outcome outcome = Outcome.of(row.cell("expected"));
    for (Pair.Cut cut : Pair.Cut.values()) {
      assertOutcome(Pair.of(Limits.NONE, cut).open(), sender, frames, outcome);
      assertOutcome(
          Pair.of(Limits.NONE, cut).open(),
          sender.peer(),
          MirroredFrames.of(frames),
          outcome.mirrored());
    }
  }

  private static void assertOutcome(Pair pair, Endpoint sender, byte[] frames, Outcome outcome) {
    TestEndpoint from = sender == Endpoint.CLIENT ? pair.client() : pair.server();
    TestEndpoint to = sender == Endpoint.CLIENT ? pair.server() : pair.client();
    assertTrue(from.session().sendRaw(ByteBuffer.wrap(frames)).isSent());
    pair.exchange();
    if (outcome.closed()) {
      assertNull(to.session().closure().failure());
      assertTrue(outcome.rule() == null || to.brokenByFrames().contains(outcome.rule().id()));
      pair.assertDisconnected();
    } else if (outcome.rule() == null) {
      pair.assertOpen();
    } else {
      assertFailed(pair, to, from, outcome.rule());
    }
  }

  private static void assertFailed(Pair pair, TestEndpoint by, TestEndpoint peer, Rule rule) {
    CloseBody close = CloseBody.of(rule.closeCode(), rule.title());
    assertEquals(rule, by.session().closure().failure());
    assertEquals(by.session().self(), by.session().closure().initiator());
    assertEquals(close, by.session().closure().sent());
    assertEquals(close, peer.session().closure().received());
    assertEquals(by.session().self(), peer.session().closure().initiator());
    pair.assertDisconnected();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("limits")
  void failsAtALimit(String name, Vectors.Row row) {
    Limits limits =
        new Limits(
            Long.parseLong(row.cell("longest message")),
            Long.parseLong(row.cell("most fragments")),
            Limits.SERVER.maxHead(),
            Limits.SERVER.maxHeaderFields());
    byte[] frames = Vectors.bytes(row.cell("hex"));
    Outcome outcome = Outcome.of(row.cell("expected"));
    for (Pair.Cut cut : Pair.Cut.values()) {
      for (Endpoint receiver : Endpoint.values()) {
        TestEndpoint client =
            TestEndpoint.client(
                receiver == Endpoint.CLIENT ? limits : Limits.NONE, TestEndpoint.KEY_ZERO);
        TestEndpoint server =
            TestEndpoint.server(receiver == Endpoint.SERVER ? limits : Limits.NONE);
        assertOutcome(
            new Pair(client, server, cut).open(),
            receiver.peer(),
            from(receiver.peer(), frames),
            outcome);
      }
    }
  }

  /** The frames as an endpoint sends them; the first one shows who sends them in the vector. */
  private static byte[] from(Endpoint sender, byte[] frames) {
    boolean masked = frames.length > 1 && frames[1] < 0;
    return masked == (sender == Endpoint.CLIENT) ? frames : MirroredFrames.of(frames);
  }

  /** The vectors have the frames of a server; mirrored, its parameters become the client's. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("compressed")
  void failsWithTheFirstBrokenRuleOfCompression(String name, Vectors.Row row) {
    DeflateParameters agreed = DeflateText.read(row.cell("agreed")).parameters();
    assertNotNull(agreed);
    DeflateParameters mirrored =
        new DeflateParameters(
            agreed.clientNoContextTakeover(),
            agreed.serverNoContextTakeover(),
            agreed.clientMaxWindowBits(),
            agreed.serverMaxWindowBits());
    byte[] frames = Vectors.bytes(row.cell("hex"));
    Outcome outcome = Outcome.of(row.cell("expected"));
    for (Pair.Cut cut : Pair.Cut.values()) {
      assertOutcome(Pair.of(Limits.NONE, cut).open(agreed), Endpoint.SERVER, frames, outcome);
      assertOutcome(
          Pair.of(Limits.NONE, cut).open(mirrored),
          Endpoint.CLIENT,
          MirroredFrames.of(frames),
          outcome.mirrored());
    }
  }

  /** Each end echoes what the other sends. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("sessions")
  void repliesAsInTheVectors(String name, Vectors.Row row) {
    byte[] frames = Vectors.bytes(row.cell("in"));
    for (Pair.Cut cut : Pair.Cut.values()) {
      Pair toServer = Pair.of(Limits.SERVER, cut);
      toServer.server().echoing();
      toServer.open().client().session().sendRaw(ByteBuffer.wrap(frames));
      assertSession(row, toServer, toServer.server(), toServer.client(), false);
      Pair toClient = Pair.of(Limits.SERVER, cut);
      toClient.client().echoing();
      byte[] mirrored = MirroredFrames.of(frames);
      toClient.open().server().session().sendRaw(ByteBuffer.wrap(mirrored));
      assertSession(row, toClient, toClient.client(), toClient.server(), true);
    }
  }

  private static void assertSession(
      Vectors.Row row, Pair pair, TestEndpoint receiver, TestEndpoint sender, boolean mirrored) {
    pair.exchange();
    Matcher fail = FAIL.matcher(row.cell("out"));
    Rule rule = fail.find() ? rule(fail.group(1)) : null;
    Rule expected = mirrored ? mirrored(rule) : rule;
    assertEquals(expected, receiver.session().closure().failure());
    assertEquals(receiver.messages(), sender.messages());
    if (row.cell("then").equals("ended")) {
      pair.assertDisconnected();
      CloseBody sent = receiver.session().closure().sent();
      assertEquals(sent, sender.session().closure().received());
      if (expected != null) {
        assertEquals(CloseBody.of(expected.closeCode(), expected.title()), sent);
      }
    } else {
      pair.assertOpen();
    }
  }

  private static Rule rule(String id) {
    return Rule.valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** Each rule on masking applies to one endpoint. */
  private static @Nullable Rule mirrored(@Nullable Rule rule) {
    if (rule == Rule.CLIENT_FRAME_UNMASKED) {
      return Rule.SERVER_FRAME_MASKED;
    }
    return rule == Rule.SERVER_FRAME_MASKED ? Rule.CLIENT_FRAME_UNMASKED : rule;
  }
}
