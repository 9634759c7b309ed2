package wscope.cli.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the system and the environment say about the standard streams. */
class StdioTest {
  @ParameterizedTest
  @CsvSource({
    "/dev/pts/0, true",
    "/dev/tty, true",
    "/dev/tty1, true",
    "/dev/ttyS0, true",
    "/dev/console, true",
    "/dev/hvc0, true",
    "/dev/null, false",
    "/dev/consolation, false",
    "/home/dev/pts/0, false",
    "pipe:[4711], false",
    "socket:[4711], false",
  })
  void recognisesTheTerminalsOfLinux(String file, boolean terminal) {
    assertEquals(terminal, Stdio.isTerminal(file));
  }

  @Test
  void aNonEmptyNoColorDisablesColour() {
    assertEquals(true, Stdio.isColourWanted(null));
    assertEquals(true, Stdio.isColourWanted(""));
    assertEquals(false, Stdio.isColourWanted("0"));
  }
}
