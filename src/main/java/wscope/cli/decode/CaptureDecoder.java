package wscope.cli.decode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import wscope.capture.packets.CaptureFindings;
import wscope.capture.packets.CaptureListener;
import wscope.capture.tls.KeyLog;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.event.TeeListener;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.rule.Endpoint;
import wscope.report.Report;
import wscope.report.Totals;
import wscope.report.text.Screen;

/**
 * Shows the WebSocket connections of a capture: of a file, their list and then each of them; of a
 * pipe, each of them as it comes and then the list.
 */
final class CaptureDecoder {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final CaptureFiles files;
  private final CaptureKeys keys;
  private final ConnectionChoice choice;
  private final RecordedClock clock;
  private final Supplier<Report> reports;
  private final Totals totals;
  private final Screen notes;
  private @Nullable Report report;

  /**
   * Creates a decoder.
   *
   * @param keys the secrets for connections with TLS
   * @param clock gets the times of the packets
   * @param reports creates the report when the clock has the time of the first packet
   * @param totals counts the chosen connections
   */
  CaptureDecoder(
      CaptureFiles files,
      CaptureKeys keys,
      ConnectionChoice choice,
      RecordedClock clock,
      Supplier<Report> reports,
      Totals totals,
      Screen notes) {
    this.files = files;
    this.keys = keys;
    this.choice = choice;
    this.clock = clock;
    this.reports = reports;
    this.totals = totals;
    this.notes = notes;
  }

  /** Opens the input once more. */
  interface Reopening {
    /** The same input; null if it can be read only once. */
    @Nullable InputStream reopen() throws Failure;
  }

  /**
   * Decodes a capture.
   *
   * @param again the same input; null if it can be read only once
   * @return whether the file ends early
   * @throws Failure if there is nothing to show
   */
  boolean decode(InputStream in, @Nullable InputStream again, Reopening input)
      throws IOException, Failure {
    KeyLog keyLog = keys.open(again == null);
    choice.times().check();
    CaptureRows rows = new CaptureRows(choice);
    CaptureFindings findings;
    if (again == null) {
      choice.checkLive();
      findings = files.read(in, new Live(rows), keyLog, () -> flush(in));
      checkNotEmpty(rows, findings);
      rows.rows().forEach(report()::event);
    } else {
      findings = files.read(again, rows, keyLog, () -> {});
      if (keys.keepOnlyWanted()) {
        rows = new CaptureRows(choice);
        try (InputStream once = input.reopen()) {
          findings = once == null ? findings : files.read(once, rows, keyLog, () -> {});
        }
      }
      checkNotEmpty(rows, findings);
      if (rows.firstTime() >= 0) {
        setTime(rows.firstTime());
      }
      rows.rows().forEach(report()::event);
      files.read(in, new Chosen(rows), keyLog, () -> {});
    }
    report().flush();
    if (rows.rows().isEmpty()) {
      notes.text("note: found no violation in ").number(rows.leftOut());
      notes.text(rows.leftOut() == 1 ? " WebSocket connection" : " WebSocket connections");
      notes.text("; omit --only-violations to see more").endLine();
    }
    new CaptureNote(notes).show(findings, files.format(), files.trouble());
    keys.note(notes);
    notes.flush();
    return files.trouble() != null;
  }

  private void checkNotEmpty(CaptureRows rows, CaptureFindings findings) throws Failure {
    if (rows.connections() == 0) {
      new CaptureNote(notes).showTls(findings);
      keys.note(notes);
      notes.flush();
      throw new Failure(
          ExitCode.USAGE, CaptureNote.nothing(findings, files.format(), files.trouble()));
    }
    if (rows.rows().isEmpty() && rows.leftOut() == 0) {
      throw new Failure(
          ExitCode.USAGE,
          "none of the "
              + rows.connections()
              + " WebSocket connections of the capture is chosen; omit --connection, --peer, --path,"
              + " --from-time and --to-time to see all");
    }
  }

  /** Shows what a pipe has sent so far, before wscope waits for more. */
  private void flush(InputStream in) {
    try {
      if (report != null && in.available() == 0) {
        report.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Report report() {
    Report known = report;
    if (known == null) {
      known = reports.get();
      report = known;
    }
    return known;
  }

  private void setTime(long nanos) {
    choice.times().set(nanos);
    clock.set(Instant.ofEpochSecond(nanos / NANOS_PER_SECOND, nanos % NANOS_PER_SECOND));
    report();
  }

  private ExchangeListener shown(long number) {
    ExchangeListener both = TeeListener.of(totals, report().connection(null, number));
    return TimedListener.of(both, choice.times());
  }

  /** Shows the connections that the first reading has chosen. */
  private final class Chosen implements CaptureListener {
    private final CaptureRows rows;

    Chosen(CaptureRows rows) {
      this.rows = rows;
    }

    @Override
    public void time(long nanos) {
      setTime(nanos);
    }

    @Override
    public ExchangeListener connection(long number) {
      return rows.isChosen(number) ? shown(number) : new ExchangeListener() {};
    }
  }

  /** Shows the connections as they come, and collects their rows. */
  private final class Live implements CaptureListener {
    private final CaptureRows rows;

    Live(CaptureRows rows) {
      this.rows = rows;
    }

    @Override
    public void time(long nanos) {
      setTime(nanos);
    }

    @Override
    public ExchangeListener connection(long number) {
      return TeeListener.of(rows.connection(number), new LiveConnection(number));
    }
  }

  /** Holds the first event until the request shows whether the connection is chosen. */
  private final class LiveConnection implements ExchangeListener {
    private final long number;
    private Event.@Nullable Captured first;
    private @Nullable ExchangeListener shown;
    private boolean decided;

    LiveConnection(long number) {
      this.number = number;
    }

    @Override
    public void event(Event event) {
      if (event instanceof Event.Captured captured && choice.fits(number, captured)) {
        first = captured;
        if (!choice.needsPath()) {
          decide(null);
        }
      } else {
        if (event instanceof Event.Request request) {
          decide(request.head());
        }
        if (shown != null) {
          shown.event(event);
        }
      }
    }

    private void decide(@Nullable RequestHead head) {
      Event.Captured captured = first;
      boolean fits = !choice.needsPath() || choice.fitsPath(head == null ? null : head.path());
      if (!decided && captured != null && fits) {
        ExchangeListener listener = shown(number);
        shown = listener;
        listener.event(captured);
      }
      decided = true;
    }

    @Override
    public @Nullable FrameListener frames(@Nullable Endpoint sender) {
      return shown == null ? null : shown.frames(sender);
    }
  }
}
