package wscope.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** The environment variables that the commands look at, for their help and manual pages. */
final class Environment {
  private Environment() {}

  /** What each variable says to a command, by its name. */
  static Map<String, String> of(String command) {
    Map<String, String> variables = new LinkedHashMap<>();
    switch (command) {
      case "serve" -> {
        colours(variables);
        variables.put("WSCOPE_TLS_PASSWORD", "the password of --tls-keystore");
        variables.put(
            "XDG_CACHE_HOME",
            "where the certificate of --tls is kept; if not set, ~/.cache, on macOS always"
                + " ~/Library/Caches");
        history(variables);
      }
      case "wscope" -> executable(variables);
      case "decode" -> {
        colours(variables);
        history(variables);
      }
      case "install" -> {
        variables.put("HOME", "what ~ stands for");
        variables.put("PATH", "if DIR/bin is not in it, install tells to add it");
        variables.put(
            "SHELL", "bash, fish or zsh: install tells what it lacks to find its completion");
      }
      case "rules" -> colours(variables);
      default -> {}
    }
    if (!command.equals("completion")) {
      variables.put(
          "LC_ALL, LC_CTYPE, LANG", "without UTF-8 in the first that is set, output is ASCII");
    }
    return variables;
  }

  /** What the executable looks at before any command. */
  private static void executable(Map<String, String> variables) {
    variables.put("WSCOPE_JAVA", "the java command that the executable runs");
    variables.put("JAVA_HOME", "if that is not set, where its Java is; else it is found by PATH");
    variables.put("WSCOPE_JAVA_OPTS", "more options for Java, parted by blanks");
    variables.put(
        "XDG_CACHE_HOME",
        "where the executable keeps an archive of classes, to start at once; ~/.cache if not set,"
            + " on macOS always ~/Library/Caches");
    variables.put("WSCOPE_NO_ARCHIVE", "if set, no archive is used or made");
  }

  private static void colours(Map<String, String> variables) {
    variables.put("NO_COLOR", "if set and not empty, no colours without --color always");
    variables.put("TERM", "if dumb, the same");
  }

  private static void history(Map<String, String> variables) {
    variables.put(
        "XDG_STATE_HOME", "where the history of the prompt is kept; if not set, ~/.local/state");
  }
}
