package wscope.cli.decode;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;
import wscope.cli.option.Converter;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;

/** The options that choose a part of the time of a capture. */
final class TimeRange {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int MOST_SECONDS = 1_000_000_000;

  private final OptionSpec from;
  private final OptionSpec to;
  private long first = -1;
  private long now;

  /**
   * A point in time.
   *
   * @param nanos since 1970, or since the first packet
   */
  private record Point(long nanos, boolean relative, String text) {
    long since1970(long first) {
      return relative ? first + nanos : nanos;
    }

    static Point of(String text) {
      try {
        return new Point(offset(text), true, text);
      } catch (NumberFormatException e) {
        return new Point(absolute(text), false, text);
      }
    }

    private static long offset(String text) {
      String digits = text.endsWith("s") ? text.substring(0, text.length() - 1) : text;
      BigDecimal seconds = new BigDecimal(digits);
      if (seconds.signum() < 0 || seconds.compareTo(BigDecimal.valueOf(MOST_SECONDS)) > 0) {
        throw new TypeConversionException(
            "'" + text + "' is not within 0 and " + MOST_SECONDS + " seconds");
      }
      return seconds.movePointRight(9).longValue();
    }

    private static long absolute(String text) {
      String spelled = text.trim().replace(' ', 'T');
      try {
        boolean local = spelled.matches(".*T[0-9:.]*");
        Instant instant =
            local
                ? LocalDateTime.parse(spelled).atZone(ZoneId.systemDefault()).toInstant()
                : OffsetDateTime.parse(spelled).toInstant();
        return Math.addExact(
            Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND), instant.getNano());
      } catch (DateTimeException | ArithmeticException e) {
        throw new TypeConversionException(
            "'"
                + text
                + "' is not a time; use seconds after the first packet, as in 12.5, or a date and"
                + " time, as in 2026-11-29T10:15:00Z or 2026-11-29T10:15:00 in local time");
      }
    }
  }

  TimeRange(CommandSpec spec) {
    from =
        option(
            "--from-time",
            "Show, count and judge only what a capture has from this time on: seconds after"
                + " its first packet, such as 12.5, or a date and time. A time without"
                + " a zone is local time. Example: 2026-11-29T10:15:00Z.");
    to =
        option(
            "--to-time",
            "Show, count and judge only what a capture has up to this time, in the forms of"
                + " --from-time.");
    spec.addOption(from).addOption(to);
  }

  private static OptionSpec option(String name, String description) {
    return OptionSpec.builder(name)
        .paramLabel("TIME")
        .type(Point.class)
        .converters(new Converter<>(Point::of))
        .description(description)
        .build();
  }

  /** The option that is given; null if there is none. */
  @Nullable String given() {
    return from.getValue() != null
        ? from.longestName()
        : to.getValue() != null ? to.longestName() : null;
  }

  /** Fails if the range is empty, as far as that is known before the first packet. */
  void check() throws Failure {
    Point start = from.getValue();
    Point end = to.getValue();
    boolean comparable = start != null && end != null && start.relative() == end.relative();
    if (start != null && end != null && comparable && start.nanos() > end.nanos()) {
      throw new Failure(
          ExitCode.USAGE, "--from-time " + start.text() + " is later than --to-time " + end.text());
    }
  }

  /**
   * Sets the time of what follows, in nanoseconds since 1970. The first one is that of the first
   * packet.
   */
  void set(long nanos) {
    first = first < 0 ? nanos : first;
    now = nanos;
  }

  /** Whether the current time is in the range. */
  boolean isInside() {
    return hasBegun() && !isOver();
  }

  /** Whether the range has begun. */
  boolean hasBegun() {
    Point start = from.getValue();
    return start == null || now >= start.since1970(first);
  }

  /** Whether the range is over. */
  boolean isOver() {
    Point end = to.getValue();
    return end != null && now > end.since1970(first);
  }
}
