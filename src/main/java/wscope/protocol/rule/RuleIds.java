package wscope.protocol.rule;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds rules by their ids. */
public final class RuleIds {
  private RuleIds() {}

  /** The rule with an id, in upper or lower case; null if there is none. */
  public static @Nullable Rule find(String id) {
    String wanted = id.toLowerCase(Locale.ROOT);
    for (Rule rule : Rule.values()) {
      if (rule.id().equals(wanted)) {
        return rule;
      }
    }
    return null;
  }
}
