package wscope.cli.process;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Describes why an I/O operation failed. Java's own message may be only the name of a file. */
public final class IoMessages {
  private IoMessages() {}

  /** Names the file, if it is known, and the reason. */
  public static String of(IOException e) {
    boolean named = e instanceof FileSystemException file && file.getFile() != null;
    return (named ? ((FileSystemException) e).getFile() + ": " : "") + reason(e);
  }

  /** Creates the failure for a file that the user named but that cannot be read. */
  public static Failure unreadable(Path file, IOException e) {
    String message =
        e instanceof NoSuchFileException
            ? "the file " + file + " does not exist"
            : "cannot read the file " + file + ": " + reason(e);
    return new Failure(ExitCode.IO, message);
  }

  /** Describes why a file could not be written. */
  public static Failure unwritable(Path file, IOException e) {
    return new Failure(ExitCode.IO, "cannot write the file " + file + ": " + reason(e));
  }

  /** Describes only the reason. */
  public static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "Permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "No such file or directory";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "File exists";
    }
    String message = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
    return message == null ? e.toString() : message;
  }
}
