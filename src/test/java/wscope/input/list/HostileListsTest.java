package wscope.input.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.input.find.Candidate;
import wscope.input.find.Matcher;
import wscope.input.find.Piece;

class HostileListsTest {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int SIZE = 1 << 15;

  private final List<Matcher> matchers =
      List.of(new LiteralMatcher(), new ListMatcher(), new Base64Matcher());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[",
        "{\n",
        "<<",
        "(",
        "[0]",
        "[129,",
        "\\x81\\x05",
        "\\x81",
        "'\\x81",
        "\"\\x81\\xfe",
        "{0x81,",
        "/*",
        "[ /*",
        "\\",
        "'",
        "\"",
        "%81%05",
        "$81 ",
        "0: 129\n",
        "1\n",
        "81\n",
        "<Buffer 81 05",
        "gYU3",
        "gYU3gYU3gYU3gYU3 ",
        "[129,5\n",
        "(byte",
        "\\x81\\\n",
        "\"\\x81\"\"",
        "<81 ",
        "[hex=81",
        "x'81",
        "x b'\\x01\\x7f'\n",
        "[ //\n",
        "f(\"\\1\", '",
      })
  void repetitionsTakeLinearTime(String unit) {
    byte[] part = unit.repeat(SIZE / unit.length()).getBytes(StandardCharsets.UTF_8);
    byte[] whole = unit.repeat(4 * SIZE / unit.length()).getBytes(StandardCharsets.UTF_8);
    for (Matcher matcher : matchers) {
      long quarter = time(matcher, part);
      long all = time(matcher, whole);
      assertTrue(
          all < 10 * quarter + 500_000_000L,
          () -> matcher + " took " + quarter + " ns, and for four times as much " + all);
    }
  }

  private static long time(Matcher matcher, byte[] text) {
    long start = THREADS.getCurrentThreadCpuTime();
    Finds.in(matcher, text, true);
    return THREADS.getCurrentThreadCpuTime() - start;
  }

  @Test
  void anyTextGivesPiecesThatStandOnTheirLines() {
    Random random = new Random(14);
    String[] tokens = {
      "[",
      "]",
      "{",
      "}",
      "(",
      ")",
      "<",
      ">",
      "<<",
      ">>",
      ", ",
      " ",
      "\n",
      "\r\n",
      "129",
      "0x81",
      "-127",
      "5",
      "'",
      "\"",
      "b'",
      "\\x81",
      "\\201",
      "\\u0081",
      "\\",
      "...",
      "\u00e9",
      "\ufffd",
      "<Buffer ",
      "81 05 ",
      "[0] => ",
      "0: ",
      "int(129)",
      "(byte) ",
      "/*",
      "*/",
      "//",
      "%81%05",
      "gYU3+iE9f59NUViIAgPo",
      "=",
      "-----BEGIN X",
      " <repeats 3 times>",
      ", 'a' <repeats 9 times>",
      "x'8105'",
      "$81",
      "#$",
      "&H",
      "hex=8105",
      "[size=2 ",
      "\u2502",
      "length: 7",
      ".",
      "ffffff81"
    };
    for (int round = 0; round < 3000; round++) {
      StringBuilder text = new StringBuilder();
      int length = 1 + random.nextInt(40);
      for (int i = 0; i < length; i++) {
        text.append(tokens[random.nextInt(tokens.length)]);
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      for (Matcher matcher : matchers) {
        for (Candidate candidate : Finds.in(matcher, bytes, random.nextBoolean())) {
          check(candidate, bytes);
        }
      }
    }
  }

  private static void check(Candidate candidate, byte[] text) {
    int last = -1;
    for (Piece piece : candidate.pieces()) {
      assertTrue(piece.from() < piece.to() && piece.to() <= text.length, candidate::toString);
      assertTrue(piece.from() >= last, candidate::toString);
      // A list that leaves out bytes may have none at all.
      boolean claim = candidate.bytes().length == 0;
      assertTrue(claim || piece.bytes().length > 0, candidate::toString);
      for (int i = piece.from(); i < piece.to(); i++) {
        assertTrue(text[i] != '\n', candidate::toString);
      }
      last = piece.to();
    }
    int lines = 0;
    for (int i = 0; i < candidate.first().from(); i++) {
      lines += text[i] == '\n' ? 1 : 0;
    }
    assertEquals(lines, candidate.first().line());
  }
}
