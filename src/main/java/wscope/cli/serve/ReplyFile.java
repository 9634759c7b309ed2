package wscope.cli.serve;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import wscope.cli.option.FileConverter;
import wscope.cli.process.IoMessages;
import wscope.connection.reply.InvalidScript;
import wscope.connection.reply.ReplyFiles;
import wscope.connection.reply.Script;
import wscope.connection.reply.ScriptReader;
import wscope.protocol.rule.Endpoint;

/** A script in a file of the user, and the files that it sends. */
final class ReplyFile implements ReplyFiles {
  /** The longest file that a script can send, in bytes. */
  private static final int LONGEST_SENT = 16 << 20;

  private final Path file;
  private final Map<Path, Stamp> stamps = new LinkedHashMap<>();

  /** What changes when a file is saved. */
  private record Stamp(FileTime modified, long size, @Nullable Object key) {
    /** The stamp of a file that does not exist. */
    static final Stamp MISSING = new Stamp(FileTime.fromMillis(0), -1, null);

    static Stamp of(Path file) {
      try {
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(found.lastModifiedTime(), found.size(), found.fileKey());
      } catch (IOException e) {
        return MISSING;
      }
    }
  }

  ReplyFile(Path file) {
    this.file = file;
  }

  /** The name of the file without its directory. */
  String name() {
    Path name = file.getFileName();
    return name == null ? file.toString() : name.toString();
  }

  /** Whether one of the files has changed since {@link #read()}. */
  boolean hasChanged() {
    for (Map.Entry<Path, Stamp> read : stamps.entrySet()) {
      if (!read.getValue().equals(Stamp.of(read.getKey()))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Reads the script.
   *
   * @throws IOException if the file cannot be read
   * @throws InvalidScript if the script is invalid, or a file that it sends cannot be read
   */
  Script read() throws IOException, InvalidScript {
    stamps.clear();
    byte[] content = content(file, ScriptReader.LONGEST);
    return ScriptReader.read(name(), content, Endpoint.SERVER, this);
  }

  @Override
  public byte[] read(String path) throws IOException {
    Path sent;
    try {
      sent = file.resolveSibling(path);
    } catch (InvalidPathException e) {
      throw new IOException(FileConverter.invalid(path), e);
    }
    byte[] content;
    try {
      content = content(sent, LONGEST_SENT);
    } catch (NoSuchFileException e) {
      throw new IOException("the file " + sent + " does not exist", e);
    } catch (IOException e) {
      throw new IOException("cannot read the file " + sent + ": " + IoMessages.reason(e), e);
    }
    if (content.length > LONGEST_SENT) {
      throw new IOException("the file " + sent + " is longer than 16 MiB");
    }
    return content;
  }

  /**
   * Reads at most one byte more than the limit. A change while it is read leads to another read.
   */
  private byte[] content(Path path, int limit) throws IOException {
    stamps.put(path, Stamp.of(path));
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new IOException("it is not a regular file");
    }
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(limit + 1);
    }
  }
}
