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
 * All rare events, one record each, for decoded bytes and for connections of any kind. A {@link
 * FrameListener} receives frames and messages.
 *
 * <p>A new event needs a record here and a case in each of the two printers.
 */
public sealed interface Event {

  // Events of the bytes, in the order request, challenge, response, body.

  /**
   * The head of a request is complete, or cannot be read further.
   *
   * @param offset of its first byte
   * @param raw the bytes that were read, one character each
   * @param head null if it could not be read to its end
   * @param result how a server responds to it
   */
  record Request(long offset, String raw, @Nullable RequestHead head, HandshakeResult result)
      implements Event {}

  /**
   * The eight bytes that follow the head of a hixie-76 request.
   *
   * @param body from position to limit, valid only during the call
   */
  record Challenge(RequestHead request, ByteBuffer body) implements Event {
    @Override
    public ByteBuffer body() {
      return body.duplicate();
    }
  }

  /**
   * The head of a response is complete, or cannot be read further.
   *
   * @param offset of its first byte
   * @param raw the bytes that were read, one character each
   * @param request to which it responds; null if none was received
   * @param head null if it could not be read to its end
   * @param violations that a client detects in it
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
   * The next bytes after a head that opens no WebSocket.
   *
   * @param bytes from position to limit, valid only during the call
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
   * @param offset of its first byte
   * @param raw the received bytes, one character each
   */
  record HeadIncomplete(Endpoint sender, long offset, String raw) implements Event {}

  /**
   * The input has ended before or inside the eight bytes that follow the head of a hixie-76
   * request.
   *
   * @param offset of the first of them
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
   * The server has responded: its side of the opening handshake is over.
   *
   * @param response without the faults that were committed in it
   */
  record Responded(HandshakeResult result, HttpResponse response) implements Event {}

  /**
   * A requested fault cannot be committed on this connection, because of the request or the
   * negotiation.
   *
   * @param id of the fault
   */
  record FaultImpossible(String id) implements Event {}

  /**
   * The peer has sent nothing for a while, although it owes the rest of a frame or message, or its
   * part of the closing handshake.
   *
   * @param sender the peer
   * @param awaited what it owes
   * @param nanos how long the peer has sent nothing
   */
  record Waiting(Endpoint sender, AwaitedInput awaited, long nanos) implements Event {}

  // Events of a connection, from its owner.

  /** TCP is connected, and TLS if it is in use. */
  record Connected(Address peer) implements Event {}

  /** The peer reads too slowly: broadcasts to it are dropped. Reported once. */
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
   * @param self which endpoint wscope was
   * @param opened whether the opening handshake succeeded
   * @param end who ended TCP, and how
   * @param trouble the failure below the protocol, in words; null if there is none
   * @param nanos how long the connection lasted
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
   * A server listens.
   *
   * @param places where it listens, at least one
   * @param behaviour what it does with messages, in words
   * @param notes for the user, one line each
   */
  record Listening(List<Place> places, String behaviour, List<String> notes) implements Event {
    /**
     * One of its addresses.
     *
     * @param url to connect to
     */
    public record Place(Address address, String url) {}
  }

  /** A client was turned away: the limit of connections is reached. */
  record TurnedAway(Address peer) implements Event {}

  /**
   * A client could not be accepted.
   *
   * @param cause in words
   */
  record AcceptFailed(String cause) implements Event {}

  /**
   * The recording has stopped; the file ends with the last event that could be written.
   *
   * @param cause in words
   */
  record RecordingStopped(String cause) implements Event {}

  /**
   * The server has stopped.
   *
   * @param connections how many clients connected
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
   * @param host numeric, as in {@code 127.0.0.1} or {@code 0:0:0:0:0:0:0:1}
   */
  record Address(String host, int port) {}
}
