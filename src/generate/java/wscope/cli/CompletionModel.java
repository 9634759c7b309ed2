package wscope.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What the completions of all shells say about options and arguments. */
final class CompletionModel {
  private static final List<String> ENDS_OF_SUMMARY = List.of(". ", ": ", "; ", ", as in ");

  /** What stands before an earlier end says too little, as in "The same as: ...". */
  private static final int LEAST_SUMMARY = 12;

  private CompletionModel() {}

  /** The values that can be listed; empty if there are none. */
  static List<String> values(ArgSpec argument) {
    List<String> values = new ArrayList<>();
    if (argument.completionCandidates() != null) {
      argument.completionCandidates().forEach(values::add);
    }
    return values;
  }

  /** The argument that must stand before this one for its values to be meant; null for any. */
  static @Nullable String onlyBehind(PositionalParamSpec argument) {
    // The code of a close; any other payload is free.
    return argument.paramLabel().equals("PAYLOAD") ? "close" : null;
  }

  /** Whether the value is the name of a file. */
  static boolean isFile(ArgSpec argument) {
    return argument.type() == Path.class;
  }

  /** Whether several values may be joined by commas. */
  static boolean isCommaList(ArgSpec argument) {
    return argument.paramLabel().endsWith("[,...]");
  }

  /** Whether an option has a value, be it optional. */
  static boolean hasValue(OptionSpec option) {
    return option.arity().max() > 0;
  }

  /** What it is for: the first words of its description. */
  static String summary(ArgSpec argument) {
    return summary(argument.description());
  }

  /** The first words of a description, up to the first stop. */
  static String summary(String... description) {
    String text = String.join(" ", description);
    int end = text.endsWith(".") ? text.length() - 1 : text.length();
    for (String stop : ENDS_OF_SUMMARY) {
      int at = text.indexOf(stop, LEAST_SUMMARY);
      end = at > 0 ? Math.min(end, at) : end;
    }
    return text.substring(0, end);
  }
}
