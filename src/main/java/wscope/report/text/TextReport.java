package wscope.report.text;

import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.rule.Endpoint;
import wscope.report.Journal;
import wscope.report.LiveView;
import wscope.report.Printer;
import wscope.report.Report;
import wscope.report.Totals;

/** Writes all events as text, for people. */
public final class TextReport implements Report {
  private static final int URL = 15;

  private final Screen screen;
  private final LiveView view;

  public TextReport(Screen screen, LiveView view) {
    this.screen = screen;
    this.view = view;
  }

  @Override
  public ExchangeListener stream(Totals totals) {
    return Journal.ofStream(view, new StreamPrinter(screen, view), totals);
  }

  @Override
  public ExchangeListener connection(Endpoint self, long number) {
    Printer printer = new ConnectionPrinter(screen, view, self, number);
    return Journal.ofConnection(view, printer, self);
  }

  /** Shows the verdict so far on a stream that may continue. */
  public void verdict(Totals totals) {
    StreamPrinter.verdict(screen, totals, null);
  }

  @Override
  public void event(Event event) {
    if (event instanceof Event.Listening listening) {
      listening(listening);
    } else if (event instanceof Event.TurnedAway away) {
      turnedAway(away);
    } else if (event instanceof Event.AcceptFailed failed) {
      failure("✗ a client could not be accepted: ", failed.cause());
    } else if (event instanceof Event.RecordingStopped stopped) {
      failure("✗ the recording has stopped; the server continues: ", stopped.cause());
    } else if (event instanceof Event.Stopped stopped) {
      stopped(stopped.connections());
    }
  }

  private void listening(Event.Listening server) {
    String name = "wscope serve";
    for (Event.ListeningAddress address : server.addresses()) {
      screen.stamp().text(name).pad(URL).text(address.url());
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

  private void turnedAway(Event.TurnedAway event) {
    screen.prefix("");
    screen.stamp().text("✗ turned away ").text(AddressText.authority(event.peer()));
    screen.text(" with HTTP 503: the connection limit is reached");
    screen.text(view.advice().onFullServer()).endLine();
  }

  private void stopped(long connections) {
    screen.prefix("");
    screen.stamp().text("wscope serve   stopped after ").number(connections);
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
