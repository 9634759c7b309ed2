package wscope.connection;

import java.time.Duration;

/** Whole numbers with units, as users type them: ASCII digits, no space before the unit. */
public final class Quantities {
  /**
   * The largest number that is read; larger ones are read as this one. Multiplied by the largest
   * unit, it still fits into a long.
   */
  private static final long HIGHEST_NUMBER = 1_000_000_000_000L;

  private static final long KIB = 1024;
  private static final long MIB = 1024 * 1024;
  private static final long SECOND = 1000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;

  private Quantities() {}

  /** Parses a time in ms, s, m or h; the unit is required. Both bounds are inclusive. */
  public static Duration duration(String text, Duration lowest, Duration highest)
      throws InvalidParameter {
    int digits = digits(text);
    if (digits > 0 && digits == text.length()) {
      throw new InvalidParameter(InvalidParameter.quoted(text) + " has no unit; add ms, s, m or h");
    }
    long unit = unitOfTime(text.substring(digits));
    if (digits == 0 || unit == 0) {
      throw new InvalidParameter(
          InvalidParameter.quoted(text)
              + " is not a time; write a whole number with a unit, such as 500ms, 2s, 1m or 1h");
    }
    Duration time = Duration.ofMillis(number(text, digits) * unit);
    if (time.compareTo(lowest) < 0 || time.compareTo(highest) > 0) {
      throw outOfBounds(text, show(lowest), show(highest));
    }
    return time;
  }

  /** Parses a number of bytes, without a unit or in B, KiB or MiB. Both bounds are inclusive. */
  public static long bytes(String text, long lowest, long highest) throws InvalidParameter {
    int digits = digits(text);
    long unit = digits == text.length() ? 1 : unitOfSize(text.substring(digits));
    if (digits == 0 || unit == 0) {
      throw new InvalidParameter(
          InvalidParameter.quoted(text)
              + " is not a number of bytes; write a whole number, such as 100, 100B, 2KiB or 1MiB");
    }
    long count = number(text, digits) * unit;
    if (count < lowest || count > highest) {
      throw outOfBounds(text, showBytes(lowest), showBytes(highest));
    }
    return count;
  }

  /** Parses a number without a unit. Both bounds are inclusive. */
  public static long count(String text, long lowest, long highest) throws InvalidParameter {
    int digits = digits(text);
    if (digits == 0 || digits < text.length()) {
      throw new InvalidParameter(InvalidParameter.quoted(text) + " is not a whole number");
    }
    long count = number(text, digits);
    if (count < lowest || count > highest) {
      throw outOfBounds(text, String.valueOf(lowest), String.valueOf(highest));
    }
    return count;
  }

  /** Whether a string is a number without a unit. */
  public static boolean isNumber(String text) {
    return !text.isEmpty() && digits(text) == text.length();
  }

  /** Whether a string ends with a unit of time. */
  static boolean isTime(String text) {
    return unitOfTime(text.substring(digits(text))) > 0;
  }

  /** Whether a string ends with a unit of size. */
  static boolean isSize(String text) {
    return unitOfSize(text.substring(digits(text))) > 0;
  }

  /**
   * Formats a time in its largest fitting unit.
   *
   * @param time whole milliseconds
   */
  public static String show(Duration time) {
    long millis = time.toMillis();
    if (millis % SECOND != 0) {
      return millis + "ms";
    }
    if (millis % MINUTE != 0 || millis == 0) {
      return millis / SECOND + "s";
    }
    return millis % HOUR == 0 ? millis / HOUR + "h" : millis / MINUTE + "m";
  }

  /** Formats a number of bytes in its largest fitting unit. */
  public static String showBytes(long count) {
    if (count % KIB != 0 || count == 0) {
      return count + "B";
    }
    return count % MIB == 0 ? count / MIB + "MiB" : count / KIB + "KiB";
  }

  private static InvalidParameter outOfBounds(String text, String lowest, String highest) {
    return new InvalidParameter(
        InvalidParameter.quoted(text) + " is not between " + lowest + " and " + highest);
  }

  /** The number of milliseconds in a unit; 0 if the unit is unknown. */
  private static long unitOfTime(String unit) {
    return switch (unit) {
      case "ms" -> 1;
      case "s" -> SECOND;
      case "m" -> MINUTE;
      case "h" -> HOUR;
      default -> 0;
    };
  }

  /** The number of bytes in a unit; 0 if the unit is unknown. */
  private static long unitOfSize(String unit) {
    return switch (unit) {
      case "B" -> 1;
      case "KiB" -> KIB;
      case "MiB" -> MIB;
      default -> 0;
    };
  }

  /** The number of digits at the start of a string. */
  private static int digits(String text) {
    int end = 0;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  private static long number(String text, int digits) {
    long number = 0;
    for (int i = 0; i < digits; i++) {
      number = Math.min(number * 10 + (text.charAt(i) - '0'), HIGHEST_NUMBER);
    }
    return number;
  }
}
