package wscope.input;

import org.jspecify.annotations.Nullable;

/**
 * What a text was taken for.
 *
 * @param spelling by which it is read
 * @param other that would fit as well, null if there is none
 * @param torn whether a digit at the end stands alone, so that these decimals may be hex that was
 *     cut within its last byte
 */
public record Guess(Spelling spelling, @Nullable Spelling other, boolean torn) {
  Guess(Spelling spelling, @Nullable Spelling other) {
    this(spelling, other, false);
  }

  /** What to tell of other readings; null if there are none. */
  public @Nullable String doubt() {
    if (torn) {
      return "read as " + spelling + "; as hex its last digit is missing";
    }
    return other == null ? null : "read as " + spelling + "; it could be " + other + " as well";
  }
}
