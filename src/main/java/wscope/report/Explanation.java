package wscope.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An explanation of a code, a header, a term or an error text. All texts are wscope's own.
 *
 * @param kind the stable name of what is explained, such as {@code close-code}
 * @param heading what was asked for: a name, a code, or the error text that was found
 * @param products the programs and libraries that write the error text; otherwise empty
 * @param problem the problem in one sentence; null if this is not about an error text
 * @param meaning what it means
 * @param side whose side it is; empty for a term
 * @param facts more facts, each in one line
 * @param causes the usual causes, the most frequent one first
 * @param steps the commands that show more
 * @param rule the ID of the rule that is broken; null for none
 */
public record Explanation(
    String kind,
    String heading,
    List<String> products,
    @Nullable String problem,
    String meaning,
    String side,
    List<String> facts,
    List<String> causes,
    List<Step> steps,
    @Nullable String rule) {

  /**
   * A command that shows more.
   *
   * @param command the command as typed
   * @param why what to do with it, and what it shows
   */
  public record Step(String command, String why) {}
}
