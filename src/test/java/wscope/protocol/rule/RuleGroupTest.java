package wscope.protocol.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RuleGroupTest {
  @Test
  void everyRuleIsInOneGroupInTheOrderOfTheTable() {
    List<Rule> rules = new ArrayList<>();
    for (RuleGroup group : RuleGroup.values()) {
      rules.addAll(group.rules());
    }
    assertEquals(List.of(Rule.values()), rules);
  }

  @ParameterizedTest
  @EnumSource(
      value = RuleGroup.class,
      names = {"HEAD", "REQUEST", "ANSWER"})
  void theHandshakeHasGroupsOfItsOwn(RuleGroup group) {
    assertTrue(group.rules().stream().allMatch(Rule::isOfHandshake));
  }

  @ParameterizedTest
  @EnumSource(
      value = RuleGroup.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"HEAD", "REQUEST", "ANSWER"})
  void andSoHaveFrames(RuleGroup group) {
    assertTrue(group.rules().stream().noneMatch(Rule::isOfHandshake));
  }

  /** The answers that {@link Rule#answer} gives: HTTP, a close code, or none. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "METHOD_NOT_GET, 405, ERROR, true, true",
    "ACCEPT_WRONG, 0, ERROR, false, true",
    "KEY_PAD_BITS, 0, WARNING, false, true",
    "RESERVED_OPCODE, 1002, ERROR, false, false",
  })
  void answers(Rule rule, int answer, Severity severity, boolean http, boolean handshake) {
    assertEquals(answer, rule.answer());
    assertEquals(severity, rule.severity());
    assertEquals(severity == Severity.ERROR, rule.isError());
    assertEquals(http, rule.answersWithHttp());
    assertEquals(handshake, rule.isOfHandshake());
  }

  @Test
  void titles() {
    assertEquals("The header of a frame", RuleGroup.FRAME_HEADER.title());
    assertEquals("The HTTP head", RuleGroup.HEAD.title());
  }
}
