package wscope.report.json;

import java.io.OutputStream;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.rule.Endpoint;
import wscope.report.Advice;
import wscope.report.Detail;
import wscope.report.Journal;
import wscope.report.LiveView;
import wscope.report.Printer;
import wscope.report.Report;
import wscope.report.Totals;
import wscope.report.ViewOptions;

/**
 * Everything as JSON, one object a line, for programs; see {@code events.schema.json}. It costs
 * little to make one for each connection that somebody follows.
 */
public final class JsonReport implements Report {
  private final JsonLines lines;
  private final LiveView view;
  private final EventTime time;

  /** What is recorded; null if this is no recording. */
  private final @Nullable RecordingStart start;

  private boolean started;

  /**
   * @param out is not buffered and not closed
   * @param view of which {@code BITS} shows what {@code FRAMES} does: a frame has its bits
   * @param clock tells the times of a server's events
   */
  public JsonReport(OutputStream out, LiveView view, InstantSource clock) {
    this(out, view, clock, null);
  }

  private JsonReport(
      OutputStream out, LiveView view, InstantSource clock, @Nullable RecordingStart start) {
    lines = new JsonLines(out);
    this.view = view;
    this.start = start;
    time = new EventTime(clock);
  }

  /**
   * A recording: every event whole, with the bytes of heads and headers as they were. Its first
   * line, which names the format, is written before the first event.
   */
  public static JsonReport recording(
      OutputStream out, RecordingStart start, Advice advice, InstantSource clock) {
    ViewOptions all = new ViewOptions(Detail.FRAMES, ViewOptions.WHOLE, false, advice);
    return new JsonReport(out, LiveView.fixed(all), clock, start);
  }

  @Override
  public ExchangeListener stream(Totals totals) {
    return Journal.ofStream(view, new JsonExchangePrinter(lines, view, null, 0, false), totals);
  }

  @Override
  public ExchangeListener connection(Endpoint self, long number) {
    start();
    Printer printer = new JsonExchangePrinter(lines, view, time, number, start != null);
    return Journal.ofConnection(view, printer, self);
  }

  @Override
  public void event(Event event) {
    start();
    if (event instanceof Event.Listening listening) {
      listening(listening);
    } else if (event instanceof Event.TurnedAway away) {
      begin("turned-away");
      JsonPrinter.address(lines, away.peer());
      lines.end();
    } else if (event instanceof Event.AcceptFailed failed) {
      begin("accept-failed").putWords(Property.CAUSE, failed.cause()).end();
    } else if (event instanceof Event.RecordingStopped stopped) {
      begin("recording-stopped").putWords(Property.CAUSE, stopped.cause()).end();
    } else if (event instanceof Event.Stopped stopped) {
      begin("stopped").put(Property.CONNECTIONS, stopped.connections()).end();
    }
  }

  private void start() {
    if (start != null && !started) {
      started = true;
      begin("recording")
          .put(Property.FORMAT, "wscope")
          .put(Property.VERSION, RecordingStart.VERSION);
      lines.put(Property.PROGRAM, start.program()).put(Property.SELF, start.self().id());
      lines.put(Property.MAX_MESSAGE, start.limits().maxMessage());
      lines.put(Property.MAX_FRAGMENTS, start.limits().maxFragments());
      lines.put(Property.MAX_HEAD, start.limits().maxHead());
      lines.put(Property.MAX_FIELDS, start.limits().maxHeaderFields()).end();
    }
  }

  private void listening(Event.Listening server) {
    Event.Listening.Place first = server.places().get(0);
    begin("listening");
    JsonPrinter.address(lines, first.address());
    lines.put(Property.URL, first.url()).beginArray(Property.URLS);
    server.places().forEach(place -> lines.add(place.url()));
    lines.endArray().put(Property.BEHAVIOUR, server.behaviour()).beginArray(Property.NOTES);
    server.notes().forEach(lines::add);
    lines.endArray().end();
  }

  /**
   * Events have been left out here.
   *
   * @param count how many
   */
  void missed(long count) {
    begin("missed").put(Property.EVENTS, count).end();
  }

  @Override
  public void flush() {
    lines.flush();
  }

  private JsonLines begin(String type) {
    return lines.begin(type).put(Property.TIME, time);
  }
}
