package wscope.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The arguments of this process. In a locale without UTF-8, such as C, Java replaces each byte
 * beyond ASCII with U+FFFD. Linux still has the bytes, which are nearly always UTF-8.
 */
final class Arguments {
  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

  private Arguments() {}

  /** The arguments as they were typed, if the system still has them. */
  static String[] asTyped(String[] args) {
    for (String arg : args) {
      if (arg.indexOf('\ufffd') >= 0) {
        try {
          return restored(args, Files.readAllBytes(COMMAND_LINE));
        } catch (IOException e) {
          // This is another system, or the bytes are not UTF-8.
          return args;
        }
      }
    }
    return args;
  }

  /**
   * Returns the last words of a command line.
   *
   * @param args the arguments as Java read them; their number is right
   * @param commandLine the words, each of which ends with a zero byte
   * @throws CharacterCodingException if the command line is not UTF-8
   */
  static String[] restored(String[] args, byte[] commandLine) throws CharacterCodingException {
    String text =
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(commandLine)).toString();
    List<String> words = List.of(text.split("\0", -1));
    // Nothing follows the last zero byte.
    int end = words.size() - 1;
    return end < args.length ? args : words.subList(end - args.length, end).toArray(String[]::new);
  }
}
