package wscope.capture;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import wscope.protocol.Limits;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.rule.Endpoint;

/**
 * Reads a file that {@code --record} wrote: a first line that names the format, then one event per
 * line. The protocol decodes the bytes of each connection again; events derived from them are
 * skipped.
 */
public final class RecordingReader {
  private static final long NANOS_PER_MICRO = 1_000;

  /** The beginning of the first line. */
  private static final String BEGINNING = "{\"type\":\"recording\"";

  /** The version of the format that this class reads. */
  public static final int VERSION = 1;

  /**
   * The maximum length of a line in bytes, enough for the largest message in base64 and its
   * properties.
   */
  static final int LONGEST_LINE = 1 << 28;

  private static final int FIRST_CAPACITY = 4096;

  private final InputStream in;
  private final RecordingListener listener;
  private final BufferPool pool = new BufferPool();
  private final TreeMap<Long, RecordedLines> connections = new TreeMap<>();
  private byte[] buffer = new byte[FIRST_CAPACITY];
  private int length;
  private long lineNumber;
  private @Nullable Endpoint self = Endpoint.SERVER;
  private Limits limits = Limits.NONE;

  private RecordingReader(InputStream in, RecordingListener listener) {
    this.in = in;
    this.listener = listener;
  }

  /**
   * Whether the input is a recording.
   *
   * @param in the input, which keeps its position; reading stops at the first byte that differs
   */
  public static boolean begins(BufferedInputStream in) throws IOException {
    in.mark(BEGINNING.length());
    int next = 0;
    while (next < BEGINNING.length() && in.read() == BEGINNING.charAt(next)) {
      next++;
    }
    in.reset();
    return next == BEGINNING.length();
  }

  /**
   * Reads a recording to its end.
   *
   * @param in the input, which the caller buffers and closes
   * @throws InvalidRecording at the first invalid line; the listener has received the lines before
   *     it
   */
  public static void read(InputStream in, RecordingListener listener)
      throws IOException, InvalidRecording {
    new RecordingReader(in, listener).read();
  }

  private void read() throws IOException, InvalidRecording {
    try {
      while (readLine()) {
        RecordedLine line = RecordedLine.of(lineNumber, buffer, length);
        listener.time(line.time());
        if (lineNumber == 1) {
          begin(line);
        } else {
          take(line);
        }
      }
    } finally {
      connections.values().forEach(RecordedLines::end);
      pool.close();
    }
  }

  private boolean readLine() throws IOException, InvalidRecording {
    length = 0;
    lineNumber++;
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        return length > 0;
      }
      if (length == buffer.length) {
        if (length == LONGEST_LINE) {
          throw new InvalidRecording(
              lineNumber, "the line is longer than " + (LONGEST_LINE >> 20) + " MiB");
        }
        buffer = Arrays.copyOf(buffer, Math.min(2 * length, LONGEST_LINE));
      }
      buffer[length++] = (byte) b;
    }
    return true;
  }

  private void begin(RecordedLine first) throws InvalidRecording {
    if (!first.text("type").equals("recording")) {
      throw first.invalid("the type is not \"recording\"");
    }
    if (first.number("version") != VERSION) {
      throw first.invalid(
          "the format version is "
              + first.number("version")
              + ", but only version "
              + VERSION
              + " can be read");
    }
    if (first.has("redacted")) {
      listener.redacted();
    }
    self = first.text("self").equals("proxy") ? null : first.endpoint("self");
    limits =
        new Limits(
            first.number("maxMessage"),
            first.number("maxFragments"),
            first.small("maxHead"),
            first.small("maxFields"));
  }

  private void take(RecordedLine line) throws InvalidRecording {
    if (line.has("connection")) {
      takeConnectionLine(line, line.number("connection"));
      return;
    }
    switch (line.text("type")) {
      case "listening" -> listener.event(listening(line));
      case "turned-away" -> listener.event(new Event.TurnedAway(RecordedConnection.address(line)));
      case "accept-failed" -> listener.event(new Event.AcceptFailed(line.text("cause")));
      case "resolved" ->
          listener.event(
              new Event.Resolved(line.text("host"), line.texts("addresses"), micros(line)));
      case "retrying" -> listener.event(new Event.Retrying(line.number("attempt"), micros(line)));
      case "redirect" ->
          listener.event(
              new Event.Redirect(
                  line.small("status"),
                  line.text("url"),
                  line.flag("withheld"),
                  line.textOrNull("trouble")));
      case "attempt-failed" ->
          listener.event(
              new Event.AttemptFailed(
                  RecordedConnection.address(line), line.text("cause"), micros(line)));
      case "script-changed" ->
          listener.event(
              new Event.ScriptChanged(
                  line.has("script") ? line.text("script") : "",
                  (int) line.numberOr("rules", 0),
                  line.textOrNull("trouble")));
      case "stopped" -> listener.event(new Event.Stopped(line.number("connections")));
      default -> throw line.invalid("unknown event type \"" + line.text("type") + "\"");
    }
  }

  private static long micros(RecordedLine line) throws InvalidRecording {
    return line.number("micros") * NANOS_PER_MICRO;
  }

  private void takeConnectionLine(RecordedLine line, long number) throws InvalidRecording {
    RecordedLines connection = connections.get(number);
    if (connection == null) {
      ExchangeListener shown = listener.connection(self, number);
      connection =
          self == null
              ? new RecordedPair(limits, pool, listener::time, shown)
              : new RecordedConnection(self, limits, pool, listener::time, shown);
      connections.put(number, connection);
    }
    if (connection.take(line)) {
      connections.remove(number);
    }
  }

  private Event.Listening listening(RecordedLine line) throws InvalidRecording {
    List<Event.ListeningAddress> addresses = new ArrayList<>();
    for (String url : line.texts("urls")) {
      addresses.add(new Event.ListeningAddress(RecordedConnection.address(line), url));
    }
    if (addresses.isEmpty()) {
      throw line.invalid("\"urls\" is empty");
    }
    return new Event.Listening(
        self == null ? "proxy" : "serve", addresses, line.text("behaviour"), line.texts("notes"));
  }
}
