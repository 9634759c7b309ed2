package wscope.cli.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The process group that may read from the terminal. The system stops a process of another group
 * that tries to, such as one that a shell started with {@code &}.
 */
public final class ForegroundGroup {
  private static final Path STAT = Path.of("/proc/self/stat");

  private ForegroundGroup() {}

  /** Whether this process may read from its terminal, as far as the system tells. */
  public static boolean hasThisProcess() {
    try {
      return isForeground(groups(Files.readString(STAT, StandardCharsets.ISO_8859_1)));
    } catch (NoSuchFileException e) {
      return askPs();
    } catch (IOException e) {
      return true;
    }
  }

  /** Asks the command ps, because systems other than Linux have no file with the groups. */
  private static boolean askPs() {
    String pid = Long.toString(ProcessHandle.current().pid());
    try {
      Process ps =
          new ProcessBuilder("ps", "-o", "pgid=,tpgid=", "-p", pid)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      ps.getOutputStream().close();
      return isForeground(
          new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // Windows has neither ps nor process groups.
      return true;
    }
  }

  /**
   * Extracts the group of the process and that of its terminal from a line of Linux (proc(5)). The
   * name of the process, in parentheses, may contain anything.
   */
  static String groups(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    return fields.length < 6 ? "" : fields[2] + " " + fields[5];
  }

  /**
   * Whether a group is in the foreground.
   *
   * @param groups the group of the process and that of its terminal; the latter is not positive
   *     without a controlling terminal, and then nothing stops the process
   */
  static boolean isForeground(String groups) {
    String[] words = groups.strip().split(" +", -1);
    try {
      long foreground = words.length == 2 ? Long.parseLong(words[1]) : 0;
      return foreground <= 0 || foreground == Long.parseLong(words[0]);
    } catch (NumberFormatException e) {
      return true;
    }
  }
}
