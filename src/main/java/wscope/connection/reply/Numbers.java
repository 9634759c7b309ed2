package wscope.connection.reply;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads the numbers of a script. */
final class Numbers {
  private static final int MOST_DIGITS = 9;

  private Numbers() {}

  /** Reads a number; -1 if it is not one or is too large. */
  static int read(String digits, int most) {
    boolean valid = !digits.isEmpty() && digits.length() <= MOST_DIGITS;
    for (int i = 0; i < digits.length() && valid; i++) {
      valid = digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
    }
    int number = valid ? Integer.parseInt(digits) : -1;
    return number <= most ? number : -1;
  }

  /** Reads a time in ms, s, m or h; null if it is not one. */
  static @Nullable Duration time(String text) {
    int unit = text.length();
    while (unit > 0 && (text.charAt(unit - 1) < '0' || text.charAt(unit - 1) > '9')) {
      unit--;
    }
    int number = read(text.substring(0, unit), Integer.MAX_VALUE);
    if (number < 0) {
      return null;
    }
    return switch (text.substring(unit)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> null;
    };
  }
}
