package wscope.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import wscope.connection.Behaviour;
import wscope.connection.BehaviourParameters;
import wscope.serve.Queries;
import wscope.serve.QueryParameters;

/** The whole text of the pages that list the parameters. */
class ParameterPagesTest {
  private static final BehaviourParameters TABLE =
      new BehaviourParameters(List.of("reserved-opcode", "text-not-utf8"));
  private static final ServeWording WORDING = new ServeWording();

  private static final String PARAMETERS =
      """
      reply=echo|broadcast|others|none|graphql-ws|socket.io|mqtt|stomp
          choose who receives each client message, or the protocol of the replies
          example: reply=none
      delay=TIME
          wait this long before each reply (up to 1 h)
          example: delay=500ms
      fragment=BYTES
          fragment messages into frames of at most BYTES (1 B to 16 MiB, at most
          131072 frames); 0 disables fragmentation
          example: fragment=5
      rate=BYTES
          send at most BYTES per second (1 B to 1024 MiB)
          example: rate=2KiB
      greet=TEXT
          send TEXT (up to 4096 B) when the WebSocket opens
          example: greet=hello
      every=TIME
          send a text message at this interval (1 ms to 24 h)
          example: every=1s
      message=TEXT
          set the text that every=TIME sends (up to 4096 B); the default is a counter
          and the time
          example: message=tick
      ping=TIME
          send a ping at this interval (1 ms to 24 h)
          example: ping=10s
      close=CODE[:REASON]
          close with CODE, which a server must be allowed to send, and REASON (up to
          123 B)
          example: close=1011:oops
      after=N|TIME
          close after N client messages (up to 1000000) or after TIME (up to 24 h);
          the close code is 1000 unless close=CODE is given. If only close=CODE is
          given, the server closes when the WebSocket opens
          example: after=3
      drop=N|BYTES
          reset the TCP connection after N client messages (up to 1000000), or after
          sending the client BYTES (up to 1024 MiB); BYTES needs a unit: B, KiB or MiB
          example: drop=100B
      status=CODE[:SECONDS]
          reject the handshake with CODE (400 to 599) and Retry-After: SECONDS (up to
          86400); if both status and redirect are given, the last one wins
          example: status=503:30
      redirect=[CODE:]URL
          redirect the handshake to URL with CODE 301, 302, 307 or 308 (default 307)
          example: redirect=308:/elsewhere
      compress=on|off
          accept or decline permessage-deflate
          example: compress=off
      handshake-delay=TIME
          wait this long before the response to the handshake (up to 10 m)
          example: handshake-delay=5s
      never=on|off
          send no response to the handshake; disconnect after 10 m
          example: never=on
      half=on|off
          stop inside the head of the response; disconnect after 10 m
          example: half=on
      coalesce=on|off
          send the first messages in the TCP segment of the response, if they fit, or
          in segments of their own (off)
          example: coalesce=off
      stop-reading=on|off
          read nothing while the WebSocket is open; disconnect after 10 m
          example: stop-reading=on
      trickle=TIME
          send each byte of the response and of all frames alone, TIME apart (1 ms to
          1 m); TIME is 20 ms if absent, and rate=BYTES has no effect
          example: trickle=50ms
      silent=pong|close[,...]
          do not reply to pings (pong), Close frames (close), or both
          example: silent=pong,close
      fault=RULE-ID[,...]
          break these rules on purpose
          one of: reserved-opcode, text-not-utf8
          example: fault=reserved-opcode

      TIME is a whole number with a unit: ms, s, m or h. BYTES is a whole number with
      or without a unit: B, KiB or MiB. An empty value restores the default, whatever
      the command line sets. In a query, write UTF-8 bytes as %XX and spaces as + or
      %20.

      A name that is not in this list has no effect: it is left to the client, unless
      the server was started with --strict-query.

      The server sends the events of a connection with watched=TOKEN, as JSON, to the
      client that connected before with watch=TOKEN. TOKEN is 32 lowercase hex digits.
      The test page has a token of its own, with which it watches all connections.
      """;

  @Test
  void listsTheParameters() {
    String listing = WORDING.listing(TABLE, Behaviour.DEFAULT);
    assertEquals(
        """
        wscope serve: a WebSocket server for debugging clients

        The query of the URL sets what the server does on one connection. To set the
        same behaviour for all connections, use the options with the same names:

          /?reply=none&close=1011    after the address of this server
          wscope serve --reply none --close 1011

        """
            + PARAMETERS,
        listing);
    assertTrue(listing.lines().allMatch(line -> line.length() <= 80));
  }

  @Test
  void listsTheSettingsOfTheCommandLine() {
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
  void explainsAnInvalidQuery() {
    String target = "/?repyl=none&close=1006:bye&%3Cb%3E%1b=" + "x".repeat(100);
    QueryParameters query = new QueryParameters(TABLE, Behaviour.DEFAULT, Queries.STRICT);
    assertEquals(
        """
        The query of the URL is invalid:

          'repyl': unknown parameter; did you mean reply?
          close: a server may not send 1006 (abnormal closure); use 1000 to 1003, 1007
          to 1014 or 3000 to 4999; to break this rule on purpose, use
          fault=close-code-never-sent or serve --fault close-code-never-sent
          '?b??': unknown parameter

        The parameters are:

        """
            + PARAMETERS
            + """

            To ignore queries: wscope serve --ignore-query
            """,
        WORDING.invalidQuery(TABLE, Behaviour.DEFAULT, query.read(target).problems()));
  }

  /** The id is longer than that of any fault. */
  @Test
  void doesNotBreakLongWords() {
    String id = "x".repeat(100);
    String listing = WORDING.listing(new BehaviourParameters(List.of("a", id)), Behaviour.DEFAULT);
    assertTrue(listing.contains("    one of: a,\n    " + id + "\n"), listing);
  }

  @Test
  void fitsInto80Columns() {
    String listing = WORDING.listing(BehaviourParameters.withAllFaults(), Behaviour.DEFAULT);
    assertTrue(listing.lines().allMatch(line -> line.length() <= 80), listing);
  }
}
