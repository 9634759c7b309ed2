package wscope.cli.process;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Says why an I/O operation has failed, where Java may only name a file. */
public final class IoMessages {
  private IoMessages() {}

  /** The file that it is about, if it is known, and the reason. */
  public static String of(IOException e) {
    boolean named = e instanceof FileSystemException file && file.getFile() != null;
    return (named ? ((FileSystemException) e).getFile() + ": " : "") + reason(e);
  }

  /** What to tell of a file that was named and cannot be read. */
  public static Failure unreadable(Path file, IOException e) {
    String told =
        e instanceof NoSuchFileException
            ? "there is no file " + file
            : "the file " + file + " cannot be read: " + reason(e);
    return new Failure(ExitCode.IO, told);
  }

  /** The reason alone. */
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
