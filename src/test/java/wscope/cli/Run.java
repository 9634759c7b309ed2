package wscope.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import picocli.CommandLine;
import wscope.cli.process.Stdio;

/** One command, run in this process: what it wrote, and its exit code. */
public record Run(int exitCode, String out, String err) {

  /** With nothing on standard input. */
  public static Run of(String... args) {
    return reading("", args);
  }

  /** With a text on standard input. */
  public static Run reading(String text, String... args) {
    return reading(new ByteArrayInputStream(text.getBytes(UTF_8)), args);
  }

  public static Run reading(InputStream in, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode = on(stdio(in, out, err), args);
    return new Run(exitCode, out.toString(UTF_8), err.toString(UTF_8));
  }

  /** The exit code of a command that has these streams. */
  public static int on(Stdio stdio, String... args) {
    return new Wscope(stdio).run(args);
  }

  /** A wrong use of a command, and what is told of it. */
  public static Run misused(String command, String told) {
    return new Run(2, "", command + ": " + told + "\nsee: " + command + " --help\n");
  }

  /** Pipes that show Unicode, as most of today's. */
  public static Stdio stdio(InputStream in, OutputStream out, OutputStream err) {
    return new Stdio(in, out, err, false, false, true, true, 0);
  }

  /** The model of all commands. */
  public static CommandLine commands() {
    return GeneratedFiles.commands();
  }
}
