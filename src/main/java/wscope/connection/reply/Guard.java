package wscope.connection.reply;

import org.jspecify.annotations.Nullable;
import wscope.connection.match.Value;

/**
 * A condition on a value.
 *
 * @param negated whether the condition must not hold
 * @param text the text that the value must be; null if it only has to be known
 */
public record Guard(Reference value, boolean negated, @Nullable Template text) {
  boolean holds(Values values) {
    Value found = value.find(values);
    boolean fits = found != null && (text == null || isText(found, values));
    return fits != negated;
  }

  private boolean isText(Value found, Values values) {
    try {
      return text != null && text.text(values).equals(found.text());
    } catch (NotDone e) {
      return false;
    }
  }
}
