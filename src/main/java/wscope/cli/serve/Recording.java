package wscope.cli.serve;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.cli.process.IoMessages;
import wscope.cli.process.UserFiles;

/**
 * A new file, readable by its owner only, for the lines of a report. If a write fails, the file is
 * truncated after its last whole line, the failure is reported once, and further lines are dropped:
 * a full disk must not stop a server.
 */
final class Recording extends OutputStream {
  private final Path file;
  private final SeekableByteChannel channel;
  private @Nullable Consumer<String> onFailure;
  private boolean failed;

  /** The end of the last whole line. */
  private long end;

  /**
   * Creates a recording.
   *
   * @param channel writes to the file
   */
  Recording(Path file, SeekableByteChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Creates the file.
   *
   * @throws Failure if the file already exists or cannot be created
   */
  static Recording of(Path file) throws Failure {
    try {
      return new Recording(
          file,
          Files.newByteChannel(
              file,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              UserFiles.ownerOnly(file, "rw-------")));
    } catch (FileAlreadyExistsException e) {
      throw failure(file + " already exists; choose another name for --record, or remove it");
    } catch (AccessDeniedException e) {
      throw failure("cannot write " + file + "; choose another directory for --record");
    } catch (IOException e) {
      // Some file systems report a missing directory if they cannot create the file.
      throw failure(
          e instanceof NoSuchFileException && !isInFolder(file)
              ? "the directory of " + file + " does not exist; create it, or choose another"
              : "cannot create " + file + ": " + IoMessages.reason(e));
    }
  }

  private static boolean isInFolder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null || Files.exists(folder);
  }

  /**
   * Sets the action for a failure.
   *
   * @param action called once, with the failure in words
   */
  void onFailure(Consumer<String> action) {
    onFailure = action;
  }

  /** Whether events are missing from the file. */
  boolean hasFailed() {
    return failed;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (failed) {
      return;
    }
    try {
      ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      int last = offset + length;
      while (last > offset && bytes[last - 1] != '\n') {
        last--;
      }
      end = last > offset ? channel.position() - (offset + length - last) : end;
    } catch (IOException e) {
      fail(String.valueOf(e.getMessage()));
    }
  }

  /** Closes the file, and removes it if it is empty. */
  @Override
  public void close() {
    try {
      channel.close();
      if (end == 0) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      fail(String.valueOf(e.getMessage()));
    }
  }

  private void fail(String cause) {
    failed = true;
    try {
      channel.truncate(end);
    } catch (IOException e) {
      // An incomplete last line does no harm.
    }
    if (onFailure != null) {
      onFailure.accept(file + ": " + cause);
    }
  }

  private static Failure failure(String message) {
    return new Failure(ExitCode.IO, message);
  }
}
