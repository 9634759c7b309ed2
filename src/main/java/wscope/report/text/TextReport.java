package wscope.report.text;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.rule.Endpoint;
import wscope.report.Detail;
import wscope.report.Journal;
import wscope.report.LiveView;
import wscope.report.Printer;
import wscope.report.Report;
import wscope.report.Totals;

/** Writes all events as text, for people. */
public final class TextReport implements Report {
  private static final int URL = 15;
  private static final int STATE = 9;

  private final Screen screen;
  private final LiveView view;

  /** The command that listens, as last reported. */
  private String name = "wscope serve";

  public TextReport(Screen screen, LiveView view) {
    this.screen = screen;
    this.view = view;
  }

  @Override
  public ExchangeListener stream(Totals totals) {
    return Journal.ofStream(view, new StreamPrinter(screen, view), totals);
  }

  @Override
  public ExchangeListener connection(@Nullable Endpoint self, long number) {
    Printer printer =
        self == null
            ? new ProxyPrinter(screen, view, number)
            : new ConnectionPrinter(screen, view, self, number);
    return Journal.ofConnection(view, printer, self);
  }

  /** Shows the verdict so far on a stream that may continue. */
  public void verdict(Totals totals) {
    StreamPrinter.verdict(screen, totals, null);
  }

  @Override
  public void event(Event event) {
    if (view.detail() == Detail.NONE && !isFailure(event)) {
      return;
    }
    if (event instanceof Event.Resolved resolved) {
      resolved(resolved);
    } else if (event instanceof Event.AttemptFailed failed) {
      attemptFailed(failed);
    } else if (event instanceof Event.Retrying retrying) {
      screen.prefix("= ");
      screen.stamp().text("retry", Style.HEADING).pad(STATE + 1).number(retrying.attempt());
      screen.text(" in ");
      Durations.show(screen, Duration.ofNanos(retrying.nanos()));
      screen.endLine();
    } else if (event instanceof Event.Redirect redirect) {
      redirect(redirect);
    } else if (event instanceof Event.Listening listening) {
      listening(listening);
    } else if (event instanceof Event.TurnedAway away) {
      turnedAway(away);
    } else if (event instanceof Event.AcceptFailed failed) {
      failure("✗ a client could not be accepted: ", failed.cause());
    } else if (event instanceof Event.RecordingStopped stopped) {
      failure("✗ the recording has stopped; wscope continues: ", stopped.cause());
    } else if (event instanceof Event.ScriptChanged changed) {
      scriptChanged(changed);
    } else if (event instanceof Event.CaptureRow row) {
      CaptureReport.row(screen, row);
    } else if (event instanceof Event.Missed missed) {
      missed(missed.lines());
    } else if (event instanceof Event.Stopped stopped) {
      stopped(stopped.connections());
    }
  }

  private void resolved(Event.Resolved event) {
    screen.prefix("= ");
    screen.stamp().text("resolved", Style.HEADING).words(STATE).text("  ");
    SafeText.words(screen, event.host());
    screen.text(" to ");
    SafeText.words(screen, String.join(", ", event.addresses()));
    screen.text(" in ");
    Durations.millis(screen, event.nanos());
    screen.text(" ms").endLine();
  }

  private void redirect(Event.Redirect event) {
    screen.prefix("= ");
    boolean follows = event.trouble() == null;
    screen.stamp().text("redirect", follows ? Style.HEADING : Style.ERROR).words(STATE).text("  ");
    screen.number(event.status()).text(follows ? ": connecting to " : " is not followed to ");
    SafeText.words(screen, event.url());
    if (event.trouble() != null) {
      screen.text(": ");
      SafeText.sentence(screen, event.trouble());
    }
    screen.text(event.withheld() ? "; Authorization and Cookie are not sent there" : "").endLine();
  }

  private void attemptFailed(Event.AttemptFailed event) {
    screen.prefix("= ");
    screen.stamp().text("failed", Style.ERROR).words(STATE).text("    to connect to ");
    AddressText.show(screen, event.peer());
    screen.text(" in ");
    Durations.millis(screen, event.nanos());
    screen.text(" ms: ");
    SafeText.sentence(screen, event.cause());
    screen.endLine();
  }

  private static boolean isFailure(Event event) {
    return !(event instanceof Event.Listening
        || event instanceof Event.Stopped
        || event instanceof Event.Resolved
        || event instanceof Event.Redirect
        || event instanceof Event.Retrying);
  }

  private void listening(Event.Listening server) {
    name = "wscope " + server.command();
    String name = this.name;
    for (Event.ListeningAddress address : server.addresses()) {
      SafeText.words(screen.stamp().text(name).pad(URL), address.url());
      if (!name.isEmpty()) {
        screen.text("   ");
        SafeText.words(screen, server.behaviour());
        name = "";
      }
      screen.endLine();
    }
    for (String note : server.notes()) {
      SafeText.sentence(screen, note);
      screen.endLine();
    }
    screen.text("waiting for connections (Ctrl+C to stop)").endLine();
  }

  private void scriptChanged(Event.ScriptChanged event) {
    String trouble = event.trouble();
    screen.prefix("");
    if (trouble != null) {
      screen.stamp().text("✗ ", Style.ERROR).text("replies stay as they are: ");
      SafeText.words(screen, event.script());
      screen.text(": ");
      SafeText.sentence(screen, trouble);
    } else if (event.script().isEmpty()) {
      screen.stamp().text("replies no longer follow a script");
    } else {
      screen.stamp().text("replies follow ");
      SafeText.words(screen, event.script());
      screen.text(": ").number(event.rules()).text(event.rules() == 1 ? " rule" : " rules");
    }
    screen.endLine();
  }

  private void turnedAway(Event.TurnedAway event) {
    screen.prefix("");
    AddressText.show(screen.stamp().text("✗ turned away "), event.peer());
    screen.text(" with HTTP 503: the connection limit is reached");
    screen.text(view.advice().onFullServer()).endLine();
  }

  private void missed(long lines) {
    screen.prefix("");
    screen.stamp().text("! ").number(lines).text(lines == 1 ? " line is" : " lines are");
    screen.text(" missing here, because nobody read the output").endLine();
  }

  private void stopped(long connections) {
    screen.prefix("");
    screen.stamp().text(name).text("   stopped after ").number(connections);
    screen.text(connections == 1 ? " connection" : " connections").endLine();
  }

  @Override
  public void flush() {
    screen.flush();
  }

  private void failure(String what, String cause) {
    screen.prefix("");
    screen.stamp().text(what);
    SafeText.sentence(screen, cause);
    screen.endLine();
  }
}
