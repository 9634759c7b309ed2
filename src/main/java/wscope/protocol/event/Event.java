package wscope.protocol.event;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import wscope.protocol.handshake.HandshakeResult;
import wscope.protocol.handshake.Hixie76Challenge;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.handshake.ResponseHead;
import wscope.protocol.message.CloseBody;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.RuleGroup;
import wscope.protocol.rule.Violation;

/**
 * The rare events of decoded bytes and of all kinds of connections, one record for each. A {@link
 * FrameListener} receives frames and messages.
 *
 * <p>A new event needs a record here and a case in each of the two printers.
 */
public sealed interface Event {

  // Events in the bytes, in the order request, challenge, response, body.

  /**
   * The head of a request is complete or cannot be read further.
   *
   * @param offset the offset of its first byte
   * @param raw the bytes that were read, one character each
   * @param head the head; null if it could not be read to its end
   * @param result the reaction of a server to the request
   */
  record Request(long offset, String raw, @Nullable RequestHead head, HandshakeResult result)
      implements Event {}

  /**
   * The eight bytes that follow the head of a hixie-76 request have arrived.
   *
   * @param body the eight bytes, from position to limit, valid only during the call
   */
  record Challenge(RequestHead request, ByteBuffer body) implements Event {
    @Override
    public ByteBuffer body() {
      return body.duplicate();
    }
  }

  /**
   * The bytes that follow the head of a hixie-76 response have arrived.
   *
   * @param offset the offset of the first of them
   * @param challenge the challenge of the request; null if it is unknown
   * @param bytes the 16 bytes, or fewer if the input ends early, from position to limit
   */
  record ChallengeAnswer(long offset, @Nullable Hixie76Challenge challenge, ByteBuffer bytes)
      implements Event {
    @Override
    public ByteBuffer bytes() {
      return bytes.duplicate();
    }

    /** Whether the bytes are the response to the challenge; false if the challenge is unknown. */
    public boolean fits() {
      return challenge != null
          && challenge.isValid()
          && bytes.equals(ByteBuffer.wrap(challenge.response()));
    }
  }

  /**
   * A frame of hixie-75 or hixie-76, which follows a handshake of these protocols.
   *
   * @param number the number of the frame, from 1
   * @param offset the offset of its first byte
   * @param end the offset after its last byte
   * @param length the number of bytes of its data; of a frame with a length that is incomplete, as
   *     declared
   * @param data the beginning of its data, from position to limit
   * @param complete whether the frame has ended
   */
  record HixieFrame(
      long number, long offset, long end, Kind kind, long length, ByteBuffer data, boolean complete)
      implements Event {
    /** What a receiver does with a frame. */
    public enum Kind {
      TEXT,
      CLOSE,
      DISCARDED
    }

    @Override
    public ByteBuffer data() {
      return data.duplicate();
    }
  }

  /**
   * A second empty line follows the head of a response. Its two bytes are neither part of the head
   * nor of a frame, and were skipped.
   *
   * @param offset of the CR
   */
  record SurplusLineEnd(long offset) implements Event {}

  /**
   * The head of a response is complete or cannot be read further.
   *
   * @param offset the offset of its first byte
   * @param raw the bytes that were read, one character each
   * @param request the request to which the server responds; null if none was received
   * @param head the head; null if it could not be read to its end
   * @param violations the violations that a client detects in the response
   */
  record Response(
      long offset,
      String raw,
      @Nullable RequestHead request,
      @Nullable ResponseHead head,
      List<Violation> violations)
      implements Event {
    /** Whether the response that decides about the handshake follows this one. */
    public boolean isInterim() {
      return head != null && head.status() / 100 == 1 && head.status() != 101;
    }

    /** Whether a client may open the WebSocket: the status is 101, and no violation is an error. */
    public boolean opens() {
      return head != null && head.status() == 101 && firstError() == null;
    }

    /** The rule for which a client fails the connection; null if there is none. */
    public @Nullable Rule firstError() {
      return violations.stream()
          .map(Violation::rule)
          .filter(Rule::isError)
          .findFirst()
          .orElse(null);
    }
  }

  /**
   * The head of an interim response is complete, such as 100 or 103 (RFC 9110 §15.2). The response
   * to the request still follows.
   */
  record Interim(Response response) implements Event {}

  /**
   * The next bytes after a head that opens no WebSocket have arrived.
   *
   * @param bytes the bytes, from position to limit, valid only during the call
   */
  record Body(Endpoint sender, ByteBuffer bytes) implements Event {
    @Override
    public ByteBuffer bytes() {
      return bytes.duplicate();
    }
  }

  /**
   * The input has ended inside a head.
   *
   * @param offset the offset of its first byte
   * @param raw the received bytes, one character each
   */
  record HeadIncomplete(Endpoint sender, long offset, String raw) implements Event {}

  /**
   * The input has ended before or inside the eight bytes that follow the head of a hixie-76
   * request.
   *
   * @param offset the offset of the first of these bytes
   * @param body the received bytes, from position to limit, valid only during the call
   */
  record ChallengeIncomplete(long offset, ByteBuffer body) implements Event {
    @Override
    public ByteBuffer body() {
      return body.duplicate();
    }
  }

  // Events of a session.

  /**
   * The server has responded, which ends its side of the opening handshake.
   *
   * @param response the response without the faults that were committed in it
   */
  record Responded(HandshakeResult result, HttpResponse response) implements Event {}

  /**
   * A requested fault cannot be committed on this connection, because of the request or the
   * negotiation.
   *
   * @param id the fault's ID
   */
  record FaultImpossible(String id) implements Event {}

  /**
   * The server withholds something on purpose.
   *
   * @param what the thing that does not happen
   * @param nanos the time in nanoseconds until it happens or, if it never does, until the server
   *     ends the connection
   */
  record Withheld(Withholding what, long nanos) implements Event {}

  /**
   * A client sent messages together with its request, before the response, although it must wait
   * for the response (RFC 6455 §4.1). It does so only on purpose. This event occurs once after the
   * request, and again after the response.
   *
   * @param fate what has become of the messages so far
   * @param messages the number of messages
   * @param bytes the number of bytes of their frames
   */
  record Coalesced(Fate fate, int messages, long bytes) implements Event {
    /** What becomes of messages that a client sends together with its request. */
    public enum Fate {
      /** They were sent after the request, and no response has arrived. */
      SENT,
      /** The WebSocket opened: they are its first messages. */
      OPENED,
      /**
       * The WebSocket opened with permessage-deflate: they are its first messages, and their RSV1
       * says that they are not compressed (RFC 7692 §6).
       */
      UNCOMPRESSED,
      /** No WebSocket opened. */
      REJECTED;

      /** The identifier in JSON. */
      public String id() {
        return name().toLowerCase(Locale.ROOT);
      }

      /**
       * Finds the constant with this identifier.
       *
       * @throws IllegalArgumentException if there is none
       */
      public static Fate of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
      }
    }
  }

  /**
   * The query of a request has names that are not parameters of wscope. They have no effect.
   *
   * @param names the first names, quoted, in visible ASCII
   * @param more the number of further names
   */
  record QueryLeft(List<String> names, long more) implements Event {
    /** The event for a query without such names, which is not reported. */
    public static final QueryLeft NOTHING = new QueryLeft(List.of(), 0);
  }

  /**
   * The peer has sent nothing for a while, although it still has to send the rest of a frame or
   * message, or its part of the closing handshake.
   *
   * @param sender the peer
   * @param awaited the input that the peer still has to send
   * @param nanos the time since the peer last sent something, in nanoseconds
   */
  record Waiting(Endpoint sender, AwaitedInput awaited, long nanos) implements Event {}

  /**
   * A rule of a script replies, or could not.
   *
   * @param script the name of the script
   * @param rule the number of the rule, from 1; 0 for the whole script
   * @param line the number of the first line of the rule, from 1; 0 for the whole script
   * @param trouble what was not done and why, in words; null if the rule replies
   */
  record Reply(String script, int rule, int line, @Nullable String trouble) implements Event {}

  // Events that the owner of a connection reports.

  /**
   * TCP is connected. If we accepted a TLS connection, its handshake is done as well.
   *
   * @param local our address; null if it is unknown. Only captures of packets have it.
   * @param nanos the time that the connection took; negative if we accepted it
   */
  record Connected(Address peer, @Nullable Address local, long nanos) implements Event {
    /** A connection whose own address is unknown. */
    public Connected(Address peer, long nanos) {
      this(peer, null, nanos);
    }
  }

  /**
   * The TLS handshake of a client is done.
   *
   * @param version the version as the JDK names it, such as TLSv1.3
   * @param protocol the protocol negotiated with ALPN (RFC 7301); null for none
   * @param certificate the server's certificate; null if the server sent none
   * @param nanos the time since TCP was connected, in nanoseconds
   */
  record Secured(
      String version,
      String cipherSuite,
      @Nullable String protocol,
      @Nullable Certificate certificate,
      long nanos)
      implements Event {}

  /**
   * A certificate. Its texts may contain any character.
   *
   * @param names the names and addresses that it is for
   * @param issuer the name of its issuer
   * @param days the number of whole days until it expires; negative if it has expired
   * @param distrust why it is not trusted, in words; null if it is trusted
   */
  record Certificate(List<String> names, String issuer, long days, @Nullable String distrust) {}

  /**
   * The peer reads too slowly: broadcasts to it are dropped. This event occurs once per connection.
   */
  record Lagging() implements Event {}

  /**
   * This connection watches others.
   *
   * @param all whether it watches all others; otherwise, those that ask for it
   */
  record Watching(boolean all) implements Event {}

  /**
   * Another connection watches this one.
   *
   * @param watcher the number of that connection
   * @param late whether this connection had begun before
   * @param unseen the endpoint whose frames the watcher does not receive; null for none
   */
  record Watched(long watcher, boolean late, @Nullable Endpoint unseen) implements Event {
    /** The watcher receives everything. */
    public Watched(long watcher) {
      this(watcher, false, null);
    }
  }

  /**
   * The connection has ended.
   *
   * @param self the endpoint that wscope was
   * @param opened whether the opening handshake succeeded
   * @param end the endpoint that ended TCP, and the manner
   * @param trouble the failure below the protocol, in words; null if there is none
   * @param nanos the duration of the connection in nanoseconds
   */
  record Disconnected(
      Endpoint self,
      boolean opened,
      ConnectionClosure closure,
      TransportEnd end,
      @Nullable String trouble,
      ConnectionTotals totals,
      long nanos)
      implements Event {}

  // Events of a proxy.

  /**
   * A client has named the server of its request to a forward proxy.
   *
   * @param authority the host and the port of the server
   * @param name the name of the server in TLS, if it differs from the host; otherwise null
   */
  record Proxied(String authority, @Nullable String name, Treatment treatment) implements Event {
    /** What the proxy does with the connection. */
    public enum Treatment {
      /** The proxy would look into it, but has not received enough yet to know how. */
      UNKNOWN("unknown"),
      /** The proxy looks into it. */
      PLAIN("plain"),
      /** The proxy looks into it, with a certificate of its own for the host. */
      TLS("tls"),
      /** It passes unseen, because the host is none of those to look into. */
      NOT_NAMED("not-named"),
      /** It passes unseen, because the name in TLS is none of those to look into. */
      OTHER_NAME("other-name"),
      /** It passes unseen, because the client does not offer HTTP/1.1 (ALPN). */
      NO_HTTP_1("no-http1"),
      /** It passes unseen, because the client speaks neither HTTP nor TLS. */
      OTHER_PROTOCOL("other-protocol");

      private final String id;

      Treatment(String id) {
        this.id = id;
      }

      /** The stable name of this treatment. */
      public String id() {
        return id;
      }

      /** Whether the proxy looks into the connection. */
      public boolean isWatched() {
        return this == UNKNOWN || this == PLAIN || this == TLS;
      }
    }
  }

  /**
   * A connection has ended that the proxy did not look into.
   *
   * @param sent the number of bytes from the client
   * @param received the number of bytes from the server
   * @param trouble the failure below the protocol, in words; null if there is none
   * @param nanos the duration in nanoseconds
   */
  record Tunnelled(long sent, long received, @Nullable String trouble, long nanos)
      implements Event {}

  /**
   * The proxy has changed a part of the request before it passed it on.
   *
   * @param part the name of the header field, {@code path}, or {@code target}
   * @param from the part as received
   * @param to the part as passed on; empty if it is removed
   */
  record Rewritten(String part, String from, String to) implements Event {}

  /**
   * The proxy has responded to a request itself.
   *
   * @param status the status of the response
   * @param why the reason in words
   * @param response the response; null if the client cannot read one, or if a recording does not
   *     hold it
   */
  record Refused(int status, String why, @Nullable HttpResponse response) implements Event {}

  /**
   * Bytes were passed on that cannot be read as frames.
   *
   * @param bytes the bytes, from position to limit, valid only during the call
   */
  record Opaque(Endpoint sender, Why why, ByteBuffer bytes) implements Event {
    /** Why the bytes are not read. */
    public enum Why {
      /** A frame before them cannot be read to its end. */
      BROKEN("broken"),
      /** Too much was held to look at them. */
      MEMORY("memory");

      private final String id;

      Why(String id) {
        this.id = id;
      }

      /** The stable name of this reason. */
      public String id() {
        return id;
      }
    }

    @Override
    public ByteBuffer bytes() {
      return bytes.duplicate();
    }
  }

  /**
   * The proxy has changed what an endpoint sends before it passed that on, because its user asked
   * for that. What the endpoint sent itself is reported as received.
   *
   * @param sender the endpoint in whose name the proxy acts
   * @param act what it did
   * @param frame the number of the first frame of the message; 0 for none
   * @param detail the ID of the fault, or the reason in words; empty for none
   * @param sent the first bytes that were sent instead, from position to limit
   * @param length the number of all bytes that were sent instead
   */
  record Interfered(
      Endpoint sender, Interference act, long frame, String detail, ByteBuffer sent, long length)
      implements Event {
    @Override
    public ByteBuffer sent() {
      return sent.duplicate();
    }
  }

  /** The other endpoint still sends, although this one has ended its direction (TCP FIN). */
  record HalfClosed(Endpoint by) implements Event {}

  /**
   * A plain HTTP request and its response have passed.
   *
   * @param status the status of the response; 0 if there was none
   * @param sent the number of bytes in the body of the request
   * @param received the number of bytes in the body of the response
   * @param trouble why this was not all, in words; null if it was
   * @param nanos the time it took, in nanoseconds
   */
  record Page(
      String method,
      String target,
      int status,
      long sent,
      long received,
      @Nullable String trouble,
      long nanos)
      implements Event {}

  /**
   * Both connections of a proxied WebSocket have ended.
   *
   * @param opened whether the opening handshake succeeded
   * @param closure the closing as the client sees it: its own Close is {@code sent}
   * @param end the end of the connection that ended first
   * @param trouble the failure below the protocol, in words; null if there is none
   * @param longestGap the longest time without a byte in either direction, in nanoseconds
   * @param nanos the duration in nanoseconds
   */
  record Parted(
      boolean opened,
      ConnectionClosure closure,
      LegEnd end,
      @Nullable String trouble,
      LegTotals client,
      LegTotals server,
      long longestGap,
      long nanos)
      implements Event {}

  // Events of a capture.

  /**
   * A capture has a WebSocket connection.
   *
   * @param client the address of the client; null if the capture does not have it
   * @param server the address of the server, or its name and port; null if the capture does not
   *     have it
   * @param whole whether it has the beginning of the connection
   * @param tunnel the target of the CONNECT with which the client opened a tunnel, from the wire;
   *     the server is then a proxy; null without a tunnel
   * @param tls the parameters of TLS, whose content follows; null without TLS
   */
  record Captured(
      Address.@Nullable Tcp client,
      Address.@Nullable Tcp server,
      boolean whole,
      @Nullable String tunnel,
      @Nullable TlsSession tls)
      implements Event {
    /** A connection without a tunnel and TLS. */
    public Captured(Address.@Nullable Tcp client, Address.@Nullable Tcp server, boolean whole) {
      this(client, server, whole, null, null);
    }
  }

  /** What a capture holds of its connections. */
  enum Fidelity {
    /** The bytes. */
    BYTES,
    /** The bytes that an endpoint wrote down, which may not be all that it sent. */
    TRACE,
    /** The fields of the headers of frames. */
    HEADERS,
    /** Whole messages, without their frames. */
    MESSAGES
  }

  /** Why a captured connection is not read to its end, although the capture continues. */
  enum ReadUntil {
    /** Another connection between the same endpoints begins. */
    NEXT_CONNECTION,
    /** No WebSocket opens, and another request follows on the connection. */
    NEXT_REQUEST,
    /** Too many connections are open, and this one is idle for the longest time. */
    CROWDED;

    /** The name in lower-case letters. */
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * An endpoint of a captured connection with TLS sent an alert.
   *
   * @param fatal whether it ends the connection because of an error
   * @param name the name of the alert (RFC 8446 §6) and its number
   */
  record TlsAlert(Endpoint sender, boolean fatal, String name) implements Event {}

  /**
   * A capture does not have all records of an endpoint of a connection with TLS. The next one
   * authenticates with its number, so the decryption continues.
   *
   * @param bytes the number of bytes that the records have
   * @param records the number of records
   */
  record RecordsMissing(Endpoint sender, long bytes, long records) implements Event {}

  /**
   * A captured connection with TLS cannot be decrypted further in one direction.
   *
   * @param reason why, in words
   */
  record Undecrypted(Endpoint sender, String reason) implements Event {}

  /**
   * A capture does not have all bytes of a direction.
   *
   * @param missing the number of missing bytes; 0 if the direction begins inside a frame, or too
   *     many of its bytes wait
   * @param then how the direction is read on
   */
  record Gap(Endpoint sender, long missing, Then then) implements Event {
    /** How a direction is read on after a gap. */
    public enum Then {
      /** The header of the open frame says where the next one begins. */
      KNOWN,
      /** The next frame must be found. */
      SEARCH,
      /** Not at all: too many bytes wait for those of the other direction. */
      CROWDED,
      /** Not at all: the gap is not between or inside frames. */
      UNREAD;

      /** The name in lower-case letters. */
      public String id() {
        return name().toLowerCase(Locale.ROOT);
      }
    }
  }

  /**
   * A retransmission in a capture has other bytes than those that were captured first, which are
   * read.
   *
   * @param offset of the first byte that differs, from the first byte of the sender on TCP
   * @param bytes how many bytes differ
   */
  record RetransmissionDiffers(Endpoint sender, long offset, long bytes) implements Event {}

  /**
   * The next frame after a gap has been found.
   *
   * @param skipped the number of captured bytes before it that are not read
   * @param headers the number of frame headers in a row that fit; 0 if the header before the gap
   *     says where the frame begins
   * @param texts the number of masked texts among these frames that are UTF-8
   * @param packet whether the first of these frames begins with a packet
   */
  record Resumed(Endpoint sender, long skipped, int headers, int texts, boolean packet)
      implements Event {}

  /** No frame was found in so many bytes after a gap, up to the end of a direction. */
  record Unread(Endpoint sender, long bytes) implements Event {}

  /**
   * A captured connection has ended, or the capture has.
   *
   * @param client the body of the first Close of the client; null if there is none
   * @param server the body of the first Close of the server; null if there is none
   * @param initiator the endpoint that sent a Close first; null if neither did, or if an earlier
   *     one may be missing
   * @param end the endpoint that ended TCP first, and the manner; null if the capture does not show
   *     who was first
   * @param silence the time between the last bytes and the end of TCP, in nanoseconds
   * @param nanos the duration of the connection in nanoseconds
   * @param unjudged the groups of rules that cannot be judged, because the capture lacks what they
   *     need
   * @param unjudgedRules further rules that cannot be judged, of groups that otherwise can
   * @param until why it is not read to its end; null if it is, or the capture ends before
   * @param remark what the program that wrote the capture says about the end, which may contain any
   *     character; null if it says nothing
   */
  record CaptureEnded(
      @Nullable CloseBody client,
      @Nullable CloseBody server,
      @Nullable Endpoint initiator,
      @Nullable TransportEnd end,
      long silence,
      long nanos,
      List<RuleGroup> unjudged,
      Fidelity fidelity,
      List<Rule> unjudgedRules,
      @Nullable ReadUntil until,
      @Nullable String remark)
      implements Event {}

  /**
   * One row of the list of captured connections.
   *
   * @param target the target of the request; null if it was not captured
   * @param status the status of the response; 0 if it was not captured
   * @param deflate whether permessage-deflate was negotiated
   * @param frames the number of frames of both endpoints
   * @param messages the number of messages of both endpoints
   * @param errors the number of violations that are errors
   * @param differing the number of bytes in which retransmissions differ from what was captured
   *     first
   */
  record CaptureRow(
      long number,
      Captured ends,
      @Nullable String target,
      int status,
      boolean deflate,
      long frames,
      long messages,
      long errors,
      long differing,
      CaptureEnded end)
      implements Event {}

  // Events of a client.

  /**
   * A name has been resolved.
   *
   * @param addresses the IP addresses in the order in which the client tries them
   * @param nanos the time it took, in nanoseconds
   */
  record Resolved(String host, List<String> addresses, long nanos) implements Event {}

  /**
   * An attempt to connect has failed.
   *
   * @param cause the cause in words
   * @param nanos the time it took, in nanoseconds
   */
  record AttemptFailed(Address peer, String cause, long nanos) implements Event {}

  /**
   * The client will connect again.
   *
   * @param attempt the number of this attempt since the last success, from 1
   * @param nanos the time until then, in nanoseconds
   */
  record Retrying(long attempt, long nanos) implements Event {}

  /**
   * The client follows a redirect, or does not.
   *
   * @param status the status of the response
   * @param url the URL to connect to, or the Location as received if the client does not follow it
   * @param withheld whether credentials and cookies are not sent to this URL
   * @param trouble why the client does not follow; null if it does
   */
  record Redirect(int status, String url, boolean withheld, @Nullable String trouble)
      implements Event {}

  /**
   * The server is silent although the WebSocket is open.
   *
   * @param ping whether the client waits for the pong of a ping; otherwise nothing has arrived
   * @param nanos the time since the ping was sent, or since the last frame, in nanoseconds
   */
  record Silence(boolean ping, long nanos) implements Event {}

  /**
   * An expected message has arrived, or did not arrive in time.
   *
   * @param expected what was expected, in words that may quote anything
   * @param met whether it has arrived
   * @param nanos the time since the client began to wait, in nanoseconds
   * @param doubt why no message fits: one could not be tested, or something is conspicuous; null if
   *     nothing is known
   */
  record Expectation(String expected, boolean met, long nanos, @Nullable String doubt)
      implements Event {}

  // Events of a server.

  /**
   * A server or a proxy is listening.
   *
   * @param command the name of its command, {@code serve} or {@code proxy}
   * @param addresses the addresses, at least one
   * @param behaviour the handling of messages, in words
   * @param notes notes for the user, one line each
   */
  record Listening(
      String command, List<ListeningAddress> addresses, String behaviour, List<String> notes)
      implements Event {}

  /**
   * An address that a server listens on.
   *
   * @param url the URL for clients
   */
  record ListeningAddress(Address address, String url) {}

  /** A client was turned away, because the limit of connections was reached. */
  record TurnedAway(Address peer) implements Event {}

  /**
   * A client could not be accepted.
   *
   * @param cause the cause in words
   */
  record AcceptFailed(String cause) implements Event {}

  /**
   * The recording has stopped. The file ends with the last event that could be written.
   *
   * @param cause the cause in words
   */
  record RecordingStopped(String cause) implements Event {}

  /**
   * The script of the replies has changed, or its new content is invalid.
   *
   * @param script the name of the script; empty if there is none from now on
   * @param rules the number of its rules
   * @param trouble what is wrong with the new content, in words; null if the script is in force
   */
  record ScriptChanged(String script, int rules, @Nullable String trouble) implements Event {}

  /**
   * Lines of the output are missing here, because nobody read them.
   *
   * @param lines the number of missing lines
   */
  record Missed(long lines) implements Event {}

  /**
   * The server has stopped.
   *
   * @param connections the number of clients that connected
   */
  record Stopped(long connections) implements Event {}

  /**
   * Bytes or a head were found in a text; their frames or head follow.
   *
   * @param kind request, response or bytes
   * @param form in which they are written, in words
   * @param firstLine number of the first line, from 1
   * @param firstColumn of the first character, from 1
   * @param lastLine number of the last line
   * @param lastColumn of the last character
   * @param bytes how many there are
   */
  record Find(
      String kind,
      String form,
      long firstLine,
      long firstColumn,
      long lastLine,
      long lastColumn,
      long bytes)
      implements Event {}

  /**
   * A text has lost bytes: when it was made, U+FFFD took their place.
   *
   * @param count of U+FFFD
   */
  record BytesLost(long count) implements Event {}

  /**
   * Lines of a text had neither bytes nor a head.
   *
   * @param lines how many, without empty ones
   * @param firstLine number of the first of them, from 1
   */
  record LinesSkipped(long lines, long firstLine) implements Event {}

  /** The address of a socket. */
  sealed interface Address {
    /**
     * An address of TCP.
     *
     * @param host the IP address, as in {@code 127.0.0.1} or {@code 0:0:0:0:0:0:0:1}
     */
    record Tcp(String host, int port) implements Address {}

    /**
     * An address of a Unix domain socket.
     *
     * @param path the path of the socket, which may contain any character
     */
    record Unix(String path) implements Address {}
  }
}
