package wscope.cli.process;

import java.io.Console;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The three streams of a command, and the properties of their other ends.
 *
 * @param in the standard input, unbuffered
 * @param out the standard output, unbuffered
 * @param err the standard error, unbuffered
 * @param inputIsTerminal whether a person types at {@code in}
 * @param outputIsTerminal whether a person reads {@code out}
 * @param unicode whether {@code out} and {@code err} show UTF-8
 * @param colourWanted whether the environment allows colour
 * @param columns the width of the terminal that shows {@code out}; 0 if there is no terminal or its
 *     width is unknown
 * @param width the width of that terminal at any time; null if it stays the same
 */
public record Stdio(
    InputStream in,
    OutputStream out,
    OutputStream err,
    boolean inputIsTerminal,
    boolean outputIsTerminal,
    boolean unicode,
    boolean colourWanted,
    int columns,
    @Nullable IntSupplier width) {

  /** Streams of which the terminal keeps its width. */
  public Stdio(
      InputStream in,
      OutputStream out,
      OutputStream err,
      boolean inputIsTerminal,
      boolean outputIsTerminal,
      boolean unicode,
      boolean colourWanted,
      int columns) {
    this(in, out, err, inputIsTerminal, outputIsTerminal, unicode, colourWanted, columns, null);
  }

  /** The beginnings of the file names of terminals. The console of a virtual machine is hvc. */
  private static final List<String> TERMINALS = List.of("/dev/pts/", "/dev/tty", "/dev/hvc");

  /** The streams of this process. */
  public static Stdio ofProcess() {
    return new Stdio(
        new NamedInput("standard input", new FileInputStream(FileDescriptor.in)),
        new StandardOutput(),
        new FileOutputStream(FileDescriptor.err),
        isTerminal(0),
        isTerminal(1),
        charset().equals(StandardCharsets.UTF_8),
        isColourWanted(System.getenv("NO_COLOR")) && !isDumbTerminal(),
        terminalColumns());
  }

  /** Whether the variable NO_COLOR allows colour. A non-empty value forbids it (no-color.org). */
  static boolean isColourWanted(@Nullable String noColour) {
    return noColour == null || noColour.isEmpty();
  }

  /**
   * Whether the terminal of this process may not support escape sequences, because it is dumb or
   * has no name.
   */
  public static boolean isDumbTerminal() {
    String name = System.getenv("TERM");
    if (name == null || name.isEmpty()) {
      // The terminal of Windows has no name, but it supports escape sequences.
      return File.separatorChar == '/';
    }
    return name.equals("dumb");
  }

  /** The same streams, with another output in place of {@code out}. */
  public Stdio with(OutputStream other) {
    return with(other, width);
  }

  /**
   * The same streams, with another output on the same terminal.
   *
   * @param now the width of the terminal at any time, which counts only if its width is known
   */
  public Stdio with(OutputStream other, @Nullable IntSupplier now) {
    return new Stdio(
        in,
        other,
        err,
        inputIsTerminal,
        outputIsTerminal,
        unicode,
        colourWanted,
        columns,
        columns > 0 ? now : null);
  }

  /** Whether standard error is a terminal. */
  public static boolean errorIsTerminal() {
    return isTerminal(2);
  }

  /**
   * Whether a stream is a terminal. Linux reports the file of a descriptor; elsewhere, the JDK
   * knows only about both streams together.
   */
  private static boolean isTerminal(int descriptor) {
    try {
      return isTerminal(Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString());
    } catch (IOException | UnsupportedOperationException e) {
      return hasConsole();
    }
  }

  /**
   * Whether a file on Linux is a terminal: a window, a serial line, or the console of a machine.
   */
  static boolean isTerminal(String file) {
    return file.equals("/dev/console") || TERMINALS.stream().anyMatch(file::startsWith);
  }

  /**
   * Whether there is a console. Since JDK 22, one always exists and reports whether it is a
   * terminal.
   */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean hasConsole() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /** The width that the executable found, because Java cannot query a terminal. */
  private static int terminalColumns() {
    return Math.max(0, Integer.getInteger("wscope.columns", 0));
  }

  private static Charset charset() {
    String name = System.getProperty("stdout.encoding", System.getProperty("native.encoding"));
    return name != null && Charset.isSupported(name)
        ? Charset.forName(name)
        : StandardCharsets.US_ASCII;
  }
}
