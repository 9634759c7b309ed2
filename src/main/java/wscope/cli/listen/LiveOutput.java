package wscope.cli.listen;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import wscope.cli.option.EventOptions;
import wscope.cli.process.Stdio;
import wscope.protocol.event.Event;
import wscope.report.LiveView;
import wscope.report.Report;
import wscope.report.text.Screen;

/** Creates the output of a command that listens, and says what is missing of it. */
public final class LiveOutput {
  private final Stdio stdio;
  private final StuckOption stuck;
  private final EventOptions events;

  public LiveOutput(Stdio stdio, StuckOption stuck, EventOptions events) {
    this.stdio = stdio;
    this.stuck = stuck;
    this.events = events;
  }

  /** Creates the output that cannot stop the server. */
  public QueuedOutput queue(LiveView view) {
    return stuck.waitsForReader() ? whole() : queue(stdio.out(), view);
  }

  /** Creates the output that loses nothing: the server waits for its reader. */
  public QueuedOutput whole() {
    return new QueuedOutput(stdio.out(), null);
  }

  /** Creates an output like {@link #queue(LiveView)} to another stream. */
  public QueuedOutput queue(OutputStream to, LiveView view) {
    return new QueuedOutput(
        to,
        lines -> {
          ByteArrayOutputStream line = new ByteArrayOutputStream();
          Report notice = events.shown(stdio.with(line), view);
          notice.event(new Event.Missed(lines));
          notice.flush();
          return line.toByteArray();
        });
  }

  /** Says how many of the last lines were not written. */
  public void tellMissing(long lines) {
    if (lines > 0) {
      Screen notes = Screen.ofNotes(stdio.err(), stdio.unicode(), stdio.columns());
      notes.text("note: the last ").number(lines);
      notes.text(" lines of the output were not written, because nobody read it").endLine();
      notes.flush();
    }
  }
}
