package wscope.cli.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which processes may read from their terminal. BackgroundIT tests this in real shells. */
class ForegroundGroupTest {
  /** Lines as in proc(5): pid (comm) state ppid pgrp session tty_nr tpgid flags. */
  @ParameterizedTest
  @CsvSource({
    "4242 (java) S 4000 4242 4000 34816 4242 4194304 1 2, true",
    "4242 (java) S 4000 4242 4000 34816 4000 4194304 1 2, false",
    "4242 (java) S 4000 4242 4242 0 -1 4194304 1 2, true",
    "4242 (a) R 9 (b) S 4000 4242 4000 34816 4000 4194304 1 2, false",
    "4242 (a b c) S 4000 4242 4000 34816 4242 4194304 1 2, true",
    "4242 (java), true",
    "'', true",
  })
  void readsTheStatOfLinux(String stat, boolean foreground) {
    assertEquals(foreground, ForegroundGroup.isForeground(ForegroundGroup.groups(stat)));
  }

  /** Lines of {@code ps -o pgid=,tpgid=}, as macOS and Linux write them. */
  @ParameterizedTest
  @CsvSource({
    "' 4242  4242', true",
    "'  4242  4000', false",
    "' 4242     0', true",
    "' 4242    -1', true",
    "'4242 4000\n', false",
    "'4242', true",
    "'a b', true",
  })
  void readsTheOutputOfPs(String line, boolean foreground) {
    assertEquals(foreground, ForegroundGroup.isForeground(line));
  }
}
