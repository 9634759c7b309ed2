package wscope.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;

/** One command, run in this process: what it wrote, and its exit code. */
record Run(int exitCode, String out, String err) {

  /** With nothing on standard input. */
  static Run of(String... args) {
    return reading("", args);
  }

  /** With a text on standard input. */
  static Run reading(String text, String... args) {
    return reading(new ByteArrayInputStream(text.getBytes(UTF_8)), args);
  }

  static Run reading(InputStream in, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode = new Wscope(stdio(in, out, err)).run(args);
    return new Run(exitCode, out.toString(UTF_8), err.toString(UTF_8));
  }

  /** A wrong use of a command, and what is told of it. */
  static Run misused(String command, String told) {
    return new Run(2, "", command + ": " + told + "\nsee: " + command + " --help\n");
  }

  /** Pipes that show Unicode, as most of today's. */
  static Stdio stdio(InputStream in, OutputStream out, OutputStream err) {
    return new Stdio(in, out, err, false, false, true, true, 0);
  }
}
