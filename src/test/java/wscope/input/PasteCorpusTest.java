package wscope.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every paste in {@code src/test/resources/pastes} is read as its expectation says. */
class PasteCorpusTest {
  static Stream<Paste> pastes() throws IOException {
    return Paste.all().stream();
  }

  @ParameterizedTest
  @MethodSource("pastes")
  void isReadAsExpected(Paste paste) {
    assertEquals(paste.expected(), read(paste));
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
