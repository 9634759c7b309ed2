package wscope.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.cli.serve.ServeWording;
import wscope.protocol.Vectors;

/** How the parameters of a behaviour are parsed and written. */
class BehaviourParametersTest {
  private static final BehaviourParameters TABLE = TestParameters.TABLE;

  static Stream<Arguments> vectors() {
    return Vectors.arguments("behaviours.csv");
  }

  static Stream<BehaviourParameter> parameters() {
    return TABLE.all().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void parsesOneParameter(String name, Vectors.Row row) throws InvalidParameter {
    String parameter = row.cell("parameter");
    String value = Vectors.text(row.cell("value"));
    String error = Vectors.text(row.cell("error"));
    if (error.isEmpty()) {
      Behaviour read = TABLE.parse(parameter, value, Behaviour.DEFAULT);
      assertEquals(Vectors.text(row.cell("sets")), TestParameters.spelled(read));
      assertEquals(TestParameters.spelled(read), TestParameters.spelled(reparsed(read)));
    } else {
      InvalidParameter invalid =
          assertThrows(
              InvalidParameter.class, () -> TABLE.parse(parameter, value, Behaviour.DEFAULT));
      assertEquals(error, ServeWording.words(invalid.problem()));
      assertTrue(error.chars().allMatch(c -> c >= ' ' && c < 0x7f), error);
    }
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void theExampleIsValidAndAnEmptyValueRestoresTheDefault(BehaviourParameter parameter)
      throws InvalidParameter {
    String name = parameter.name();
    Behaviour set = TABLE.parse(name, parameter.example(), Behaviour.DEFAULT);
    assertEquals(Set.of(name), TABLE.settings(set).keySet());
    assertEquals("", TestParameters.spelled(TABLE.parse(name, "", set)));
    assertEquals(parameter, TABLE.find(name));
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void completionValuesAreValid(BehaviourParameter parameter) throws InvalidParameter {
    for (String value : parameter.values()) {
      Behaviour set = TABLE.parse(parameter.name(), value, Behaviour.DEFAULT);
      assertTrue(
          Set.of("", parameter.name() + "=" + value).contains(TestParameters.spelled(set)), value);
    }
  }

  @Test
  void everyParameterHasVectors() {
    Set<String> tested =
        Vectors.rows("behaviours.csv").stream()
            .filter(row -> row.cell("error").isEmpty())
            .map(row -> row.cell("parameter"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(
        TABLE.all().stream()
            .map(BehaviourParameter::name)
            .collect(Collectors.toCollection(TreeSet::new)),
        tested);
  }

  @Test
  void parsesAllParametersTogether() throws InvalidParameter {
    Behaviour all = Behaviour.DEFAULT;
    for (BehaviourParameter parameter : TABLE.all()) {
      all = TABLE.parse(parameter.name(), parameter.example(), all);
    }
    assertEquals(
        "reply=none delay=500ms fragment=5B rate=2KiB greet=hello every=1s message=tick ping=10s"
            + " close=1011:oops after=3 drop=100B redirect=308:/elsewhere compress=off"
            + " handshake-delay=5s never=on half=on coalesce=off stop-reading=on trickle=50ms"
            + " silent=pong,close fault=reserved-opcode",
        TestParameters.spelled(all));
    assertEquals(Behaviour.Reply.NONE, all.reply());
    assertEquals(Duration.ofMillis(500), all.delay());
    assertEquals(5, all.fragment());
    assertEquals(2048, all.rate());
    assertEquals("hello", all.greet());
    assertEquals(Duration.ofSeconds(1), all.every());
    assertEquals("tick", all.message());
    assertEquals(Duration.ofSeconds(10), all.ping());
    assertEquals(new Behaviour.Close(1011, "oops"), all.close());
    assertEquals(new Behaviour.Trigger.Messages(3), all.after());
    assertEquals(new Behaviour.Trigger.Bytes(100), all.drop());
    assertEquals(new Behaviour.HandshakeRejection.Redirect(308, "/elsewhere"), all.rejection());
    assertEquals(false, all.compress());
    assertEquals(Duration.ofSeconds(5), all.handshakeDelay());
    assertEquals(List.of(true, true, true), List.of(all.never(), all.half(), all.stopReading()));
    assertEquals(Duration.ofMillis(50), all.trickle());
    assertEquals(Set.of(Behaviour.Suppressed.values()), all.silent());
    assertEquals(List.of("reserved-opcode"), all.faults());
    assertEquals("", TestParameters.spelled(Behaviour.DEFAULT));
  }

  @Test
  void afterAloneClosesWith1000() throws InvalidParameter {
    Behaviour after = TABLE.parse("after", "2s", Behaviour.DEFAULT);
    assertEquals(new Behaviour.Close(1000, ""), after.close());
    assertEquals(new Behaviour.Trigger.Elapsed(Duration.ofSeconds(2)), after.after());
    Behaviour close = TABLE.parse("close", "4000", Behaviour.DEFAULT);
    assertEquals(Behaviour.AT_ONCE, close.after());
  }

  @Test
  void theLastOfStatusAndRedirectWins() throws InvalidParameter {
    Behaviour status = TABLE.parse("status", "503", Behaviour.DEFAULT);
    Behaviour redirect = TABLE.parse("redirect", "/", status);
    assertEquals("redirect=307:/", TestParameters.spelled(redirect));
    assertEquals("status=404", TestParameters.spelled(TABLE.parse("status", "404", redirect)));
  }

  /** The settings of a behaviour as name=value, separated by spaces. */
  private static Behaviour reparsed(Behaviour read) throws InvalidParameter {
    Behaviour reparsed = Behaviour.DEFAULT;
    for (Map.Entry<String, String> setting : TABLE.settings(read).entrySet()) {
      reparsed = TABLE.parse(setting.getKey(), setting.getValue(), reparsed);
    }
    return reparsed;
  }
}
