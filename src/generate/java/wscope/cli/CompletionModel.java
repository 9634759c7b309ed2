package wscope.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What the completions of all shells need to know about options and arguments. */
final class CompletionModel {
  private static final List<String> ENDS_OF_SUMMARY = List.of(". ", ": ", "; ", ", as in ");

  /** A shorter beginning says too little, as in "The same as: ...". */
  private static final int MIN_SUMMARY = 12;

  private CompletionModel() {}

  /** The values to complete; empty for none. */
  static List<String> values(ArgSpec argument) {
    List<String> values = new ArrayList<>();
    if (argument.completionCandidates() != null) {
      argument.completionCandidates().forEach(values::add);
    }
    return values;
  }

  /** The argument that must precede this one for its values to be completed; null for any. */
  static @Nullable String onlyAfter(PositionalParamSpec argument) {
    // After close, the payload is a close code; other payloads are free text.
    return argument.paramLabel().equals("PAYLOAD") ? "close" : null;
  }

  /** Whether the value is a file name. */
  static boolean isFile(ArgSpec argument) {
    return argument.typeInfo().getAuxiliaryTypes()[0] == Path.class;
  }

  /** Whether commas may separate several values. */
  static boolean isCommaList(ArgSpec argument) {
    return argument.paramLabel().endsWith("[,...]");
  }

  /** Whether an option takes a value, required or optional. */
  static boolean hasValue(OptionSpec option) {
    return option.arity().max() > 0;
  }

  /** The first words of the description of an argument. */
  static String summary(ArgSpec argument) {
    return summary(argument.description());
  }

  /** The first words of a description, up to the first stop that leaves enough of it. */
  static String summary(String... description) {
    String text = String.join(" ", description);
    int end = text.endsWith(".") ? text.length() - 1 : text.length();
    for (String stop : ENDS_OF_SUMMARY) {
      int at = text.indexOf(stop, MIN_SUMMARY);
      end = at > 0 ? Math.min(end, at) : end;
    }
    return text.substring(0, end);
  }
}
