package wscope.serve;

import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Rule;

/**
 * What is wrong with a parameter, and what may help.
 *
 * @param text what is wrong and what is right, in visible ASCII whatever was typed
 * @param typed a word that is not known, as it was typed; empty if that is not what is wrong
 * @param known the words there are in its place
 * @param broken the rule that the value would break; null if none
 */
public record ParameterProblem(
    String text, String typed, List<String> known, @Nullable Rule broken) {
  /** Nothing but its text. */
  static ParameterProblem of(String text) {
    return new ParameterProblem(text, "", List.of(), null);
  }

  /** The same with the place before its text. */
  ParameterProblem at(String place) {
    return new ParameterProblem(place + ": " + text, typed, known, broken);
  }
}
