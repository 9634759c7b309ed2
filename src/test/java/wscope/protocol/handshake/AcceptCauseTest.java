package wscope.protocol.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.protocol.Vectors;

/** The mistakes that give a wrong Sec-WebSocket-Accept. */
class AcceptCauseTest {
  private static final String KEY = "x3JJHMbDL1EzLkh9GBhXDw==";
  private static final String VALUE = "HSmrc0sMlYUkAGmm5OPpG2HaGWk=";

  static Stream<Arguments> causes() {
    return Vectors.arguments("accept-causes.csv");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("causes")
  void namesTheMistakeThatGivesTheValue(String name, Vectors.Row row) {
    AcceptCause cause = AcceptCause.of(AcceptKey.of(row.cell("key")), row.cell("value"), List.of());
    if (row.cell("mistakes").equals("none")) {
      assertNull(cause);
    } else {
      assertEquals(
          row.cell("mistakes"),
          cause.steps().stream().map(step -> step.mistake().id()).collect(Collectors.joining(" ")));
      assertEquals(
          row.cell("detail"),
          cause.steps().stream()
              .map(AcceptCause.Step::detail)
              .collect(Collectors.joining(" "))
              .strip());
    }
  }

  @Test
  void namesTheOtherKey() {
    List<String> others = List.of("AAAAAAAAAAAAAAAAAAAAAA==", KEY);
    assertEquals(
        new AcceptCause(List.of(new AcceptCause.Step(AcceptMistake.OTHER_KEY, KEY))),
        AcceptCause.of(AcceptKey.of("dGhlIHNhbXBsZSBub25jZQ=="), VALUE, others));
    assertNull(
        AcceptCause.of(
            AcceptKey.of("dGhlIHNhbXBsZSBub25jZQ=="), VALUE, List.of("AAAAAAAAAAAAAAAAAAAAAA==")));
  }

  @Test
  void findsNothingWrongWithTheRightValue() {
    assertNull(AcceptCause.of(AcceptKey.of(KEY), VALUE, List.of(KEY)));
  }

  @Test
  void everyMistakeHasAVector() {
    Set<AcceptMistake> found = EnumSet.of(AcceptMistake.OTHER_KEY);
    for (Vectors.Row row : Vectors.rows("accept-causes.csv")) {
      for (String id : row.cell("mistakes").split(" ", -1)) {
        if (!id.equals("none")) {
          found.add(AcceptMistake.valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_')));
        }
      }
    }
    assertEquals(EnumSet.allOf(AcceptMistake.class), found);
  }
}
