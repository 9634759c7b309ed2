package wscope.cli.option;

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
import java.util.Arrays;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wscope.capture.write.CaptureFile;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.cli.process.IoMessages;
import wscope.cli.process.UserFiles;
import wscope.connection.Quantities;

/**
 * A new file, readable by its owner only, for the lines of a report or for a capture. If a write
 * fails, the file is truncated after its last whole line or append, the failure is reported once,
 * and all that follows is dropped: a full disk must not stop a command. The same happens at the
 * maximum length of the file.
 */
public final class Recording extends OutputStream implements CaptureFile {
  private final Path file;
  private final SeekableByteChannel channel;
  private final long most;
  private @Nullable Consumer<String> onFailure;
  private boolean failed;
  private boolean full;

  /** The end of the last whole line or append. */
  private long end;

  /** The last bytes of the file, which the next append replaces. */
  private byte[] tail = {};

  /** Writes what is gathered for the file. */
  private Runnable onClose = () -> {};

  /**
   * Creates a recording.
   *
   * @param channel writes to the file
   * @param most the maximum length of the file in bytes
   */
  Recording(Path file, SeekableByteChannel channel, long most) {
    this.file = file;
    this.most = most;
    this.channel = channel;
  }

  /**
   * Creates the file.
   *
   * @param option the option that names the file
   * @param most the maximum length of the file in bytes
   * @throws Failure if the file already exists or cannot be created
   */
  public static Recording of(Path file, String option, long most) throws Failure {
    try {
      return new Recording(
          file,
          Files.newByteChannel(
              file,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              UserFiles.ownerOnly(file, "rw-------")),
          most);
    } catch (FileAlreadyExistsException e) {
      throw failure(file + " already exists; choose another name for " + option + ", or remove it");
    } catch (AccessDeniedException e) {
      throw failure("cannot write " + file + "; choose another directory for " + option);
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
  public void onFailure(Consumer<String> action) {
    onFailure = action;
  }

  /**
   * Sets the action before the file is closed.
   *
   * @param action writes what is gathered for the file
   */
  void onClose(Runnable action) {
    onClose = action;
  }

  /** The name of the file. */
  Path file() {
    return file;
  }

  /** Whether events are missing from the file, except those beyond its maximum length. */
  public boolean hasFailed() {
    return failed;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (failed || full) {
      return;
    }
    try {
      if (isFull(channel.position(), length)) {
        return;
      }
      write(ByteBuffer.wrap(bytes, offset, length));
      int last = offset + length;
      while (last > offset && bytes[last - 1] != '\n') {
        last--;
      }
      end = last > offset ? channel.position() - (offset + length - last) : end;
    } catch (IOException e) {
      fail(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void append(byte[] bytes, int length, int tailLength) {
    if (failed || full) {
      return;
    }
    try {
      long from = end - tail.length;
      if (isFull(from, length)) {
        return;
      }
      if (tail.length > 0) {
        channel.position(from);
      }
      write(ByteBuffer.wrap(bytes, 0, length));
      end = from + length;
      tail = Arrays.copyOfRange(bytes, length - tailLength, length);
    } catch (IOException e) {
      fail(String.valueOf(e.getMessage()));
    }
  }

  private boolean isFull(long from, int length) {
    full = from + length > most;
    if (full) {
      stop("the file has reached " + Quantities.showBytes(most) + " (--max-record)");
    }
    return full;
  }

  private void write(ByteBuffer rest) throws IOException {
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
  }

  /** Closes the file, and removes it if it is empty. */
  @Override
  public void close() {
    onClose.run();
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
    stop(cause);
  }

  private void stop(String cause) {
    try {
      channel.truncate(end);
      if (tail.length > 0) {
        channel.position(end - tail.length);
        write(ByteBuffer.wrap(tail));
      }
    } catch (IOException e) {
      // An incomplete last line does no harm, and the failure is reported.
    }
    if (onFailure != null) {
      onFailure.accept(file + ": " + cause);
    }
  }

  private static Failure failure(String message) {
    return new Failure(ExitCode.IO, message);
  }
}
