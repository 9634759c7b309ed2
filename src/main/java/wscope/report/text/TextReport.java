package wscope.report.text;

import java.net.InetSocketAddress;
import wscope.protocol.ConversationListener;
import wscope.report.ConnectionReport;
import wscope.report.Detail;
import wscope.report.Listening;
import wscope.report.Report;
import wscope.report.Viewing;

/** Everything as text, for people. */
public final class TextReport implements Report {
  private static final int URL = 15;

  private final Screen screen;
  private final Viewing viewing;

  public TextReport(Screen screen, Viewing viewing) {
    this.screen = screen;
    this.viewing = viewing;
  }

  @Override
  public ConversationListener conversation() {
    return new ConversationReport(screen, viewing);
  }

  @Override
  public void listening(Listening server) {
    String name = "wscope serve";
    for (Listening.Place place : server.places()) {
      screen.stamp().text(name).pad(URL).text(place.url());
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

  @Override
  public ConnectionReport connected(long number, InetSocketAddress remote) {
    if (viewing.detail() != Detail.NONE) {
      screen.prefix("#" + number + " = ");
      screen.stamp().text("connected", Style.HEADING).text(" from ");
      screen.text(Listening.authority(remote)).endLine();
    }
    return new SessionReport(screen, viewing, number);
  }

  @Override
  public void turnedAway(InetSocketAddress remote) {
    screen.prefix("");
    screen.stamp().text("✗ no room for ").text(Listening.authority(remote));
    screen.text(": no more are allowed (--max-connections); answered with HTTP 503").endLine();
  }

  @Override
  public void acceptFailed(String cause) {
    trouble("✗ a client could not be accepted: ", cause);
  }

  @Override
  public void recordingStopped(String cause) {
    trouble("✗ the recording has stopped, the server goes on: ", cause);
  }

  @Override
  public void stopped(long connections) {
    screen.prefix("");
    screen.stamp().text("wscope serve   stopped after ").number(connections);
    screen.text(connections == 1 ? " connection" : " connections").endLine();
  }

  @Override
  public void flush() {
    screen.flush();
  }

  private void trouble(String what, String cause) {
    screen.prefix("");
    screen.stamp().text(what);
    SafeText.sentence(screen, cause);
    screen.endLine();
  }
}
