package wscope.connection;

import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Rule;

/**
 * A problem with a parameter, with advice.
 *
 * @param text the problem and the correct form, always in visible ASCII
 * @param typed the unknown word, as typed; empty for any other problem
 * @param known the words that are possible instead
 * @param broken the rule that the value would break; null if none
 */
public record ParameterProblem(
    String text, String typed, List<String> known, @Nullable Rule broken) {
  /** Creates a problem with only a text. */
  public static ParameterProblem of(String text) {
    return new ParameterProblem(text, "", List.of(), null);
  }

  /** The same problem with its place before the text. */
  public ParameterProblem at(String place) {
    return new ParameterProblem(place + ": " + text, typed, known, broken);
  }
}
