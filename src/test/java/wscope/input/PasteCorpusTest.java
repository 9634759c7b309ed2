package wscope.input;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every paste in {@code src/test/resources/pastes} is read as its expectation says. */
class PasteCorpusTest {

  private static final String CUT_LIST = "The dots in a list do not say that bytes are left out.";

  /** Pastes that are not read right yet, each with the reason. */
  private static final Map<String, String> KNOWN =
      Map.ofEntries(
          entry("bits/hand-underscores.txt", "Underscores within binary digits are not read."),
          entry("debuggers/gdb-output-cut.txt", CUT_LIST),
          entry(
              "directions/hand-cut-split.txt",
              "A frame that another direction interrupts is passed on as a whole."),
          entry("dumps/curl-trace-time.txt", "Each line of a head is a dump of its own."),
          entry("dumps/curl-trace.txt", "Each line of a head is a dump of its own."),
          entry("dumps/hexyl-colours.txt", "Escape sequences of a terminal are not skipped."),
          entry("heads/hand-firefox-raw.txt", "A window is closed before the request comes."),
          entry("lists/elixir-cut.txt", CUT_LIST),
          entry("lists/sqlite-insert-mode.txt", "One masked Ping in a table has little evidence."),
          entry(
              "literals/node-json-latin1.txt",
              "U+0080 to U+009F as they are in a JSON string are not read as bytes."),
          entry("literals/sed-unambiguous.txt", "The dollar at the end of a line is read."),
          entry("logs/strace-dump.txt", "A call and its dump have the same bytes, read twice."),
          entry("logs/strace-handshake.txt", "The text after a call is taken for a list."),
          entry("other/ngrep-normal.txt", "The dots may have been any bytes, not only CRLF."),
          entry(
              "packets/tcpdump-ascii.txt", "Heads after the bytes of packet headers are not read."),
          entry("packets/tcpdump-cooked.txt", "The header of a cooked capture is not removed."),
          entry("parts/hand-cut-by-reset.txt", "A frame that is cut has too little evidence."));

  private static Stream<Paste> pastes() throws IOException {
    return Paste.all().stream();
  }

  static Stream<Paste> right() throws IOException {
    return pastes().filter(paste -> !KNOWN.containsKey(paste.name()));
  }

  static Stream<Paste> known() throws IOException {
    return pastes().filter(paste -> KNOWN.containsKey(paste.name()));
  }

  @ParameterizedTest
  @MethodSource("right")
  void isReadAsExpected(Paste paste) {
    assertEquals(paste.expected(), read(paste));
  }

  /** Whoever mends the finder removes the paste from the known ones. */
  @ParameterizedTest
  @MethodSource("known")
  void isNotReadRightYet(Paste paste) {
    assertNotEquals(paste.expected(), read(paste), "remove " + paste + " from KNOWN");
  }

  @Test
  void allKnownPastesExist() throws IOException {
    assertEquals(KNOWN.keySet(), known().map(Paste::name).collect(Collectors.toUnmodifiableSet()));
  }

  @Test
  void textsWithoutFramesAreNeverKnownToFail() {
    KNOWN.keySet().forEach(name -> assertFalse(name.startsWith("none/"), name));
  }

  /** Otherwise a mistake in a file of expectations is hidden. */
  @Test
  void onlyTextsWithoutFramesExpectNothing() throws IOException {
    for (Paste paste : Paste.all()) {
      boolean none = paste.expectsNothing();
      assertEquals(none, paste.expected().isEmpty(), paste.name());
      assertTrue(none || !paste.name().startsWith("none/"), paste.name());
    }
  }

  /** What is read; an error may end a text without frames, but nothing may come before it. */
  private static List<String> read(Paste paste) {
    List<String> read = Paste.readAll(paste.bytes());
    return paste.expectsNothing() && read.size() == 1 && Paste.isError(read.get(0))
        ? List.of()
        : read;
  }
}
