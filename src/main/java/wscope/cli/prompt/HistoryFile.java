package wscope.cli.prompt;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import wscope.cli.process.UserFiles;

/**
 * A history file in the user's state directory (XDG Base Directory Specification). Nobody else may
 * read the file, because pasted text may be secret.
 */
public final class HistoryFile {
  private HistoryFile() {}

  /**
   * Creates the file if it does not exist.
   *
   * @param environment returns the value of a variable; null if the variable is not set
   * @throws IOException if the file cannot be read or written; the message says why
   */
  static Path of(UnaryOperator<@Nullable String> environment, String name) throws IOException {
    Path file = stateDirectory(environment).resolve("wscope").resolve(name);
    try {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory, UserFiles.ownerOnly(directory, "rwx------"));
      }
      if (Files.notExists(file)) {
        Files.createFile(file, UserFiles.ownerOnly(file, "rw-------"));
      }
    } catch (FileSystemException e) {
      throw new IOException("cannot create " + file, e);
    }
    if (!Files.isRegularFile(file) || !Files.isReadable(file) || !Files.isWritable(file)) {
      throw new IOException("cannot write " + file);
    }
    return file;
  }

  private static Path stateDirectory(UnaryOperator<@Nullable String> environment)
      throws IOException {
    Path state = UserFiles.absolute(environment.apply("XDG_STATE_HOME"));
    if (state != null) {
      return state;
    }
    Path home = UserFiles.absolute(environment.apply("HOME"));
    home = home == null ? UserFiles.absolute(environment.apply("USERPROFILE")) : home;
    if (home == null) {
      throw new IOException("neither XDG_STATE_HOME nor HOME is set");
    }
    return home.resolve(".local").resolve("state");
  }
}
