package wscope.serve;

import java.util.List;
import java.util.Locale;
import wscope.connection.ParameterProblem;
import wscope.protocol.UpgradeDecision;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.RequestHead;

/** The server's responses without a WebSocket: its pages and errors. */
final class Pages {
  /** The path of the icon that browsers request with every page. */
  private static final String ICON = "/favicon.ico";

  private static final HttpResponse NO_ICON =
      PlainResponses.plainText(404, List.of(), "404 Not Found\n");

  private final Settings settings;
  private final HttpResponse listing;
  private final HttpResponse testPage;
  private final HttpResponse watchingPage;

  Pages(Settings settings, PageToken token) {
    this.settings = settings;
    String parameters = settings.wording().listing(settings.parameters(), settings.behaviour());
    listing = PlainResponses.plainText(200, List.of(), parameters);
    testPage = TestPage.of(settings, "");
    watchingPage = TestPage.of(settings, token.text());
  }

  /**
   * Returns the test page for browsers, or plain text for other clients.
   *
   * @param watches whether the page may watch all connections
   */
  HttpResponse response(RequestHead request, boolean watches) {
    if (request.path().equals(ICON)) {
      return NO_ICON;
    }
    if (!wantsHtml(request)) {
      return listing;
    }
    return watches ? watchingPage : testPage;
  }

  /** The response to a request with an invalid query. */
  UpgradeDecision.Reject invalidQuery(List<ParameterProblem> problems) {
    Rejection rejection =
        new Rejection(
            Rejection.Reason.QUERY_INVALID,
            "the query of the URL is invalid; the response says why");
    String page =
        settings.wording().invalidQuery(settings.parameters(), settings.behaviour(), problems);
    return PlainResponses.of(rejection, settings.wording(), page);
  }

  /** Whether a client accepts HTML, as browsers do. */
  static boolean wantsHtml(RequestHead request) {
    return request.all("Accept").stream()
        .anyMatch(accept -> accept.value().toLowerCase(Locale.ROOT).contains("text/html"));
  }
}
