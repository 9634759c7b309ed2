package wscope.cli.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The place of the history file, and who may read it. */
class HistoryFileTest {
  @TempDir Path directory;

  @Test
  void isInTheStateDirectory() throws IOException {
    Map<String, String> both =
        Map.of("XDG_STATE_HOME", directory.resolve("state").toString(), "HOME", "/nowhere");
    Path file = HistoryFile.of(both::get, "history");
    assertEquals(directory.resolve("state/wscope/history"), file);
    assertEquals(file, HistoryFile.of(both::get, "history"), "a second time");
  }

  @Test
  void isInTheHomeDirectory() throws IOException {
    Map<String, String> home = Map.of("HOME", directory.toString(), "XDG_STATE_HOME", "relative");
    assertEquals(
        directory.resolve(".local/state/wscope/history"), HistoryFile.of(home::get, "history"));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void isReadableByTheOwnerOnly() throws IOException {
    Path file = HistoryFile.of(Map.of("HOME", directory.toString())::get, "history");
    assertEquals("rw-------", permissions(file));
    assertEquals("rwx------", permissions(file.getParent()));
  }

  @Test
  void failsWithoutADirectory() {
    IOException none = assertThrows(IOException.class, () -> HistoryFile.of(name -> null, "h"));
    assertEquals("neither XDG_STATE_HOME nor HOME is set", none.getMessage());
  }

  @Test
  void failsIfTheDirectoryIsAFile() throws IOException {
    Path file = Files.createFile(directory.resolve("state"));
    Map<String, String> state = Map.of("XDG_STATE_HOME", file.toString());
    IOException failed = assertThrows(IOException.class, () -> HistoryFile.of(state::get, "h"));
    assertEquals("cannot create " + file.resolve("wscope/h"), failed.getMessage());
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
