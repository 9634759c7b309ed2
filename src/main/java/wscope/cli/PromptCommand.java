package wscope.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import wscope.report.Detail;

/** What can be typed on the prompt beside bytes. */
enum PromptCommand {
  HELP("", "show this help"),
  RESET("", "begin a new stream"),
  DEFLATE("[PARAMETERS|off]", "begin a new stream, compressed so"),
  SENDER("auto|client|server", "begin a new stream, sent by this end"),
  DETAIL("bits|frames|messages|none", "show more or less of each frame"),
  QUIT("", "end; so does Ctrl+D");

  private final String argument;
  private final String description;

  PromptCommand(String argument, String description) {
    this.argument = argument;
    this.description = description;
  }

  /** The command of this name, without the slash; null if there is none. */
  static @Nullable PromptCommand of(String name) {
    for (PromptCommand command : values()) {
      if (command.word().equals("/" + name.toLowerCase(Locale.ROOT))) {
        return command;
      }
    }
    return null;
  }

  /** With its slash. */
  String word() {
    return "/" + name().toLowerCase(Locale.ROOT);
  }

  /** With its slash and its argument. */
  String usage() {
    return argument.isEmpty() ? word() : word() + " " + argument;
  }

  String description() {
    return description;
  }

  /** What may follow it; what ends with = wants a number. */
  List<String> completions() {
    return switch (this) {
      case DEFLATE ->
          List.of(
              "off",
              "client_no_context_takeover",
              "server_no_context_takeover",
              "client_max_window_bits=",
              "server_max_window_bits=");
      case SENDER -> words(SenderChoice.values());
      case DETAIL -> words(Detail.values());
      case HELP, RESET, QUIT -> List.of();
    };
  }

  /** The command that is spelled most like a word; null if none is spelled much like it. */
  static @Nullable PromptCommand nearest(String name) {
    PromptCommand nearest = null;
    int least = 3;
    for (PromptCommand command : values()) {
      String known = command.word().substring(1);
      int distance = known.startsWith(name) ? 0 : distance(known, name);
      if (distance < least) {
        least = distance;
        nearest = command;
      }
    }
    return nearest;
  }

  /** How many characters must be put in, left out or changed to make one word the other. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }

  private static List<String> words(Enum<?>[] values) {
    return Arrays.stream(values).map(Enum::toString).toList();
  }
}
