package wscope.cli.option;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.cli.Run;
import wscope.protocol.Faults;
import wscope.protocol.rule.Rule;

/** The commands in the explanation of a rule do what it says. */
@Timeout(20)
class RuleCommandsTest {
  private static final Set<Rule> ABOUT_LIMITS =
      EnumSet.of(
          Rule.MESSAGE_TOO_BIG,
          Rule.TOO_MANY_FRAGMENTS,
          Rule.HEAD_TOO_LARGE,
          Rule.TOO_MANY_HEADER_FIELDS);

  private static final Pattern FOUND =
      Pattern.compile("\"type\":\"violation\".*\"rule\":\"(.*?)\"");

  @ParameterizedTest
  @EnumSource(Rule.class)
  void everyRuleHasAnExampleUnlessItIsAboutALimit(Rule rule) {
    assertEquals(ABOUT_LIMITS.contains(rule), RuleCommands.decode(rule).isEmpty());
  }

  static Stream<Rule> rulesWithExamples() {
    return EnumSet.complementOf(EnumSet.copyOf(ABOUT_LIMITS)).stream();
  }

  @ParameterizedTest
  @MethodSource("rulesWithExamples")
  @DisabledOnOs(OS.WINDOWS)
  void theExampleBreaksThatRuleOnly(Rule rule) throws Exception {
    // A shell runs the command with a function wscope that prints its arguments and its input.
    String script =
        "wscope() { for i in \"$@\"; do printf '%s\\n' \"$i\"; done; echo; cat; }\n"
            + String.join("\n", RuleCommands.decode(rule))
            + "\n";
    Process shell = new ProcessBuilder("sh", "-c", script).start();
    shell.getOutputStream().close();
    String printed = new String(shell.getInputStream().readAllBytes(), ISO_8859_1);
    assertTrue(shell.waitFor(10, SECONDS));
    int end = printed.indexOf("\n\n");
    List<String> arguments = new ArrayList<>(printed.substring(0, end).lines().toList());
    arguments.addAll(1, List.of("--format", "json"));
    byte[] input = printed.substring(end + 2).getBytes(ISO_8859_1);
    Run decoded = Run.reading(new ByteArrayInputStream(input), arguments.toArray(String[]::new));
    assertEquals(Set.of(rule.id()), found(decoded.out()), decoded.out());
    assertEquals(rule.isError() ? 1 : 0, decoded.exitCode());
  }

  @ParameterizedTest
  @EnumSource(Rule.class)
  void theEncodeCommandBreaksTheRule(Rule rule) {
    List<String> commands =
        RuleCommands.commit(rule).stream().filter(c -> c.startsWith("wscope encode ")).toList();
    assertEquals(Faults.ofFrames(rule) == null ? 0 : 1, commands.size());
    for (String command : commands) {
      Run run = Run.of(command.substring("wscope ".length()).split(" ", -1));
      assertEquals(0, run.exitCode(), run.err());
      String mark = rule.isError() ? "  ✗ " : "  ! ";
      assertTrue(run.err().startsWith(mark + rule.id() + "   "), run.err());
    }
  }

  private static Set<String> found(String json) {
    return FOUND.matcher(json).results().map(match -> match.group(1)).collect(Collectors.toSet());
  }
}
