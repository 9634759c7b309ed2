package wscope.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.cli.serve.ServeWording;
import wscope.connection.Behaviour;
import wscope.connection.TestParameters;
import wscope.protocol.Vectors;
import wscope.protocol.event.Event;

/** Valid, invalid and hostile queries in request targets. */
class QueryParametersTest {
  private static final Behaviour DEFAULTS =
      Behaviour.DEFAULT.reply(Behaviour.Reply.OTHERS).greet("hi");

  private static final QueryParameters QUERY =
      new QueryParameters(TestParameters.TABLE, DEFAULTS, Queries.LENIENT);

  private static final String REPEATED = "reply: the parameter is given more than once";

  static Stream<Arguments> vectors() {
    return Vectors.arguments("queries.csv");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void readsAQuery(String name, Vectors.Row row) {
    QueryParameters.Reading reading = QUERY.read(Vectors.text(row.cell("target")));
    assertEquals(row.cell("problems"), String.join("|", words(reading)));
    assertEquals(row.cell("problems").isEmpty(), reading.isValid());
    assertEquals(row.cell("left"), String.join(", ", reading.left().names()));
    assertEquals(0, reading.left().more());
    if (reading.isValid()) {
      assertEquals(Vectors.text(row.cell("sets")), TestParameters.spelled(reading.behaviour()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      value = {
        "/?repyl=none § 'repyl': unknown parameter; did you mean reply?",
        "/?EIO=4&transport=websocket § 'EIO': unknown parameter|'transport': unknown parameter",
        "/?%3Cscript%3E=1 § '?script?': unknown parameter",
        "/?gre%et=1 § 'gre%et': '%et' is not %XX (two hex digits); write % itself as %25",
        "/?\u00e9=1 § '?' is not UTF-8",
        "/?=x § '': unknown parameter",
      })
  void rejectsOtherNamesOnRequest(String target, String problems) {
    QueryParameters strict = new QueryParameters(TestParameters.TABLE, DEFAULTS, Queries.STRICT);
    QueryParameters.Reading reading = strict.read(target);
    assertEquals(problems, String.join("|", words(reading)));
    assertEquals(Event.QueryLeft.NOTHING, reading.left());
  }

  /** S5: a query with many names of the client takes little memory. */
  @Test
  void tellsOnlyTheFirstNames() {
    StringBuilder target = new StringBuilder("/?");
    for (int i = 0; i < 5000; i++) {
      target.append('x').append(i).append('&');
    }
    Event.QueryLeft left = readInTime(target.toString()).left();
    assertEquals(10, left.names().size());
    assertEquals("'x0'", left.names().get(0));
    assertEquals(4990, left.more());
    String longest = QUERY.read("/?" + "y".repeat(9000)).left().names().get(0);
    assertEquals("'" + "y".repeat(40) + "...'", longest);
  }

  @Test
  void ignoresQueriesOnRequest() {
    QueryParameters ignoring = new QueryParameters(TestParameters.TABLE, DEFAULTS, Queries.IGNORED);
    for (String target : List.of("/?reply=none", "/?EIO=4&transport=websocket", "/?%")) {
      QueryParameters.Reading reading = ignoring.read(target);
      assertSame(DEFAULTS, reading.behaviour());
      assertEquals(List.of(), reading.problems());
    }
  }

  @Test
  void readsTokensOfWatchers() {
    String token = "0123456789abcdef0123456789abcdef";
    QueryParameters.Reading watcher = QUERY.read("/?watch=" + token);
    assertEquals(token, watcher.watch());
    assertNull(watcher.watched());
    QueryParameters.Reading watched = QUERY.read("/?greet=a&watched=" + token + "&ping=1s");
    assertNull(watched.watch());
    assertEquals(token, watched.watched());
    assertNull(QUERY.read("/").watched());
    QueryParameters ignoring = new QueryParameters(TestParameters.TABLE, DEFAULTS, Queries.IGNORED);
    assertNull(ignoring.read("/?watch=" + token).watch());
    assertNull(ignoring.read("/?watched=" + token).watched());
  }

  /** S5: checking stops after the first problems. */
  @ParameterizedTest
  @ValueSource(strings = {"reply=none&", "reply&", "repl=1&", "greet=%&"})
  void reportsOnlyTheFirstProblems(String parameter) {
    QueryParameters.Reading reading = readInTime("/?" + parameter.repeat(10_000));
    assertEquals(11, reading.problems().size());
    assertEquals("the rest of the query was not checked", words(reading).get(10));
  }

  @Test
  void stopsAfterTheTenthProblem() {
    List<String> ten = Collections.nCopies(10, REPEATED);
    assertEquals(ten, words(QUERY.read("/?" + "reply=none&".repeat(11))));
    assertEquals(11, QUERY.read("/?" + "reply=none&".repeat(12)).problems().size());
    assertEquals(ten.subList(1, 10), words(QUERY.read("/?" + "reply=none&".repeat(10))));
  }

  /** S11: as many bytes as a head may have, of characters that parsers often mishandle. */
  @ParameterizedTest
  @ValueSource(strings = {"&", "=", "%", "%25", "+", "\u00e9", "%C3%A9", ",", ":", "?", "a=&"})
  void readsHostileQueriesInTime(String text) {
    String hostile = text.repeat(32 * 1024 / text.length());
    for (String start : List.of("", "greet=", "fault=", "silent=", "close=1000:", "redirect=")) {
      QueryParameters.Reading reading = readInTime("/?" + start + hostile);
      assertTrue(reading.problems().size() <= 11);
      words(reading).forEach(QueryParametersTest::assertHarmless);
    }
  }

  @Test
  void readsOrRejectsRandomBytes() {
    Random random = new Random(6455);
    String frequent = "&=%+:,0123456789abcdefABCDEFreplyclosfautgn";
    for (int round = 0; round < 20_000; round++) {
      StringBuilder target = new StringBuilder("/?");
      for (int length = random.nextInt(40); length > 0; length--) {
        boolean any = random.nextInt(8) == 0;
        target.append(
            any ? (char) random.nextInt(256) : frequent.charAt(random.nextInt(frequent.length())));
      }
      QueryParameters.Reading reading = QUERY.read(target.toString());
      assertNotNull(reading.behaviour());
      words(reading).forEach(QueryParametersTest::assertHarmless);
    }
  }

  private static List<String> words(QueryParameters.Reading reading) {
    return reading.problems().stream().map(ServeWording::words).toList();
  }

  private static QueryParameters.Reading readInTime(String target) {
    return assertTimeoutPreemptively(Duration.ofSeconds(5), () -> QUERY.read(target));
  }

  /** Fails unless it is one short line of visible ASCII without markup. */
  private static void assertHarmless(String problem) {
    assertTrue(problem.chars().allMatch(c -> c >= ' ' && c < 0x7f), problem);
    assertTrue(problem.chars().noneMatch(c -> c == '<' || c == '>' || c == '"'), problem);
    assertTrue(problem.length() < 300, problem);
  }
}
