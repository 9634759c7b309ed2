package wscope.cli.rules;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.cli.Run;
import wscope.protocol.Faults;
import wscope.protocol.rule.Rule;
import wscope.report.json.EventSchema;

/** {@code wscope rules}: its output, and that the commands in it do what it says. */
@Timeout(20)
class RulesCommandTest {
  private static final Set<Rule> ABOUT_LIMITS =
      EnumSet.of(
          Rule.MESSAGE_TOO_BIG,
          Rule.TOO_MANY_FRAGMENTS,
          Rule.HEAD_TOO_LARGE,
          Rule.TOO_MANY_HEADER_FIELDS);

  private static final Pattern FOUND =
      Pattern.compile("\"type\":\"violation\".*\"rule\":\"(.*?)\"");

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

                wscope rules RULE-ID explains a rule, with bytes that break the rule.
                """),
        list.out());
  }

  @Test
  void explainsARuleOfFrames() {
    assertEquals(
        new Run(
            0,
            """
            ✗ context-taken-over   RFC 7692 §7.1.1
                  A compressed message refers to an earlier one, but context takeover is
                  disabled
                  effect: the connection is closed with 1007 invalid frame payload data
                  hint: reset the compressor before each message

            Bytes that break the rule
              wscope decode --deflate='permessage-deflate; server_no_context_takeover' \\
                  c1 13 02 02 00 00 00 00 ff ff 00 05 00 fa ff 48 65 6c 6c 6f 00

            To break the rule on purpose
              wscope serve --fault context-taken-over
              wscope encode text Hello --break context-taken-over
                  serve breaks this rule only if the client offers permessage-deflate
            """,
            ""),
        Run.of("rules", "context-taken-over"));
  }

  @Test
  void explainsARuleOfTheHandshakeInAnyLetterCase() {
    assertEquals(
        new Run(
            0,
            """
            ✗ method-not-get   RFC 6455 §4.2.1
                  The method of the request is not GET
                  effect: a server rejects the handshake with HTTP status 405
                  hint: a WebSocket handshake is a GET request

            Bytes that break the rule
              printf '%b' \\
                  'POST /chat HTTP/1.1\\r\\n' \\
                  'Host: localhost\\r\\n' \\
                  'Upgrade: websocket\\r\\n' \\
                  'Connection: Upgrade\\r\\n' \\
                  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\\r\\n' \\
                  'Sec-WebSocket-Version: 13\\r\\n' \\
                  '\\r\\n' | wscope decode

            To break the rule on purpose
                  serve cannot break this rule, because it applies to clients
            """,
            ""),
        Run.of("rules", "METHOD-NOT-GET"));
  }

  @Test
  void explainsARuleAboutLimits() {
    assertEquals(
        new Run(
            0,
            """
            ✗ head-too-large   RFC 6585 §5
                  The request head is larger than this endpoint accepts
                  effect: a server rejects the handshake with HTTP status 431; nothing after
                  the violation can be read
                  hint: send fewer or smaller header fields (cookies are the usual cause),
                  or raise the limit with serve --max-head

            Bytes that break the rule
                  no short example exists; to see a violation, lower the limit with serve
                  --max-head

            To break the rule on purpose
                  serve cannot break this rule, because it depends on the receiver's limits
            """,
            ""),
        Run.of("rules", "head-too-large"));
  }

  @Test
  void explainsAStall() {
    assertEquals(
        new Run(
            0,
            """
            frame-unfinished
                  A frame announces more payload than it sends
                  this fault breaks no rule; only a timeout lets a peer notice it

            To commit the fault on purpose
              wscope serve --fault frame-unfinished
            """,
            ""),
        Run.of("rules", "frame-unfinished"));
  }

  @Test
  void suggestsARuleForAnUnknownOne() {
    assertEquals(
        Run.misused("wscope rules", "unknown rule 'reserve-opcode'; did you mean reserved-opcode?"),
        Run.of("rules", "reserve-opcode"));
  }

  @Test
  void writesJson() {
    Run all = Run.of("rules", "--format", "json");
    assertEquals(0, all.exitCode());
    int expected = Rule.values().length + Faults.stalls().size();
    assertEquals(expected, EventSchema.check(all.out()).lines().count());
    assertEquals(
        """
        {"type":"rule","rule":"rsv2-without-extension","severity":"error",\
        "citation":"RFC 6455 \\u00A75.2","closeCode":1002,\
        "title":"RSV2 is set, but no extension that uses it was negotiated",\
        "hint":"no registered extension uses RSV2; are these bytes the start of a frame?",\
        "example":"wscope decode a1 05 48 65 6c 6c 6f",\
        "commands":["wscope serve --fault rsv2-without-extension",\
        "wscope encode text Hello --break rsv2-without-extension"]}
        """,
        Run.of("rules", "--format", "json", "rsv2-without-extension").out());
  }

  @ParameterizedTest
  @EnumSource(Rule.class)
  void explanationsFitInto80Columns(Rule rule) {
    Run run = Run.of("rules", rule.id());
    assertEquals(new Run(0, run.out(), ""), run);
    assertTrue(run.out().lines().allMatch(line -> line.length() <= 80), run.out());
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
      assertTrue(run.err().startsWith("  ✗ " + rule.id() + "   "), run.err());
    }
  }

  private static Set<String> found(String json) {
    return FOUND.matcher(json).results().map(match -> match.group(1)).collect(Collectors.toSet());
  }
}
