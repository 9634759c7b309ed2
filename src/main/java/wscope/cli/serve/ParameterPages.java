package wscope.cli.serve;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import wscope.connection.Behaviour;
import wscope.connection.BehaviourParameter;
import wscope.connection.BehaviourParameters;
import wscope.connection.InvalidParameter;
import wscope.connection.ParameterProblem;
import wscope.report.text.LineTimes;
import wscope.report.text.Screen;

/**
 * The parameters of {@code wscope serve} as pages of plain text, for curl and for clients with an
 * invalid query. The pages contain no control sequences.
 */
final class ParameterPages {
  private static final int WIDTH = 80;

  private final BehaviourParameters table;
  private final Behaviour defaults;
  private final ByteArrayOutputStream page = new ByteArrayOutputStream(4096);
  private final Screen screen = new Screen(page, false, false, LineTimes.OFF, WIDTH);

  /**
   * Creates an object that writes one page.
   *
   * @param defaults the behaviour that the command line sets
   */
  ParameterPages(BehaviourParameters table, Behaviour defaults) {
    this.table = table;
    this.defaults = defaults;
  }

  /** The page that lists all parameters. */
  String listing() {
    lines(
        """
        wscope serve: a WebSocket server for debugging clients

        The query of the URL sets what the server does on one connection. To set the
        same behaviour for all connections, use the options with the same names:

          /?reply=none&close=1011    after the address of this server
          wscope serve --reply none --close 1011

        """);
    writeTable();
    writeDefaults();
    return text();
  }

  /** The page for a request with an invalid query. */
  String invalidQuery(List<ParameterProblem> problems) {
    lines("The query of the URL is invalid:\n\n");
    problems.forEach(problem -> words(2, ServeWording.words(problem)));
    lines("\nThe parameters are:\n\n");
    writeTable();
    writeDefaults();
    lines("\nTo ignore queries: wscope serve --ignore-query\n");
    return text();
  }

  private void writeTable() {
    for (BehaviourParameter parameter : table.all()) {
      String name = parameter.name();
      screen.text(name).text("=").text(parameter.syntax()).endLine();
      words(4, parameter.description());
      List<String> values = parameter.values();
      if (!values.isEmpty() && !parameter.syntax().contains(values.get(0))) {
        words(4, "one of: " + String.join(", ", values));
      }
      words(4, "example: " + name + "=" + parameter.example());
    }
    lines(
        """

        TIME is a whole number with a unit: ms, s, m or h. BYTES is a whole number with
        or without a unit: B, KiB or MiB. An empty value restores the default, whatever
        the command line sets. In a query, write UTF-8 bytes as %XX and spaces as + or
        %20.

        A name that is not in this list has no effect: it is left to the client, unless
        the server was started with --strict-query.

        The server sends the events of a connection with watched=TOKEN, as JSON, to the
        client that connected before with watch=TOKEN. TOKEN is 32 lowercase hex digits.
        The test page has a token of its own, with which it watches all connections.
        """);
  }

  private void writeDefaults() {
    Map<String, String> settings = table.settings(defaults);
    if (settings.isEmpty()) {
      return;
    }
    lines("\nThe command line of this server sets:\n\n");
    settings.forEach((name, value) -> words(2, name + " " + InvalidParameter.quoted(value)));
  }

  private void lines(String lines) {
    lines.lines().forEach(line -> screen.text(line).endLine());
  }

  /** Writes words, wrapped to the width of the page. */
  private void words(int indent, String words) {
    screen.pad(indent).words(indent).text(words).endLine();
  }

  private String text() {
    screen.flush();
    return page.toString(US_ASCII);
  }
}
