package wscope.cli.prompt;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A file in the user's state directory (XDG Base Directory Specification), which nobody else may
 * read: what people paste may be secret.
 */
public final class HistoryFile {
  private HistoryFile() {}

  /**
   * Makes the file, if there is none yet.
   *
   * @param environment gives the value of a variable or null
   * @throws IOException if it cannot be read and written; the message says why
   */
  static Path of(UnaryOperator<@Nullable String> environment, String name) throws IOException {
    Path file = stateDirectory(environment).resolve("wscope").resolve(name);
    try {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory, privately(directory, "rwx------"));
      }
      if (Files.notExists(file)) {
        Files.createFile(file, privately(file, "rw-------"));
      }
    } catch (FileSystemException e) {
      throw new IOException("cannot make " + file, e);
    }
    if (!Files.isRegularFile(file) || !Files.isReadable(file) || !Files.isWritable(file)) {
      throw new IOException("cannot write " + file);
    }
    return file;
  }

  private static Path stateDirectory(UnaryOperator<@Nullable String> environment)
      throws IOException {
    // A relative path is to be ignored, says the specification.
    Path state = absolute(environment.apply("XDG_STATE_HOME"));
    if (state != null) {
      return state;
    }
    Path home = absolute(environment.apply("HOME"));
    home = home == null ? absolute(environment.apply("USERPROFILE")) : home;
    if (home == null) {
      throw new IOException("neither XDG_STATE_HOME nor HOME is set");
    }
    return home.resolve(".local").resolve("state");
  }

  private static @Nullable Path absolute(@Nullable String value) {
    try {
      Path path = value == null || value.isEmpty() ? null : Path.of(value);
      return path != null && path.isAbsolute() ? path : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /** What makes a new file or directory readable by its owner only, where that can be said. */
  public static FileAttribute<?>[] privately(Path path, String permissions) {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
