package wscope.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import picocli.CommandLine;
import wscope.cli.process.Stdio;

/** The result of a command that ran in this process: its exit code and its output. */
public record Run(int exitCode, String out, String err) {

  /** Runs a command with an empty standard input. */
  public static Run of(String... args) {
    return reading("", args);
  }

  /** Runs a command with a text on standard input. */
  public static Run reading(String text, String... args) {
    return reading(new ByteArrayInputStream(text.getBytes(UTF_8)), args);
  }

  public static Run reading(InputStream in, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode = on(stdio(in, out, err), args);
    return new Run(exitCode, out.toString(UTF_8), err.toString(UTF_8));
  }

  /** Runs a command on these streams; returns its exit code. */
  public static int on(Stdio stdio, String... args) {
    return new Wscope(stdio).run(args);
  }

  /** The expected result of wrong usage, with its error message. */
  public static Run misused(String command, String message) {
    return new Run(2, "", command + ": " + message + "\nsee: " + command + " --help\n");
  }

  /** Streams that are pipes and accept Unicode. */
  public static Stdio stdio(InputStream in, OutputStream out, OutputStream err) {
    return new Stdio(in, out, err, false, false, true, true, 0);
  }

  /** The model of all commands. */
  public static CommandLine commands() {
    return GeneratedFiles.commands();
  }
}
