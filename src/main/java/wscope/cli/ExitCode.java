package wscope.cli;

import picocli.CommandLine.Model.CommandSpec;

/** The exit codes of every command. */
final class ExitCode {
  static final int FINE = 0;

  /** A rule is broken, the input ends inside a frame, or a checked value differs. */
  static final int BROKEN = 1;

  /** Wrong usage, or input that is not bytes in any known spelling. */
  static final int USAGE = 2;

  /** A file, a port or another part of the system failed. */
  static final int IO = 3;

  /** A bug of wscope. */
  static final int BUG = 70;

  /** Ended by Ctrl+C. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}

  /** Those of a command, its own or the common ones: code and meaning. */
  static java.util.Map<String, String> of(CommandSpec spec) {
    java.util.Map<String, String> own = spec.usageMessage().exitCodeList();
    return own.isEmpty() ? described() : own;
  }

  /** For the help of a server, whose clients may break any rule: code and meaning. */
  static java.util.Map<String, String> describedForServer() {
    java.util.Map<String, String> codes = new java.util.LinkedHashMap<>();
    codes.put("0", "fine: stopped from its prompt, whatever its clients have broken");
    codes.put("2", "wrong usage");
    codes.put("3", "a file, a port or another part of the system failed");
    codes.put("70", "a bug of wscope; the option --debug shows where");
    codes.put("130", "stopped by Ctrl+C");
    codes.put("143", "stopped by SIGTERM");
    return codes;
  }

  /** For the help of every other command: code and meaning. */
  private static java.util.Map<String, String> described() {
    java.util.Map<String, String> codes = new java.util.LinkedHashMap<>();
    codes.put("0", "fine");
    codes.put("1", "a rule is broken, the input ends inside a frame, or a checked value differs");
    codes.put("2", "wrong usage, or input that is not bytes in any known spelling");
    codes.put("3", "a file, a port or another part of the system failed");
    codes.put("70", "a bug of wscope; the option --debug shows where");
    codes.put("130", "interrupted");
    return codes;
  }
}
