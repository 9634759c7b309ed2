package wscope.cli.encode;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.input.spelling.InvalidSpelling;
import wscope.input.spelling.SpelledBytes;
import wscope.input.spelling.Spelling;

/** Bytes given in hex as the value of an option. */
final class HexArgument {
  private HexArgument() {}

  /**
   * Reads the bytes.
   *
   * @param option the name of the option, for an error with the position of the first invalid
   *     character
   */
  static ByteBuffer bytes(String option, String hex) throws IOException, Failure {
    byte[] text = hex.getBytes(StandardCharsets.UTF_8);
    // Each byte takes at least one character, as in 5 or 0x5.
    ByteBuffer bytes = ByteBuffer.allocate(text.length + 1);
    try {
      SpelledBytes spelled = new SpelledBytes(new ByteArrayInputStream(text), Spelling.HEX);
      boolean more = true;
      while (more) {
        more = spelled.read(bytes);
      }
    } catch (InvalidSpelling e) {
      throw new Failure(ExitCode.USAGE, option + ": " + e.getMessage());
    }
    return bytes.flip();
  }
}
