package wscope.protocol.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
}
