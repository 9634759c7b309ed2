package wscope.cli.decode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import wscope.capture.tls.KeyLog;
import wscope.capture.tls.KeyLogReader;
import wscope.cli.option.FileConverter;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.cli.process.IoMessages;
import wscope.report.text.Screen;

/**
 * The secrets with which connections of a capture are decrypted: of {@code --keylog}, or of the
 * file that the environment names. The file is read when the first connection needs it.
 */
final class CaptureKeys {
  /** The variable in which clients find the name of the file (RFC 9850). */
  static final String VARIABLE = "SSLKEYLOGFILE";

  private static final int PIECE = 64 << 10;

  private final OptionSpec option;
  private final UnaryOperator<@Nullable String> environment;
  private final KeyLog log = new KeyLog();
  private KeyLogReader reader = new KeyLogReader(log);
  private @Nullable Path file;
  private boolean live;

  /** How much of the file has been read; -1 before it is read for the first time. */
  private long position = -1;

  private @Nullable String trouble;

  /**
   * Adds the option.
   *
   * @param environment the variables of the environment
   */
  CaptureKeys(CommandSpec spec, UnaryOperator<@Nullable String> environment) {
    this.environment = environment;
    option =
        FileConverter.option("--keylog")
            .description(
                "Decrypt TLS 1.2 and 1.3 in a capture with the secrets in this file, which clients"
                    + " write if the variable SSLKEYLOGFILE names it. Default: the file that the"
                    + " variable SSLKEYLOGFILE names. A pcapng file may also hold secrets.")
            .build();
    spec.addOption(option);
  }

  /** Fails if the option is given, because the input is not a capture. */
  void checkUnused() throws Failure {
    if (option.getValue() != null) {
      throw new Failure(ExitCode.USAGE, "--keylog needs a capture of packets; this input is none");
    }
  }

  /**
   * Finds the file.
   *
   * @param live whether the capture is read as it is made, so that the file grows with it, or does
   *     not exist yet
   */
  KeyLog open(boolean live) throws Failure {
    this.live = live;
    Path named = option.getValue();
    if (named != null && !live) {
      checkReadable(named);
    }
    file = named == null ? ofEnvironment() : named;
    log.readFrom(this::readMore, live && file != null);
    return log;
  }

  private static void checkReadable(Path path) throws Failure {
    try {
      if (Files.isRegularFile(path) || !Files.exists(path)) {
        FileChannel.open(path).close();
      } else if (Files.isDirectory(path)) {
        throw new IOException("Is a directory");
      }
    } catch (IOException e) {
      throw IoMessages.unreadable(path, e);
    }
  }

  private @Nullable Path ofEnvironment() {
    String name = environment.apply(VARIABLE);
    try {
      return name == null || name.isEmpty() ? null : Path.of(name);
    } catch (InvalidPathException e) {
      trouble = "its name is invalid in this locale";
      return null;
    }
  }

  /** Reads what has been written since the last time. */
  private boolean readMore() {
    Path known = file;
    if (known == null || (position >= 0 && !live)) {
      return false;
    }
    try {
      boolean more = Files.isRegularFile(known) ? readFile(known) : readPipe(known);
      trouble = null;
      return more;
    } catch (NoSuchFileException e) {
      // A client may create it later.
      trouble = IoMessages.reason(e);
    } catch (IOException e) {
      trouble = IoMessages.reason(e);
      file = null;
    }
    return false;
  }

  private boolean readFile(Path path) throws IOException {
    long size = Files.size(path);
    if (size == position) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(path)) {
      if (position < 0 || size < position) {
        position = 0;
        reader = new KeyLogReader(log);
      }
      channel.position(position);
      position += read(channel);
    }
    if (!live) {
      reader.end();
    }
    return true;
  }

  /** A pipe, as of a shell, can be read only once. */
  private boolean readPipe(Path path) throws IOException {
    if (position >= 0) {
      return false;
    }
    try (ReadableByteChannel channel = Files.newByteChannel(path)) {
      position = read(channel);
    }
    reader.end();
    return true;
  }

  private long read(ReadableByteChannel channel) throws IOException {
    ByteBuffer piece = ByteBuffer.allocate(PIECE);
    long count = 0;
    while (channel.read(piece) >= 0) {
      count += piece.position();
      reader.read(piece.flip());
      piece.clear();
    }
    return count;
  }

  /**
   * If the file has more sessions than are kept, reads it again, and keeps the sessions that the
   * capture has asked for.
   *
   * @return false if that changes nothing
   */
  boolean keepOnlyWanted() {
    if (log.dropped() == 0 || file == null || !Files.isRegularFile(file)) {
      return false;
    }
    log.keepOnlyWanted();
    reader = new KeyLogReader(log);
    position = -1;
    return true;
  }

  /** Says which secrets were used, if a connection has asked for some. */
  void note(Screen screen) {
    if (log.isInCapture()) {
      screen.text("note: the capture itself has secrets of TLS").endLine();
    }
    Path known = file;
    if (!log.wasAsked() || (known == null && trouble == null)) {
      return;
    }
    boolean named = option.getValue() != null;
    screen.text("note: key log of ").text(named ? "--keylog" : "$" + VARIABLE);
    if (!named && known != null) {
      screen.text(" (").text(known.toString()).text(")");
    }
    if (trouble != null) {
      screen.text(": not read: ").text(trouble);
    } else {
      screen.text(": ").number(log.lines()).text(log.lines() == 1 ? " secret" : " secrets");
      if (log.lines() == 0) {
        screen.text("; a line of a key log is a label, a client random and a secret");
      }
    }
    if (log.dropped() > 0) {
      screen.text("; only its last ").number(KeyLog.MOST_SESSIONS).text(" sessions were used");
    }
    screen.endLine();
  }
}
