package wscope.cli.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import wscope.cli.Run;
import wscope.protocol.Faults;
import wscope.protocol.rule.Rule;
import wscope.report.json.EventSchema;

class RulesCommandTest {
  @Test
  void listsEveryRuleAndStall() {
    Run list = Run.of("rules");
    assertEquals(new Run(0, list.out(), ""), list);
    List<String> lines = list.out().lines().toList();
    assertTrue(lines.stream().allMatch(line -> line.length() <= 80), list.out());
    List<String> ids =
        lines.stream()
            .filter(line -> line.startsWith("  ") && line.charAt(2) != ' ')
            .map(line -> line.replaceFirst("^  [✗!]? ?", "").replaceFirst(" .*", ""))
            .toList();
    assertEquals(
        Stream.concat(
                Arrays.stream(Rule.values()).map(Rule::id),
                Stream.of("message-unfinished", "frame-unfinished"))
            .toList(),
        ids);
    assertTrue(
        list.out()
            .startsWith(
                """
                The header of a frame
                  ✗ client-frame-unmasked               RFC 6455 §5.1       close 1002
                      A frame from a client is not masked
                """),
        list.out());
    assertTrue(
        list.out()
            .contains(
                """
                  ! key-pad-bits                        RFC 4648 §3.5       tolerated
                      The unused last bits of the key are not zero
                """),
        list.out());
    assertTrue(
        list.out()
            .endsWith(
                """
                Faults that break no rule but keep the peer waiting
                  message-unfinished
                      A message begins, but its last frame is never sent
                  frame-unfinished
                      A frame announces more payload than it sends

                wscope explain RULE-ID explains a rule, with bytes that break it.
                """),
        list.out());
  }

  @Test
  void takesNoArgument() {
    assertEquals(
        Run.misused(
            "wscope rules",
            "unexpected argument 'reserved-opcode'; to explain it: wscope explain reserved-opcode"),
        Run.of("rules", "reserved-opcode"));
  }

  @Test
  void writesJson() {
    Run all = Run.of("rules", "--format", "json");
    assertEquals(0, all.exitCode());
    int expected = Rule.values().length + Faults.stalls().size();
    assertEquals(expected, EventSchema.check(all.out()).lines().count());
  }
}
