package wscope.cli.process;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** The places of the user's files, and the permissions to read them. */
public final class UserFiles {
  private UserFiles() {}

  /**
   * The absolute path that a variable names; null if there is none. A relative path must be ignored
   * (XDG Base Directory Specification).
   *
   * @param value the value of the variable; null if the variable is not set
   */
  public static @Nullable Path absolute(@Nullable String value) {
    try {
      Path path = value == null || value.isEmpty() ? null : Path.of(value);
      return path != null && path.isAbsolute() ? path : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /**
   * The attributes that make a new file or directory private to its owner, if the file system
   * supports them.
   */
  public static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
