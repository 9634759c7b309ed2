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
 * A new file, readable by its owner only, that takes the lines of a report. When it takes no more,
 * it is cut behind its last whole line, that is told once, and what follows is dropped: a full disk
 * must not stop a server.
 */
final class Recording extends OutputStream {
  private final Path file;
  private final SeekableByteChannel channel;
  private @Nullable Consumer<String> onFailure;
  private boolean failed;

  /** Behind the last whole line. */
  private long end;

  /**
   * @param channel writes to the file
   */
  Recording(Path file, SeekableByteChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Makes the file.
   *
   * @throws Failure if it exists or cannot be made
   */
  static Recording of(Path file) throws Failure {
    try {
      return new Recording(
          file,
          Files.newByteChannel(
              file,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              UserFiles.privately(file, "rw-------")));
    } catch (FileAlreadyExistsException e) {
      throw refused(file + " exists already; choose another name for --record, or remove it");
    } catch (AccessDeniedException e) {
      throw refused(file + " may not be written; choose another folder for --record");
    } catch (IOException e) {
      // Some file systems say so of a file that they do not want to make.
      throw refused(
          e instanceof NoSuchFileException && !isInFolder(file)
              ? "the folder of " + file + " does not exist; make it, or choose another"
              : file + " cannot be made: " + IoMessages.reason(e));
    }
  }

  private static boolean isInFolder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null || Files.exists(folder);
  }

  /**
   * @param heard of a failure in words, once
   */
  void onFailure(Consumer<String> heard) {
    onFailure = heard;
  }

  /** Whether events are missing in the file. */
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

  /** Closes the file; one into which nothing was written is removed. */
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
      // A line that is cut at the end of the file harms nobody.
    }
    if (onFailure != null) {
      onFailure.accept(file + ": " + cause);
    }
  }

  private static Failure refused(String message) {
    return new Failure(ExitCode.IO, message);
  }
}
