package wscope.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.protocol.Reception;
import wscope.protocol.handshake.HeaderField;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.RequestHead;

/** The pages that list the parameters, word for word. */
class ParameterPagesTest {
  private static final BehaviourParameters TABLE = BehaviourParametersTest.TABLE;
  private static final ParameterPages PAGES = new ParameterPages(TABLE, Behaviour.DEFAULT);

  private static final String HEADERS =
      "Connection: close\r\nContent-Type: text/plain; charset=utf-8\r\n"
          + "X-Content-Type-Options: nosniff\r\nContent-Length: ";

  private static final String PARAMETERS =
      """
      reply=echo|broadcast|others|none
          who gets a message that a client sent
          as in reply=none
      delay=TIME
          wait before each reply, up to 1h
          as in delay=500ms
      fragment=BYTES
          split messages into frames of at most 1B to 16MiB, up to 131072; 0 does not
          as in fragment=5
      rate=BYTES
          send at most 1B to 1024MiB a second
          as in rate=2KiB
      greet=TEXT
          send this text, up to 4096 bytes, at the opening
          as in greet=hello
      every=TIME
          send a text in this interval, 1ms to 24h
          as in every=1s
      message=TEXT
          the text that every sends, up to 4096 bytes; without it, a counter and the
          time
          as in message=tick
      ping=TIME
          send a ping in this interval, 1ms to 24h
          as in ping=10s
      close=CODE[:REASON]
          close with a code that may be sent, and a reason of up to 123 bytes
          as in close=1011:oops
      after=N|TIME
          when to close: after N messages of the client, up to 1000000, or a time, up
          to 24h; without it, at the opening; without close, with 1000
          as in after=3
      drop=N|BYTES
          reset TCP after N messages of the client, up to 1000000, or after bytes to
          it, up to 1024MiB, with a unit: B, KiB or MiB
          as in drop=100B
      status=CODE[:SECONDS]
          refuse the handshake with 400 to 599, and with Retry-After of up to 86400
          seconds; of status and redirect, the last counts
          as in status=503:30
      redirect=[CODE:]URL
          answer the handshake with 301, 302, 307 or 308 (without a code, 307) and
          this URL
          as in redirect=308:/elsewhere
      compress=on|off
          agree to permessage-deflate, or not
          as in compress=off
      silent=pong|close[,...]
          leave a ping without its pong, or a Close without its answer, or both
          as in silent=pong,close
      fault=RULE-ID[,...]
          break these rules towards the client
          one of: reserved-opcode, text-not-utf8
          as in fault=reserved-opcode

      TIME is a whole number with a unit: ms, s, m or h. BYTES is one with B, KiB or
      MiB, or alone. An empty value undoes what the command line has set. In a query,
      bytes of UTF-8 may be written as %XX, and a blank as +.

      With watched=TOKEN, all that the server sees of a connection is told, as JSON,
      to the client that has connected with watch=TOKEN before: this is how the test
      page knows it. TOKEN is 32 digits, 0 to 9 and a to f.
      """;

  @Test
  void listing() {
    HttpResponse listing = PAGES.listing();
    assertEquals(
        """
        wscope serve: a WebSocket server to debug clients against

        What it does on a connection is set by the query of the URL, and for all
        connections by options of the same names:

          /?reply=none&close=1011    behind the address of this server
          wscope serve --reply none --close 1011

        """
            + PARAMETERS,
        listing.body());
    assertEquals(
        "HTTP/1.1 200 OK\r\n" + HEADERS + listing.body().length() + "\r\n\r\n", listing.head());
    assertTrue(listing.body().lines().allMatch(line -> line.length() <= 80));
  }

  @Test
  void theListingTellsWhatTheCommandLineHasSet() {
    Behaviour set =
        Behaviour.DEFAULT.reply(Behaviour.Reply.NONE).greet("\u001b[31m<b>" + "é".repeat(100));
    assertEquals(
        PAGES.listing().body()
            + """

            The command line of this server has set:

              reply 'none'
              greet '?[31m?b?????????????????????????????????...'
            """,
        new ParameterPages(TABLE, set).listing().body());
  }

  @Test
  void badQuery() {
    String target = "/?repyl=none&close=1006:bye&%3Cb%3E%1b=" + "x".repeat(100);
    QueryParameters query = new QueryParameters(TABLE, Behaviour.DEFAULT, false);
    Reception.Denial denial = PAGES.badQuery(query.read(target).problems());
    HttpResponse response = denial.response();
    assertEquals(
        """
        400 Bad Request

        The query of the URL is wrong:

          'repyl': there is no such parameter; the nearest is reply
          close: a server may not send 1006 (abnormal closure), but 1000 to 1003, 1007
          to 1014 and 3000 to 4999; to break this rule: fault=close-code-never-sent, or
          --fault of serve
          '?b??': there is no such parameter

        The right parameters are:

        """
            + PARAMETERS
            + """

            To have queries left alone: wscope serve --ignore-query
            """,
        response.body());
    assertEquals(
        "HTTP/1.1 400 Bad Request\r\n" + HEADERS + response.body().length() + "\r\n\r\n",
        response.head());
    assertEquals(
        "the query of the URL is wrong, and the answer says where; to have queries left alone:"
            + " --ignore-query",
        denial.why());
  }

  @Test
  void longWordsAreCut() {
    String id = "x".repeat(100);
    ParameterPages pages =
        new ParameterPages(new BehaviourParameters(List.of("a", id)), Behaviour.DEFAULT);
    assertTrue(
        pages
            .listing()
            .body()
            .contains("    one of: a,\n    " + "x".repeat(76) + "\n    " + "x".repeat(24) + "\n"));
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
    assertEquals(
        html, ParameterPages.wantsHtml(new RequestHead("GET", "/", "HTTP/1.1", List.of(field), 0)));
  }

  @Test
  void curlGetsText() {
    assertEquals(
        false, ParameterPages.wantsHtml(new RequestHead("GET", "/", "HTTP/1.1", List.of(), 0)));
  }
}
