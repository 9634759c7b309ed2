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
      case "decode" -> {
        colours(variables);
        history(variables);
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

  private static void colours(Map<String, String> variables) {
    variables.put("NO_COLOR", "if set, no colours without --color always");
    variables.put("TERM", "if dumb or not set, the same");
  }

  private static void history(Map<String, String> variables) {
    variables.put(
        "XDG_STATE_HOME", "where the history of the prompt is kept; if not set, ~/.local/state");
    variables.put("HOME", "the directory that ~ stands for");
  }
}
