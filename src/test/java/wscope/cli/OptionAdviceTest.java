package wscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import wscope.cli.option.OptionAdvice;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/** The options that reports name as advice. */
class OptionAdviceTest {
  private static final Pattern OPTION = Pattern.compile("--[a-z-]+");

  private final OutputStream nowhere = OutputStream.nullOutputStream();
  private final OptionAdvice advice = new OptionAdvice();

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "RSV1_WITHOUT_EXTENSION | '; try decode --deflate'",
        "MESSAGE_TOO_BIG | ', or raise the limit with serve --max-message'",
        "TOO_MANY_FRAGMENTS | ', or raise the limit with serve --max-fragments'",
        "HEAD_TOO_LARGE | ', or raise the limit with serve --max-head'",
        "TOO_MANY_HEADER_FIELDS | ', or raise the limit with serve --max-fields'",
        "RESERVED_OPCODE | ''",
      })
  void advisesOnARule(Rule rule, String expected) {
    assertEquals(expected, advice.onRule(rule));
  }

  /** No option of decode inflates what cannot be compressed, or does not inflate. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--no-deflate c1 00 | '; try decode --deflate'",
        "--no-deflate c9 00 | ''",
        "--no-deflate 01 00 c0 00 | ''",
        "c1 02 68 69 | ''",
      })
  void advisesToInflateOnlyWhatMayInflate(String arguments, String expected) {
    List<String> hints =
        Run.of(("decode -d frames " + arguments).split(" ", -1))
            .out()
            .lines()
            .filter(line -> line.startsWith("      hint: "))
            .toList();
    assertEquals(
        List.of("      hint: with permessage-deflate, RSV1 marks a compressed message" + expected),
        hints);
  }

  @Test
  void namesTheCommandThatTheUserRuns() {
    assertEquals(
        ", or raise the limit with connect --max-message",
        new OptionAdvice(Endpoint.CLIENT).onRule(Rule.MESSAGE_TOO_BIG));
  }

  @Test
  void onlyRulesAboutLimitsHaveAnOption() {
    assertEquals("--max-head", OptionAdvice.limit(Rule.HEAD_TOO_LARGE));
    assertThrows(
        IllegalArgumentException.class, () -> OptionAdvice.limit(Rule.RSV1_WITHOUT_EXTENSION));
  }

  @Test
  void advisesOnASubprotocol() {
    assertEquals("; to accept it: --subprotocol chat", advice.onSubprotocol("chat"));
    assertEquals("; to accept it: --subprotocol NAME", advice.onSubprotocol(null));
    assertEquals("; to accept it: --subprotocol 'a`b|c'", advice.onSubprotocol("a`b|c"));
  }

  @Test
  void advisesOnAFullServer() {
    assertEquals(" (--max-connections)", advice.onFullServer());
  }

  /** Advice names only existing options. */
  @ParameterizedTest
  @EnumSource
  void advisesOnlyExistingOptions(Rule rule) {
    Set<String> known = new HashSet<>();
    new Wscope(Run.stdio(InputStream.nullInputStream(), nowhere, nowhere))
        .commandLine()
        .getSubcommands()
        .values()
        .forEach(command -> known.addAll(command.getCommandSpec().optionsMap().keySet()));
    List<String> named =
        OPTION.matcher(advice.onRule(rule)).results().map(MatchResult::group).toList();
    assertTrue(known.containsAll(named), named.toString());
  }
}
