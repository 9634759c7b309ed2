package wscope.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.CharacterCodingException;
import org.junit.jupiter.api.Test;

/** Restores arguments that Java cannot decode, such as with LC_ALL=C. */
class ArgumentsTest {
  private static final String COMMAND_LINE = "java\0-jar\0wscope.jar\0encode\0text\0grüße ☃\0\0";

  private static String[] args(String... args) {
    return args;
  }

  @Test
  void takesTheLastWordsOfTheCommandLine() throws Exception {
    assertArrayEquals(
        args("encode", "text", "grüße ☃", ""),
        Arguments.restored(args("encode", "text", "gr\ufffd", ""), COMMAND_LINE.getBytes(UTF_8)));
  }

  @Test
  void rejectsBytesThatAreNotUtf8() {
    assertThrows(
        CharacterCodingException.class,
        () -> Arguments.restored(args("\ufffd"), COMMAND_LINE.getBytes(ISO_8859_1)));
  }

  @Test
  void keepsTheArgumentsIfTheCommandLineIsTruncated() throws Exception {
    String[] args = args("a", "\ufffd", "c");
    assertSame(args, Arguments.restored(args, "x\0y\0".getBytes(UTF_8)));
    assertSame(args, Arguments.restored(args, new byte[0]));
  }

  @Test
  void keepsArgumentsThatJavaCanDecode() {
    String[] args = args("encode", "text", "grüße");
    assertSame(args, Arguments.asTyped(args));
  }
}
