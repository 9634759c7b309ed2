package wscope.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import wscope.connection.Behaviour;
import wscope.serve.BehaviourParameters;
import wscope.serve.QueryParameters;

/** The pages that list the parameters, word for word. */
class ParameterPagesTest {
  private static final BehaviourParameters TABLE =
      new BehaviourParameters(List.of("reserved-opcode", "text-not-utf8"));
  private static final ServeWording WORDING = new ServeWording();

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

      TIME is a whole number with a unit: ms, s, m or h. BYTES is a whole number with
      B, KiB or MiB, or without a unit. An empty value undoes a setting of the command
      line. In a query, bytes of UTF-8 may be written as %XX, and a space as +.

      With watched=TOKEN, the server sends all that it sees of the connection, as
      JSON, to the client that connected with watch=TOKEN before. The test page uses
      this. TOKEN is 32 digits, 0 to 9 and a to f.
      """;

  @Test
  void listing() {
    String listing = WORDING.listing(TABLE, Behaviour.DEFAULT);
    assertEquals(
        """
        wscope serve: a WebSocket server for debugging clients

        The query of the URL sets its behaviour on one connection; options of the same
        names set it on all connections:

          /?reply=none&close=1011    after the address of this server
          wscope serve --reply none --close 1011

        """
            + PARAMETERS,
        listing);
    assertTrue(listing.lines().allMatch(line -> line.length() <= 80));
  }

  @Test
  void theListingTellsWhatTheCommandLineHasSet() {
    Behaviour set =
        Behaviour.DEFAULT.reply(Behaviour.Reply.NONE).greet("\u001b[31m<b>" + "é".repeat(100));
    assertEquals(
        WORDING.listing(TABLE, Behaviour.DEFAULT)
            + """

            The command line of this server sets:

              reply 'none'
              greet '?[31m?b?????????????????????????????????...'
            """,
        WORDING.listing(TABLE, set));
  }

  @Test
  void wrongQuery() {
    String target = "/?repyl=none&close=1006:bye&%3Cb%3E%1b=" + "x".repeat(100);
    QueryParameters query = new QueryParameters(TABLE, Behaviour.DEFAULT, false);
    assertEquals(
        """
        The query of the URL is invalid:

          'repyl': there is no such parameter; did you mean reply?
          close: a server may not send 1006 (abnormal closure), but 1000 to 1003, 1007
          to 1014 and 3000 to 4999; to break this rule: fault=close-code-never-sent, or
          --fault of serve
          '?b??': there is no such parameter

        The valid parameters are:

        """
            + PARAMETERS
            + """

            To ignore queries: wscope serve --ignore-query
            """,
        WORDING.wrongQuery(TABLE, Behaviour.DEFAULT, query.read(target).problems()));
  }

  /** Such as no fault has for its id. */
  @Test
  void longWordsStayWhole() {
    String id = "x".repeat(100);
    String listing = WORDING.listing(new BehaviourParameters(List.of("a", id)), Behaviour.DEFAULT);
    assertTrue(listing.contains("    one of: a,\n    " + id + "\n"), listing);
  }

  @Test
  void noLineOfTheWholeTableIsTooLong() {
    String listing = WORDING.listing(BehaviourParameters.withAllFaults(), Behaviour.DEFAULT);
    assertTrue(listing.lines().allMatch(line -> line.length() <= 80), listing);
  }
}
