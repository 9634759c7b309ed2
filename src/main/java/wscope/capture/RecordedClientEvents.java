package wscope.capture;

import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;

/** Reads the events of a recorded client. */
final class RecordedClientEvents {
  private static final long NANOS_PER_MICRO = 1_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private RecordedClientEvents() {}

  static Event.Connected connected(RecordedLine line) throws InvalidRecording {
    long nanos = line.has("micros") ? line.number("micros") * NANOS_PER_MICRO : -1;
    return new Event.Connected(RecordedConnection.address(line), nanos);
  }

  static Event.Secured secured(RecordedLine line) throws InvalidRecording {
    RecordedLine certificate = line.objectOrNull("certificate");
    return new Event.Secured(
        line.text("version"),
        line.text("cipherSuite"),
        line.textOrNull("protocol"),
        certificate(certificate),
        line.number("micros") * NANOS_PER_MICRO);
  }

  static Event.Coalesced coalesced(RecordedLine line) throws InvalidRecording {
    try {
      return new Event.Coalesced(
          Event.Coalesced.Fate.of(line.text("fate")), line.small("messages"), line.number("bytes"));
    } catch (IllegalArgumentException e) {
      throw line.invalid("\"fate\" is invalid");
    }
  }

  static Event.Silence silence(RecordedLine line) throws InvalidRecording {
    return new Event.Silence(line.flag("ping"), line.number("millis") * NANOS_PER_MILLI);
  }

  static Event.Expectation expectation(RecordedLine line) throws InvalidRecording {
    long nanos = line.number("micros") * NANOS_PER_MICRO;
    return new Event.Expectation(
        line.text("expected"), line.flag("met"), nanos, line.textOrNull("doubt"));
  }

  private static Event.@Nullable Certificate certificate(@Nullable RecordedLine line)
      throws InvalidRecording {
    return line == null
        ? null
        : new Event.Certificate(
            line.texts("names"),
            line.text("issuer"),
            line.number("days"),
            line.textOrNull("distrust"));
  }
}
