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
  void groupsListEveryRuleInTheOrderOfTheTable() {
    List<Rule> rules = new ArrayList<>();
    for (RuleGroup group : RuleGroup.values()) {
      rules.addAll(Rule.of(group));
    }
    assertEquals(List.of(Rule.values()), rules);
  }

  @ParameterizedTest
  @EnumSource(
      value = RuleGroup.class,
      names = {"HEAD", "REQUEST", "RESPONSE"})
  void handshakeGroupsHaveOnlyRulesOfTheHandshake(RuleGroup group) {
    assertTrue(Rule.of(group).stream().allMatch(Rule::isOfHandshake));
  }

  @ParameterizedTest
  @EnumSource(
      value = RuleGroup.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"HEAD", "REQUEST", "RESPONSE"})
  void otherGroupsHaveNoRulesOfTheHandshake(RuleGroup group) {
    assertTrue(Rule.of(group).stream().noneMatch(Rule::isOfHandshake));
  }

  /** What an endpoint does: it rejects the request, closes, disconnects, or goes on. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "METHOD_NOT_GET, 0, 405, ERROR, true",
    "ACCEPT_WRONG, 0, 0, ERROR, true",
    "KEY_PAD_BITS, 0, 0, WARNING, true",
    "RESERVED_OPCODE, 1002, 0, ERROR, false",
  })
  void hasTheseConsequences(Rule rule, int code, int status, Severity severity, boolean handshake) {
    assertEquals(code, rule.closeCode());
    assertEquals(status, rule.httpStatus());
    assertEquals(severity, rule.severity());
    assertEquals(severity == Severity.ERROR, rule.isError());
    assertEquals(handshake, rule.isOfHandshake());
  }

  @ParameterizedTest
  @EnumSource
  void consequenceFitsTheGroup(Rule rule) {
    boolean rejected =
        rule.isError() && (rule.group() == RuleGroup.HEAD || rule.group() == RuleGroup.REQUEST);
    boolean closed = rule.isError() && !rule.isOfHandshake();
    assertEquals(closed, rule.closeCode() >= 1000 && rule.closeCode() <= 4999);
    assertEquals(rejected, rule.httpStatus() >= 400 && rule.httpStatus() <= 599);
    assertTrue(rule.closeCode() == 0 || rule.httpStatus() == 0);
  }

  @Test
  void hasTheseTitles() {
    assertEquals("The header of a frame", RuleGroup.FRAME_HEADER.title());
    assertEquals("The HTTP head", RuleGroup.HEAD.title());
  }
}
