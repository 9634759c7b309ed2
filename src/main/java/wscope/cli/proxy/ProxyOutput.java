package wscope.cli.proxy;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import wscope.cli.listen.LiveOutput;
import wscope.cli.listen.QueuedOutput;
import wscope.cli.option.EventOptions;
import wscope.cli.process.Stdio;
import wscope.cli.process.WatchedOutput;
import wscope.cli.prompt.LivePrompt;
import wscope.report.LiveView;
import wscope.report.PayloadReport;
import wscope.report.Report;
import wscope.report.Summary;
import wscope.report.TeeReport;
import wscope.report.text.Screen;
import wscope.report.text.SummaryReport;

/**
 * What a proxy shows: its events on standard output, or only the messages there and the events on
 * standard error. Events of which nobody reads the output are dropped, messages are not. At a
 * prompt, the events are above its line.
 */
final class ProxyOutput {
  private final Stdio stdio;
  private final EventOptions events;
  private final LiveOutput live;
  private final LiveView view;

  /** What is written to standard output; null if a prompt writes it. */
  private final @Nullable QueuedOutput queue;

  private final WatchedOutput output;

  /** The events beside the messages; null if standard output has the events. */
  private final @Nullable QueuedOutput beside;

  private final Report report;

  /**
   * Creates an output.
   *
   * @param payloads whether standard output has only the messages
   * @param prompt the prompt on the terminal, above which the events are; or null
   */
  ProxyOutput(
      Stdio stdio,
      EventOptions events,
      LiveOutput live,
      boolean payloads,
      @Nullable LivePrompt<ProxyActions> prompt) {
    this.stdio = prompt == null ? stdio : stdio.with(stdio.out(), prompt::columns);
    this.events = events;
    this.live = live;
    view = prompt == null ? LiveView.fixed(events.view()) : LiveView.changeable(events.view());
    if (prompt == null) {
      QueuedOutput created = payloads ? live.whole() : live.queue(view);
      queue = created;
      output = new WatchedOutput(created);
    } else {
      queue = null;
      output = new WatchedOutput(prompt.report());
    }
    beside = payloads ? live.queue(stdio.err(), view) : null;
    report =
        beside == null
            ? events.shown(this.stdio.with(output), view)
            : new TeeReport(
                PayloadReport.whole(output),
                events.shown(stdio.with(new WatchedOutput(beside)), view));
  }

  Report report() {
    return report;
  }

  /** What is shown of the events. */
  LiveView view() {
    return view;
  }

  /** Writes to the terminal of the prompt, whose width may change. */
  Screen screen(OutputStream replies) {
    return events.screen(stdio.with(replies));
  }

  /** Whether a command may write to standard output, because people read it. */
  boolean isShared() {
    return beside == null && !events.isJson();
  }

  /** Sets the action for a failure of standard output. */
  void onFailure(Runnable action) {
    output.onFailure(action);
    if (queue != null) {
      queue.onFailure(action);
    }
  }

  /** Waits for readers no longer than until a time. */
  void endBefore(long nanos) {
    if (queue != null) {
      queue.endBefore(nanos);
    }
    if (beside != null) {
      beside.endBefore(nanos);
    }
  }

  /** Shows the totals where people read. */
  void show(Summary summary) {
    Screen screen =
        isShared()
            ? events.screen(stdio.with(output))
            : Screen.ofNotes(
                beside == null ? stdio.err() : new WatchedOutput(beside),
                stdio.unicode(),
                stdio.columns());
    SummaryReport.show(screen, summary);
    screen.flush();
  }

  /** Waits until everything is written, and says what is missing. */
  void finish() throws IOException {
    if (queue != null) {
      live.tellMissing(queue.finish());
    }
    if (beside != null) {
      live.tellMissing(finished(beside));
    }
  }

  /** Waits for standard error, whose failure does not matter. */
  private static long finished(QueuedOutput errors) {
    try {
      return errors.finish();
    } catch (IOException e) {
      return 0;
    }
  }

  /**
   * Checks standard output.
   *
   * @throws IOException if it has failed
   */
  void check() throws IOException {
    output.check();
  }
}
