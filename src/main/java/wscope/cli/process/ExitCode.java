package wscope.cli.process;

import java.util.LinkedHashMap;
import java.util.Map;

/** The exit codes of every command. */
public final class ExitCode {
  public static final int FINE = 0;

  /** A rule is broken, the input ends inside a frame, or a checked value differs. */
  public static final int BROKEN = 1;

  /** Wrong usage, or input without bytes that wscope recognises. */
  public static final int USAGE = 2;

  /** A file, a port or another part of the system failed. */
  public static final int IO = 3;

  /** A bug in wscope. */
  public static final int BUG = 70;

  /** Ctrl+C ended the command. */
  public static final int INTERRUPTED = 130;

  private ExitCode() {}

  /** The exit codes of a command and their meanings, for its help and manual page. */
  public static Map<String, String> of(String command) {
    Map<String, String> codes = new LinkedHashMap<>();
    codes.put("0", "success");
    switch (command) {
      case "serve" ->
          codes.put("0", "success: stopped from the prompt, even if clients broke rules");
      case "decode" -> codes.put("1", "a rule is broken, or the input ends inside a frame");
      case "encode" ->
          codes.put(
              "1", "the frames would break a rule that --break does not name; nothing is written");
      case "accept-key" -> codes.put("1", "a key is malformed, or its result differs from --check");
      case "wscope" ->
          codes.put(
              "1", "a rule is broken, the input ends inside a frame, or a checked value differs");
      default -> {}
    }
    boolean reads = command.equals("decode") || command.equals("wscope");
    codes.put(
        "2", "wrong usage" + (reads ? ", or input without bytes that wscope recognises" : ""));
    codes.put("3", "a file, a port or another part of the system failed");
    codes.put("70", "a bug in wscope; --debug shows the stack trace");
    boolean serves = command.equals("serve");
    if (serves) {
      codes.put("129", "the terminal hung up (SIGHUP)");
    }
    codes.put("130", "interrupted");
    if (serves) {
      codes.put("143", "stopped by SIGTERM");
    }
    return codes;
  }
}
