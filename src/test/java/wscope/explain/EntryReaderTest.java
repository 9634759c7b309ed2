package wscope.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.protocol.rule.Rule;

class EntryReaderTest {
  private static final Map<String, NextCommand> SHARED =
      Map.of("x", new NextCommand("wscope rules", "lists them"));

  @Test
  void readsEntries() {
    List<Entry> entries =
        read(
            """
            # A remark.

            problem: It fails
            text A, B: it fails with {status}
            general A: it did fail
            rule: reserved-opcode
            means: Something
              is wrong.
            side: the server
            cause: First.
            cause: Second.
            more: @x
            more: wscope explain 1006 # says why

            close: 4000-4999 for private use
            also: PRIVATE
            means: M
            side: S
            cause: C
            more: @x
            """);
    Entry problem = entries.get(0);
    assertEquals(
        new Entry(
            Kind.PROBLEM,
            "It fails",
            "",
            List.of(),
            problem.texts(),
            "Something is wrong.",
            "the server",
            List.of("First.", "Second."),
            List.of(SHARED.get("x"), new NextCommand("wscope explain 1006", "says why")),
            Rule.RESERVED_OPCODE),
        problem);
    assertEquals(
        List.of("[A, B] it fails with {status} false", "[A] it did fail true"),
        problem.texts().stream()
            .map(text -> text.products() + " " + text.text() + " " + text.isGeneral())
            .toList());
    assertEquals(
        new Entry(
            Kind.CLOSE_CODE,
            "4000-4999",
            "for private use",
            List.of("PRIVATE"),
            List.of(),
            "M",
            "S",
            List.of("C"),
            List.of(SHARED.get("x")),
            null),
        entries.get(1));
    assertEquals(2, entries.size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "thing: x",
        "means: x",
        "term: x\nmeans",
        "term: x\nmeans: ",
        "term: x\nmeans: a\nmeans: b",
        "term: x\nwhy: a",
        "term: x\nrule: no-such-rule",
        "term: x\nmore: @y",
        "term: x\nmore: wscope rules",
        "term: x\nmore: ls # lists",
        "term: x\nmeans: a",
        "term: x\nmore: @x",
        "term: x\nside: a\nmeans: a\nmore: @x",
        "header: x\nmeans: a\nmore: @x",
        "close: 1 x\nmeans: a\nside: a\nmore: @x",
        "problem: x\nmeans: a\nside: a\ncause: a\nmore: @x",
        "problem: x\ntext: it did fail",
        "problem: x\ntext A: did fail",
        "problem: x\ntext A: {n} it did fail",
        "problem: x\ntext A: it did fail {text}",
        "problem: x\ntext A: it did fail {more}",
        "problem: x\ntext A: it did fail {status",
      })
  void rejectsInvalidEntries(String text) {
    assertThrows(IllegalStateException.class, () -> read(text));
  }

  @Test
  void namesTheLine() {
    assertEquals(
        "f:4: unknown key why",
        assertThrows(IllegalStateException.class, () -> read("# a\n\nterm: x\nwhy: y\n"))
            .getMessage());
  }

  private static List<Entry> read(String text) {
    return EntryReader.read("f", text.lines().toList(), SHARED);
  }
}
