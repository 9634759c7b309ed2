package wscope.cli.process;

import java.util.LinkedHashMap;
import java.util.Map;

/** The exit codes of every command. */
public final class ExitCode {
  public static final int FINE = 0;

  /**
   * A rule is broken, the input ends inside a frame, a checked value differs, or nothing is known
   * of what was asked for.
   */
  public static final int BROKEN = 1;

  /** Wrong usage, or input without bytes that wscope recognises. */
  public static final int USAGE = 2;

  /** A file, a port or another part of the system failed. */
  public static final int IO = 3;

  /** The server rejected the handshake, or no WebSocket is there. */
  public static final int REJECTED = 4;

  /** The connection ended abnormally, or with a close code other than 1000 and 1001. */
  public static final int ABNORMAL = 5;

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
      case "serve" -> {
        codes.put("0", "success: stopped from the prompt, even if clients broke rules");
        codes.put(
            "1", "a client broke a rule while a COMMAND ran; other codes of it are passed on");
      }
      case "proxy" -> {
        codes.put("0", "success: stopped from the prompt, even if an end broke rules");
        codes.put("1", "an end broke a rule while a COMMAND ran; other codes of it are passed on");
      }
      case "connect" ->
          codes.put("1", "the server broke a rule, or a message of --expect did not arrive");
      case "check" -> codes.put("1", "a case failed, or not all cases could run in the time");
      case "decode" -> codes.put("1", "a rule is broken, or the input ends inside a frame");
      case "encode" ->
          codes.put(
              "1", "the frames would break a rule that --break does not name; nothing is written");
      case "accept-key" -> codes.put("1", "a key is malformed, or a value does not fit its key");
      case "explain" -> codes.put("1", "nothing is known of what was asked for");
      case "wscope" ->
          codes.put(
              "1",
              "a rule is broken, the input ends inside a frame, a checked value differs, or nothing"
                  + " is known of what was asked for");
      default -> {}
    }
    boolean reads = command.equals("decode") || command.equals("wscope");
    codes.put(
        "2", "wrong usage" + (reads ? ", or input without bytes that wscope recognises" : ""));
    codes.put("3", "a file, a port or another part of the system failed");
    if (command.equals("connect")) {
      codes.put("3", "DNS, TCP, TLS, a file or another part of the system failed");
    }
    if (command.equals("check")) {
      codes.put(
          "3",
          "the server cannot be reached, the client does not connect, or a file or another part of"
              + " the system failed");
      codes.put("4", "no WebSocket is there");
    }
    if (command.equals("connect") || command.equals("wscope")) {
      codes.put("4", "the server rejected the handshake, or no WebSocket is there");
      codes.put("5", "the connection ended abnormally, or with a code other than 1000 and 1001");
    }
    codes.put("70", "a bug in wscope; --debug shows the stack trace");
    boolean serves = command.equals("serve") || command.equals("proxy");
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
