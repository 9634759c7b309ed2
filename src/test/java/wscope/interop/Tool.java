package wscope.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What a test needs besides Java. Where {@code .ci/run} installs it, a missing one makes the test
 * fail; elsewhere the test is skipped and says what to install.
 */
final class Tool {
  private static final boolean CI = "true".equals(System.getenv("CI"));

  private Tool() {}

  /** A program, by its path or by a name that is found. */
  static void onPath(String name) {
    boolean found =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder).resolve(name)));
    require(found, name + " is missing; install it");
  }

  /** A folder that a command fills. */
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
