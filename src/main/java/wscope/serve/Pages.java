package wscope.serve;

import java.util.List;
import wscope.protocol.Reception;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.RequestHead;

/** What the server answers with in place of a WebSocket: its pages, and what is wrong. */
final class Pages {
  /** What browsers ask for beside every page. */
  private static final String ICON = "/favicon.ico";

  private static final HttpResponse NO_ICON = Refusals.plainText(404, List.of(), "404 Not Found\n");

  private final ParameterPages parameters;
  private final HttpResponse testPage;

  Pages(Settings settings) {
    parameters = new ParameterPages(settings.parameters(), settings.behaviour());
    testPage = TestPage.of(settings);
  }

  /** The test page for a browser, a text for anybody else. */
  HttpResponse answer(RequestHead request) {
    if (request.path().equals(ICON)) {
      return NO_ICON;
    }
    return ParameterPages.wantsHtml(request) ? testPage : parameters.listing();
  }

  Reception.Denial badQuery(List<String> problems) {
    return parameters.badQuery(problems);
  }
}
