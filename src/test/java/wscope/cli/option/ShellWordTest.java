package wscope.cli.option;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a shell makes one word of. */
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
  void quotedWhereItMustBe(String word, String typed) {
    assertEquals(typed, ShellWord.of(word));
  }
}
