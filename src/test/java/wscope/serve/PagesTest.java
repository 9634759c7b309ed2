package wscope.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.cli.serve.ServeWording;
import wscope.connection.Behaviour;
import wscope.connection.ParameterProblem;
import wscope.protocol.UpgradeDecision;
import wscope.protocol.handshake.HeaderField;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.RequestHead;

/** The pages that the server sends when no WebSocket opens. */
class PagesTest {
  private static final String TOKEN = "00112233445566778899aabbccddeeff";
  private static final String HEADERS =
      "Connection: close\r\nContent-Type: text/plain; charset=utf-8\r\n"
          + "X-Content-Type-Options: nosniff\r\nContent-Length: ";

  private final Pages pages = new Pages(settings(new ServeWording()), new PageToken(TOKEN));

  @Test
  void theListingIsPlainText() {
    HttpResponse listing = pages.response(request(List.of()), false);
    assertEquals(
        new ServeWording().listing(Settings.DEFAULT.parameters(), Behaviour.DEFAULT),
        listing.body());
    assertEquals(
        "HTTP/1.1 200 OK\r\n" + HEADERS + listing.body().length() + "\r\n\r\n", listing.head());
  }

  @Test
  void explainsAnInvalidQuery() {
    Settings settings = Settings.DEFAULT;
    List<ParameterProblem> problems =
        new QueryParameters(settings.parameters(), Behaviour.DEFAULT, Queries.LENIENT)
            .read("/?repyl=none")
            .problems();
    UpgradeDecision.Reject rejection = pages.invalidQuery(problems);
    HttpResponse response = rejection.response();
    assertEquals(
        "400 Bad Request\n\n"
            + new ServeWording().invalidQuery(settings.parameters(), Behaviour.DEFAULT, problems),
        response.body());
    assertEquals(
        "HTTP/1.1 400 Bad Request\r\n" + HEADERS + response.body().length() + "\r\n\r\n",
        response.head());
    assertEquals(
        "the query of the URL is invalid; the response says why; to ignore queries, add"
            + " --ignore-query",
        rejection.why());
  }

  /** The plain wording explains the problem without naming options. */
  @Test
  void plainWordingNamesNoOptions() {
    Pages plain = new Pages(settings(Wording.PLAIN), new PageToken(TOKEN));
    String listing = plain.response(request(List.of()), false).body();
    assertEquals(
        Settings.DEFAULT.parameters().all().stream()
            .map(p -> p.name() + "=" + p.syntax() + ": " + p.description())
            .toList(),
        listing.lines().toList());
    UpgradeDecision.Reject rejection =
        plain.invalidQuery(List.of(ParameterProblem.of("no").at("x")));
    assertEquals("400 Bad Request\n\nx: no\n", rejection.response().body());
    assertEquals("the query of the URL is invalid; the response says why", rejection.why());
    assertEquals("the server ignores queries", Wording.PLAIN.ignoredQueries());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/html,application/xhtml+xml,*/*;q=0.8 | true",
        "TEXT/HTML | true",
        "*/* | false",
        "text/plain | false",
        "'' | false",
      })
  void browsersGetHtml(String accept, boolean html) {
    HeaderField field = new HeaderField("accept", accept, 0, 8);
    assertEquals(html, Pages.wantsHtml(request(List.of(field))));
  }

  @Test
  void curlGetsPlainText() {
    assertEquals(false, Pages.wantsHtml(request(List.of())));
  }

  private static RequestHead request(List<HeaderField> fields) {
    return new RequestHead("GET", "/", "HTTP/1.1", fields, 0);
  }

  private static Settings settings(Wording wording) {
    Settings usual = Settings.DEFAULT;
    return new Settings(
        usual.limits(),
        usual.timeouts(),
        usual.link(),
        usual.maxConnections(),
        usual.policy(),
        usual.parameters(),
        usual.behaviour(),
        usual.queries(),
        wording);
  }
}
