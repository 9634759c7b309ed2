package wscope.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** The environment variables that each command reads, for its help and manual page. */
final class Environment {
  private Environment() {}

  /** The variables that a command reads, each with its description. */
  static Map<String, String> of(CommandSpec spec) {
    Map<String, String> variables = new LinkedHashMap<>();
    String command = spec.name();
    if (command.equals("wscope")) {
      executable(variables);
    }
    if (command.equals("install")) {
      variables.put("HOME", "the home directory (~)");
      variables.put("PATH", "if PATH lacks DIR/bin, install shows how to add that directory");
      variables.put("SHELL", "for bash, fish or zsh, install shows what else completion needs");
    }
    options(spec, variables);
    if (!command.equals("completion")) {
      variables.put(
          "LC_ALL, LC_CTYPE, LANG",
          "if the first of these that is set does not name UTF-8, wscope writes only ASCII");
    }
    return variables;
  }

  /** The variables that belong to options of a command. */
  private static void options(CommandSpec spec, Map<String, String> variables) {
    if (has(spec, "--color")) {
      variables.put(
          "NO_COLOR", "if set and not empty, wscope uses colours only with --color always");
      variables.put("TERM", "if set to \"dumb\", TERM has the same effect as NO_COLOR");
    }
    if (has(spec, "--keylog")) {
      variables.put("SSLKEYLOGFILE", "the file to use if --keylog is absent");
    }
    if (has(spec, "--browser")) {
      variables.put("PATH", "where --browser finds Chromium");
    }
    if (has(spec, "--proxy")) {
      variables.put(
          "HTTPS_PROXY", "the proxy for wss:// if --proxy is absent; also written https_proxy");
      variables.put("NO_PROXY", "the hosts that HTTPS_PROXY is not for, separated by commas, or *");
    }
    if (has(spec, "--tls-password")) {
      variables.put("WSCOPE_TLS_PASSWORD", "the password of --tls-keystore");
      variables.put(
          "XDG_CACHE_HOME",
          "where wscope keeps the certificate of --tls"
              + (has(spec, "--forward") ? " and the authority of --forward" : "")
              + "; by default in ~/.cache (macOS always uses ~/Library/Caches)");
    }
    if (has(spec, "--no-history")) {
      variables.put(
          "XDG_STATE_HOME",
          "where wscope keeps the history of the prompt; by default in ~/.local/state");
    }
  }

  private static boolean has(CommandSpec spec, String option) {
    return spec.findOption(option) != null;
  }

  /** The variables that the executable reads before any command runs. */
  private static void executable(Map<String, String> variables) {
    variables.put("WSCOPE_JAVA", "the java command to run");
    variables.put(
        "JAVA_HOME", "the Java to use if WSCOPE_JAVA is not set; the next choice is java in PATH");
    variables.put("WSCOPE_JAVA_OPTS", "extra JVM options, separated by spaces");
    variables.put(
        "XDG_CACHE_HOME",
        "where to keep a class-data archive, which makes wscope start faster; default: ~/.cache"
            + " (macOS always uses ~/Library/Caches)");
    variables.put(
        "WSCOPE_NO_ARCHIVE",
        "if set and not empty, wscope neither uses nor creates the class-data archive");
  }
}
