package wscope.input.spelling;

import org.jspecify.annotations.Nullable;

/**
 * The spelling that a text was recognised as.
 *
 * @param spelling in which it is read
 * @param other another spelling that fits; null if there is none
 * @param truncated whether the text ends with a single digit: these decimals may be hex whose last
 *     byte is cut
 */
public record Guess(Spelling spelling, @Nullable Spelling other, boolean truncated) {
  Guess(Spelling spelling, @Nullable Spelling other) {
    this(spelling, other, false);
  }

  /** A note about other readings; null if there are none. */
  public @Nullable String doubt() {
    if (truncated) {
      return "read as " + spelling + "; if it is hex, its last digit is missing";
    }
    return other == null ? null : "read as " + spelling + "; it could be " + other + " as well";
  }
}
