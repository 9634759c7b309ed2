package wscope.cli.listen;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.cli.process.IoMessages;

/**
 * A file that exists while a server listens and contains its URL. The file appears with its whole
 * content at once, so that another process may wait for it.
 */
public final class ReadyFile implements AutoCloseable {
  private final Path file;
  private final String content;

  private ReadyFile(Path file, String content) {
    this.file = file;
    this.content = content;
  }

  /**
   * Writes the file. A file of an earlier server is replaced.
   *
   * @throws Failure if the file cannot be written
   */
  public static ReadyFile of(Path file, String url) throws Failure {
    String content = url + "\n";
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file)) {
      throw new Failure(
          ExitCode.IO, file + " is not a regular file; choose another name for --ready-file");
    }
    try {
      Path folder = file.toAbsolutePath().getParent();
      Path part = Files.createTempFile(folder, ".wscope", null);
      try {
        Files.writeString(part, content, StandardCharsets.UTF_8);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new Failure(
          ExitCode.IO, "cannot write " + file + " for --ready-file: " + IoMessages.reason(e));
    }
    return new ReadyFile(file, content);
  }

  /** Removes the file, unless another server has replaced it. */
  @Override
  public void close() {
    try {
      if (Files.size(file) < 4096 && Files.readString(file).equals(content)) {
        Files.delete(file);
      }
    } catch (IOException e) {
      // The file is gone.
    }
  }
}
