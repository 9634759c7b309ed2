package wscope.cli.decode;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import wscope.capture.logs.LogKind;
import wscope.capture.packets.CaptureFindings;
import wscope.capture.packets.CaptureListener;
import wscope.capture.packets.CapturedPacket;
import wscope.capture.packets.InvalidCapture;
import wscope.capture.packets.PacketCapture;
import wscope.capture.packets.PacketFile;
import wscope.capture.tls.KeyLog;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.protocol.deflate.DeflateParameters;
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
final class PacketDecoder {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final ConnectionChoice choice;
  private final RecordedClock clock;
  private final Supplier<Report> reports;
  private final Totals totals;
  private final @Nullable DeflateParameters agreed;
  private final @Nullable LogKind log;
  private final List<Path> rotation;
  private final boolean noDeflate;
  private final CaptureKeys keys;
  private final Screen notes;
  private KeyLog keyLog = new KeyLog();
  private @Nullable Report report;
  private @Nullable String trouble;

  /**
   * Creates a decoder.
   *
   * @param clock gets the times of the packets
   * @param reports creates the report when the clock has the time of the first packet
   * @param totals counts the chosen connections
   * @param agreed the parameters of permessage-deflate where no response was captured; null to find
   *     out
   * @param log the program that wrote the capture; null if it has packets
   * @param rotation the files to read instead of the input, in their order; none to read the input
   * @param noDeflate whether no message is taken for a compressed one there
   * @param keys the secrets for connections with TLS
   */
  PacketDecoder(
      ConnectionChoice choice,
      RecordedClock clock,
      Supplier<Report> reports,
      Totals totals,
      @Nullable DeflateParameters agreed,
      @Nullable LogKind log,
      List<Path> rotation,
      boolean noDeflate,
      CaptureKeys keys,
      Screen notes) {
    this.choice = choice;
    this.clock = clock;
    this.reports = reports;
    this.totals = totals;
    this.agreed = agreed;
    this.log = log;
    this.rotation = rotation;
    this.noDeflate = noDeflate;
    this.keys = keys;
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
    keyLog = keys.open(again == null);
    CaptureRows rows = new CaptureRows(choice);
    choice.times().check();
    if (again == null) {
      choice.checkLive();
    }
    String[] format = {""};
    CaptureFindings findings =
        again == null ? read(in, new Live(rows), true, format) : read(again, rows, false, format);
    if (again != null && keys.keepOnlyWanted()) {
      rows = new CaptureRows(choice);
      try (InputStream once = input.reopen()) {
        findings = once == null ? findings : read(once, rows, false, format);
      }
    }
    checkNotEmpty(rows, findings, format[0]);
    if (again != null) {
      if (rows.firstTime() >= 0) {
        setTime(rows.firstTime());
      }
      rows.rows().forEach(report()::event);
      read(in, new Chosen(rows), false, format);
    } else {
      rows.rows().forEach(report()::event);
    }
    report().flush();
    if (rows.rows().isEmpty()) {
      notes.text("note: found no violation in ").number(rows.leftOut());
      notes.text(rows.leftOut() == 1 ? " WebSocket connection" : " WebSocket connections");
      notes.text("; omit --only-violations to see more").endLine();
    }
    new CaptureNote(notes).show(findings, format[0], trouble);
    keys.note(notes);
    notes.flush();
    return trouble != null;
  }

  private void checkNotEmpty(CaptureRows rows, CaptureFindings findings, String format)
      throws Failure {
    if (rows.connections() == 0) {
      new CaptureNote(notes).showTls(findings);
      keys.note(notes);
      notes.flush();
      throw new Failure(ExitCode.USAGE, CaptureNote.nothing(findings, format, trouble));
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

  private CaptureFindings read(
      InputStream in, CaptureListener listener, boolean shown, String[] format)
      throws IOException, Failure {
    try (PacketCapture capture = new PacketCapture(listener, agreed, keyLog)) {
      if (noDeflate) {
        capture.assumeNoDeflate();
      }
      try {
        if (!rotation.isEmpty()) {
          rotation(capture, shown, format);
        } else if (log != null) {
          format[0] = log.format() + " file";
          log.read(in, capture, () -> flush(in, shown));
        } else {
          packets(in, capture, shown, format);
        }
      } catch (InvalidCapture e) {
        trouble = e.getMessage();
      }
      capture.finish();
      return capture.findings();
    }
  }

  /** Reads all parts; one that cannot be read to its end does not keep wscope from the next. */
  private void rotation(PacketCapture capture, boolean shown, String[] format)
      throws IOException, Failure {
    StringJoiner troubles = new StringJoiner("; ");
    for (Path path : rotation) {
      try (InputStream in =
          new BufferedInputStream(DecodeInput.openFile(path), DecodeInput.PIECE)) {
        packets(in, capture, shown, format);
      } catch (InvalidCapture e) {
        troubles.add(path + ": " + e.getMessage());
      }
    }
    trouble = troubles.length() == 0 ? null : troubles.toString();
    format[0] = rotation.size() + " capture files";
  }

  private void packets(InputStream in, PacketCapture capture, boolean shown, String[] format)
      throws IOException, InvalidCapture {
    PacketFile file = PacketFile.open(in, keyLog::addFromCapture);
    format[0] = file.format() + " file";
    CapturedPacket packet = file.next();
    while (packet != null) {
      capture.read(packet);
      flush(in, shown);
      packet = file.next();
    }
  }

  /** Shows what a pipe has sent so far, before wscope waits for more. */
  private void flush(InputStream in, boolean shown) {
    try {
      if (shown && report != null && in.available() == 0) {
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
