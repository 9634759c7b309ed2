package wscope.cli.serve;

import java.util.List;
import java.util.Locale;
import wscope.connection.Connection;
import wscope.report.text.AddressText;
import wscope.report.text.Durations;
import wscope.report.text.SafeText;
import wscope.report.text.Screen;

/** Shows connections at the prompt. */
final class ConnectionTable {
  private static final int STATE = 8;
  private static final int AGE = 20;
  private static final int REMOTE = 34;
  private static final int TARGET = 58;

  /** The maximum number of characters of a target that are shown. */
  private static final int LONGEST_TARGET = 200;

  private static final int MOST_NUMBERS = 10;

  private ConnectionTable() {}

  /** Shows a line for each connection. */
  static void show(Screen screen, List<Connection> connections) {
    if (connections.isEmpty()) {
      screen.text("no client is connected").endLine();
      return;
    }
    screen.text("ID").pad(STATE).text("state").pad(AGE).text("since");
    screen.pad(REMOTE).text("client").pad(TARGET).text("target").endLine();
    for (Connection connection : connections) {
      screen.text("#").number(connection.number());
      screen.pad(STATE).text(connection.state().toString().toLowerCase(Locale.ROOT));
      screen.pad(AGE);
      Durations.show(screen, connection.lasted());
      AddressText.show(screen.pad(REMOTE), connection.peer());
      screen.pad(TARGET);
      target(screen, connection.target());
      screen.endLine();
    }
  }

  /** The numbers of the open connections, in a few words. */
  static String numbers(List<Connection> open) {
    return open.isEmpty() ? "no connection is open" : "open: " + listed(open);
  }

  /** The numbers of pages of other origins, in a few words that say what to do. */
  static String otherOrigins(List<Connection> pages) {
    return listed(pages)
        + (pages.size() == 1 ? ", a page" : ", pages")
        + " of another origin; to allow that, use /send N TEXT or start with --origin";
  }

  private static String listed(List<Connection> connections) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < Math.min(connections.size(), MOST_NUMBERS); i++) {
      words.append(i == 0 ? "#" : ", #").append(connections.get(i).number());
    }
    return words.append(connections.size() > MOST_NUMBERS ? " and more, see /list" : "").toString();
  }

  private static void target(Screen screen, String target) {
    SafeText.line(screen, target.substring(0, Math.min(target.length(), LONGEST_TARGET)));
    screen.text(target.length() > LONGEST_TARGET ? "…" : "");
  }
}
