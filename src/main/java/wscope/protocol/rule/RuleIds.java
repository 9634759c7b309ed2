package wscope.protocol.rule;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds rules by their IDs. */
public final class RuleIds {
  private RuleIds() {}

  /** Finds the rule with an ID, in upper or lower case; null if there is none. */
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
