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
 * Writes all events as JSON, one object per line, for programs; see {@code events.schema.json}. A
 * report is cheap enough to create one for each watched connection.
 */
public final class JsonReport implements Report {
  private static final long NANOS_PER_MICRO = 1_000;

  private final JsonLines lines;
  private final LiveView view;
  private final EventTime time;

  /** The start of a recording; null if this is not a recording. */
  private final @Nullable RecordingStart start;

  private final boolean reasons;
  private boolean started;

  /**
   * Creates a report.
   *
   * @param out an unbuffered stream, which the report does not close
   * @param view the view, in which {@code BITS} is the same as {@code FRAMES}
   * @param clock the clock for the times of a server's events
   */
  public JsonReport(OutputStream out, LiveView view, InstantSource clock) {
    this(out, view, clock, null, false);
  }

  private JsonReport(
      OutputStream out,
      LiveView view,
      InstantSource clock,
      @Nullable RecordingStart start,
      boolean reasons) {
    this.reasons = reasons;
    lines = new JsonLines(out);
    this.view = view;
    this.start = start;
    time = new EventTime(clock);
  }

  /**
   * Creates a recording, which has every event in full and the raw bytes of heads and headers. The
   * first line names the format and is written before the first event.
   */
  public static JsonReport recording(
      OutputStream out, RecordingStart start, Advice advice, InstantSource clock) {
    ViewOptions all = new ViewOptions(Detail.FRAMES, ViewOptions.WHOLE, false, advice);
    return new JsonReport(out, LiveView.fixed(all), clock, start, false);
  }

  /** Creates a report that also has the bodies of error responses, which say why. */
  static JsonReport withReasons(OutputStream out, LiveView view, InstantSource clock) {
    return new JsonReport(out, view, clock, null, true);
  }

  @Override
  public ExchangeListener stream(Totals totals) {
    return Journal.ofStream(
        view, new JsonExchangePrinter(lines, view, null, 0, false, false), totals);
  }

  @Override
  public ExchangeListener connection(@Nullable Endpoint self, long number) {
    start();
    Printer printer = new JsonExchangePrinter(lines, view, time, number, start != null, reasons);
    return Journal.ofConnection(view, printer, self);
  }

  @Override
  public void event(Event event) {
    start();
    if (event instanceof Event.Listening listening) {
      listening(listening);
    } else if (event instanceof Event.Resolved resolved) {
      begin("resolved").putText(Property.HOST, resolved.host());
      lines.beginArray(Property.ADDRESSES);
      resolved.addresses().forEach(lines::add);
      lines.endArray().put(Property.MICROS, resolved.nanos() / NANOS_PER_MICRO).end();
    } else if (event instanceof Event.Retrying retrying) {
      begin("retrying").put(Property.ATTEMPT, retrying.attempt());
      lines.put(Property.MICROS, retrying.nanos() / NANOS_PER_MICRO).end();
    } else if (event instanceof Event.Redirect redirect) {
      begin("redirect").put(Property.STATUS, redirect.status());
      lines.putText(Property.URL, redirect.url()).put(Property.WITHHELD, redirect.withheld());
      if (redirect.trouble() != null) {
        lines.putText(Property.TROUBLE, redirect.trouble());
      }
      lines.end();
    } else if (event instanceof Event.AttemptFailed failed) {
      begin("attempt-failed");
      JsonPrinter.address(lines, failed.peer());
      lines.putText(Property.CAUSE, failed.cause());
      lines.put(Property.MICROS, failed.nanos() / NANOS_PER_MICRO).end();
    } else if (event instanceof Event.TurnedAway away) {
      begin("turned-away");
      JsonPrinter.address(lines, away.peer());
      lines.end();
    } else if (event instanceof Event.AcceptFailed failed) {
      begin("accept-failed").putText(Property.CAUSE, failed.cause()).end();
    } else if (event instanceof Event.RecordingStopped stopped) {
      begin("recording-stopped").putText(Property.CAUSE, stopped.cause()).end();
    } else if (event instanceof Event.ScriptChanged changed) {
      scriptChanged(changed);
    } else if (event instanceof Event.CaptureRow row) {
      JsonCaptureEvents.row(lines.begin("capture-row"), row);
    } else if (event instanceof Event.Missed missed) {
      missed(missed.lines());
    } else if (event instanceof Event.Stopped stopped) {
      begin("stopped").put(Property.CONNECTIONS, stopped.connections()).end();
    } else if (event instanceof Event.Find find) {
      find(find);
    } else if (event instanceof Event.BytesLost lost) {
      lines.begin("bytes-lost").put(Property.COUNT, lost.count()).end();
    } else if (event instanceof Event.LinesSkipped skipped) {
      lines.begin("lines-skipped").put(Property.LINES, skipped.lines());
      lines.put(Property.FIRST_LINE, skipped.firstLine()).end();
    }
  }

  private void scriptChanged(Event.ScriptChanged event) {
    String trouble = event.trouble();
    begin("script-changed");
    if (!event.script().isEmpty()) {
      lines.putText(Property.SCRIPT, event.script());
    }
    if (trouble != null) {
      lines.putText(Property.TROUBLE, trouble);
    } else if (!event.script().isEmpty()) {
      lines.put(Property.RULE_COUNT, event.rules());
    }
    lines.end();
  }

  private void find(Event.Find find) {
    lines.begin("find").put(Property.KIND, find.kind()).put(Property.FORM, find.form());
    lines.put(Property.FIRST_LINE, find.firstLine());
    lines.put(Property.FIRST_COLUMN, find.firstColumn());
    lines.put(Property.LAST_LINE, find.lastLine());
    lines.put(Property.LAST_COLUMN, find.lastColumn());
    lines.put(Property.BYTES, find.bytes()).end();
  }

  private void start() {
    if (start != null && !started) {
      started = true;
      begin("recording")
          .put(Property.FORMAT, "wscope")
          .put(Property.VERSION, RecordingStart.VERSION);
      lines.put(Property.PROGRAM, start.program()).put(Property.SELF, start.side());
      lines.put(Property.MAX_MESSAGE, start.limits().maxMessage());
      lines.put(Property.MAX_FRAGMENTS, start.limits().maxFragments());
      lines.put(Property.MAX_HEAD, start.limits().maxHead());
      lines.put(Property.MAX_FIELDS, start.limits().maxHeaderFields()).end();
    }
  }

  private void listening(Event.Listening server) {
    Event.ListeningAddress first = server.addresses().get(0);
    begin("listening");
    JsonPrinter.address(lines, first.address());
    lines.put(Property.URL, first.url()).beginArray(Property.URLS);
    server.addresses().forEach(address -> lines.add(address.url()));
    lines.endArray().put(Property.BEHAVIOUR, server.behaviour()).beginArray(Property.NOTES);
    server.notes().forEach(lines::add);
    lines.endArray().end();
  }

  /**
   * Reports missing events at this place.
   *
   * @param count the number of missing events
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
