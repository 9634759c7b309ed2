package wscope.protocol.event;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.handshake.HandshakeResult;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.handshake.ResponseHead;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
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
   * The peer has sent nothing for a while, although it still has to send the rest of a frame or
   * message, or its part of the closing handshake.
   *
   * @param sender the peer
   * @param awaited the input that the peer still has to send
   * @param nanos the time since the peer last sent something, in nanoseconds
   */
  record Waiting(Endpoint sender, AwaitedInput awaited, long nanos) implements Event {}

  // Events that the owner of a connection reports.

  /** TCP is connected, and TLS if it is in use. */
  record Connected(Address peer) implements Event {}

  /**
   * The peer reads too slowly: broadcasts to it are dropped. This event occurs once per connection.
   */
  record Lagging() implements Event {}

  /** This connection watches the others. */
  record Watching() implements Event {}

  /**
   * Another connection watches this one.
   *
   * @param watcher the number of that connection
   */
  record Watched(long watcher) implements Event {}

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

  // Events of a server.

  /**
   * A server is listening.
   *
   * @param addresses the addresses, at least one
   * @param behaviour the handling of messages, in words
   * @param notes notes for the user, one line each
   */
  record Listening(List<ListeningAddress> addresses, String behaviour, List<String> notes)
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
   * Lines of a text had neither bytes nor a head.
   *
   * @param lines how many, without empty ones
   * @param firstLine number of the first of them, from 1
   */
  record LinesSkipped(long lines, long firstLine) implements Event {}

  /**
   * A TCP address.
   *
   * @param host the IP address, as in {@code 127.0.0.1} or {@code 0:0:0:0:0:0:0:1}
   */
  record Address(String host, int port) {}
}
