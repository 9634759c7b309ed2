package wscope.serve;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import wscope.protocol.Reception;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.RequestHead;

/**
 * The parameters as a page of plain text, for curl and for those whose query is wrong. No line is
 * longer than 80 characters, and none holds anything that could steer a terminal.
 */
public final class ParameterPages {
  private static final int WIDTH = 80;

  private final BehaviourParameters table;
  private final Behaviour defaults;

  /**
   * @param defaults what the command line has set
   */
  public ParameterPages(BehaviourParameters table, Behaviour defaults) {
    this.table = table;
    this.defaults = defaults;
  }

  /** Whether a client asks for HTML, as browsers do; others are better served with text. */
  public static boolean wantsHtml(RequestHead request) {
    return request.all("Accept").stream()
        .anyMatch(accept -> accept.value().toLowerCase(Locale.ROOT).contains("text/html"));
  }

  /** The page that lists all parameters. */
  public HttpResponse listing() {
    StringBuilder page = new StringBuilder(4096);
    page.append(
        """
        wscope serve: a WebSocket server to debug clients against

        What it does on a connection is set by the query of the URL, and for all
        connections by options of the same names:

          /?reply=none&close=1011    behind the address of this server
          wscope serve --reply none --close 1011

        """);
    appendTable(page);
    appendDefaults(page);
    return Refusals.plainText(200, List.of(), page.toString());
  }

  /** The answer to a request whose query is wrong. */
  public Reception.Denial badQuery(List<String> problems) {
    StringBuilder page = new StringBuilder(4096);
    page.append("The query of the URL is wrong:\n\n");
    for (String problem : problems) {
      appendWrapped(page, "  ", problem);
    }
    page.append("\nThe right parameters are:\n\n");
    appendTable(page);
    appendDefaults(page);
    page.append("\nTo have queries left alone: wscope serve --ignore-query\n");
    return new Reception.Denial(
        Refusals.explained(400, List.of(), page.toString()),
        "the query of the URL is wrong, and the answer says where; to have queries left alone:"
            + " --ignore-query");
  }

  private void appendTable(StringBuilder page) {
    for (BehaviourParameter parameter : table.all()) {
      page.append(parameter.name()).append('=').append(parameter.syntax()).append('\n');
      appendWrapped(page, "    ", parameter.description());
      boolean told =
          parameter.values().isEmpty() || parameter.syntax().contains(parameter.values().get(0));
      if (!told) {
        appendWrapped(page, "    ", "one of: " + String.join(", ", parameter.values()));
      }
      page.append("    as in ").append(parameter.name()).append('=');
      page.append(parameter.example()).append('\n');
    }
    page.append(
        """

        TIME is a whole number with a unit: ms, s, m or h. BYTES is one with B, KiB or
        MiB, or alone. An empty value undoes what the command line has set. In a query,
        bytes of UTF-8 may be written as %XX, and a blank as +.

        With watched=TOKEN, all that the server sees of a connection is told, as JSON,
        to the client that has connected with watch=TOKEN before: this is how the test
        page knows it. TOKEN is 32 digits, 0 to 9 and a to f.
        """);
  }

  private void appendDefaults(StringBuilder page) {
    Map<String, String> settings = table.settings(defaults);
    if (settings.isEmpty()) {
      return;
    }
    page.append("\nThe command line of this server has set:\n\n");
    settings.forEach(
        (name, value) -> appendWrapped(page, "  ", name + " " + BadParameter.quoted(value)));
  }

  /** Appends words, on as many indented lines as it takes. */
  private static void appendWrapped(StringBuilder page, String indent, String words) {
    int start = 0;
    while (words.length() - start > WIDTH - indent.length()) {
      int blank = words.lastIndexOf(' ', start + WIDTH - indent.length());
      int end = blank > start ? blank : start + WIDTH - indent.length();
      page.append(indent).append(words, start, end).append('\n');
      start = blank > start ? end + 1 : end;
    }
    page.append(indent).append(words, start, words.length()).append('\n');
  }
}
