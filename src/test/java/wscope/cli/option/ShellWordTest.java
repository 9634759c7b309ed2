package wscope.cli.option;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quotes a word for a shell if necessary. */
class ShellWordTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "/home/a/.cache/wscope/localhost.pem, /home/a/.cache/wscope/localhost.pem",
        "/home/a b/x, '/home/a b/x'",
        "/home/$a`b/x, '/home/$a`b/x'",
        "/home/o'neil/x, '/home/o'\\''neil/x'",
        "~/x, '~/x'",
        "/home/\u00e9/x, '/home/\u00e9/x'",
        "\"\", ''",
      })
  void quotesOnlyIfNecessary(String word, String typed) {
    assertEquals(typed, ShellWord.of(word));
  }
}
