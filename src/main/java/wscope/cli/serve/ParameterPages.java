package wscope.cli.serve;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import wscope.connection.Behaviour;
import wscope.report.text.LineTimes;
import wscope.report.text.Screen;
import wscope.serve.BehaviourParameter;
import wscope.serve.BehaviourParameters;
import wscope.serve.InvalidParameter;
import wscope.serve.ParameterProblem;

/**
 * The parameters of {@code wscope serve} as pages of plain text, for curl and for clients with an
 * invalid query. They are safe for a terminal.
 */
final class ParameterPages {
  private static final int WIDTH = 80;

  private final BehaviourParameters table;
  private final Behaviour defaults;
  private final ByteArrayOutputStream page = new ByteArrayOutputStream(4096);
  private final Screen screen = new Screen(page, false, false, LineTimes.OFF, WIDTH);

  /**
   * Writes one page.
   *
   * @param defaults what the command line has set
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

        The query of the URL sets its behaviour on one connection; options of the same
        names set it on all connections:

          /?reply=none&close=1011    after the address of this server
          wscope serve --reply none --close 1011

        """);
    writeTable();
    writeDefaults();
    return text();
  }

  /** The page for a request with an invalid query. */
  String wrongQuery(List<ParameterProblem> problems) {
    lines("The query of the URL is invalid:\n\n");
    problems.forEach(problem -> words(2, ServeWording.words(problem)));
    lines("\nThe valid parameters are:\n\n");
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
      words(4, "as in " + name + "=" + parameter.example());
    }
    lines(
        """

        TIME is a whole number with a unit: ms, s, m or h. BYTES is a whole number with
        B, KiB or MiB, or without a unit. An empty value undoes a setting of the command
        line. In a query, bytes of UTF-8 may be written as %XX, and a space as +.

        With watched=TOKEN, the server sends all that it sees of the connection, as
        JSON, to the client that connected with watch=TOKEN before. The test page uses
        this. TOKEN is 32 digits, 0 to 9 and a to f.
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

  /** Words on as many lines as it takes. */
  private void words(int indent, String words) {
    screen.pad(indent).words(indent).text(words).endLine();
  }

  private String text() {
    screen.flush();
    return page.toString(US_ASCII);
  }
}
