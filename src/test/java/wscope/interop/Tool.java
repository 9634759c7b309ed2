package wscope.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A program or directory that a test needs besides Java. If it is missing, the test fails in CI; in
 * other environments, the test is skipped and says what to install.
 */
final class Tool {
  private static final boolean CI = "true".equals(System.getenv("CI"));

  private Tool() {}

  /** A program, given by its path or by its name in PATH. */
  static void onPath(String name) {
    boolean found =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder).resolve(name)));
    require(found, name + " is missing; install it");
  }

  /** A directory that this command creates. */
  static void folder(Path folder, String command) {
    require(Files.isDirectory(folder), folder + " is missing; run this: " + command);
  }

  private static void require(boolean present, String missing) {
    if (CI) {
      assertTrue(present, missing);
    } else {
      assumeTrue(present, missing);
    }
  }
}
