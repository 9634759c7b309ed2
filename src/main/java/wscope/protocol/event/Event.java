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
 * Everything rare that can be observed, one record each: the same for bytes that are decoded and
 * for connections of any kind. Frames and messages are told to a {@link FrameListener}.
 *
 * <p>A new event is a record here and a line in each of the two printers.
 */
public sealed interface Event {

  // What bytes say, in the order request, challenge, response, body.

  /**
   * The head of a request is complete, or cannot be read on.
   *
   * @param offset of its first byte
   * @param raw its bytes as they came, one character each, as far as they could be read
   * @param head null if it could not be read to its end
   * @param result what a server makes of it
   */
  record Request(long offset, String raw, @Nullable RequestHead head, HandshakeResult result)
      implements Event {}

  /**
   * The eight bytes that follow the head of a hixie-76 request.
   *
   * @param body from position to limit, on loan for the call
   */
  record Challenge(RequestHead request, ByteBuffer body) implements Event {
    @Override
    public ByteBuffer body() {
      return body.duplicate();
    }
  }

  /**
   * The head of a response is complete, or cannot be read on.
   *
   * @param offset of its first byte
   * @param raw its bytes as they came, one character each, as far as they could be read
   * @param request that it responds to; null if none came
   * @param head null if it could not be read to its end
   * @param violations what a client finds wrong with it
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
   * @param bytes from position to limit, on loan for the call
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
   * @param raw its bytes as far as they came, one character each
   */
  record HeadIncomplete(Endpoint sender, long offset, String raw) implements Event {}

  /**
   * The input has ended before or inside the eight bytes that follow the head of a hixie-76
   * request.
   *
   * @param offset of the first of them
   * @param body those that came, from position to limit, on loan for the call
   */
  record ChallengeIncomplete(long offset, ByteBuffer body) implements Event {
    @Override
    public ByteBuffer body() {
      return body.duplicate();
    }
  }

  // What a session does.

  /**
   * A request has had its response: the opening handshake is over on the server's side.
   *
   * @param response as it was meant, without the faults that were committed in it
   */
  record Responded(HandshakeResult result, HttpResponse response) implements Event {}

  /**
   * A fault was asked for that cannot be committed on this connection, because of what was agreed
   * on or what the request asked for.
   *
   * @param id of the fault
   */
  record FaultImpossible(String id) implements Event {}

  /**
   * The peer has sent nothing for a time, though it owes something: the rest of a frame, of a
   * message, or its part of the closing handshake.
   *
   * @param sender the peer
   * @param awaited what it owes
   * @param nanos how long nothing has come
   */
  record Waiting(Endpoint sender, Awaited awaited, long nanos) implements Event {}

  // What happens to a connection, told by its owner.

  /** TCP is connected, and TLS if it is in use. */
  record Connected(Address peer) implements Event {}

  /** The peer reads so slowly that what other clients cause is not sent to it; told once. */
  record Lagging() implements Event {}

  /** This connection only hears of what happens on others. */
  record Watching() implements Event {}

  /**
   * Another connection hears of everything on this one.
   *
   * @param watcher the number of that connection
   */
  record Watched(long watcher) implements Event {}

  /**
   * The connection is gone.
   *
   * @param self which endpoint wscope was
   * @param opened whether the opening handshake had succeeded
   * @param end who ended TCP, and how
   * @param trouble what went wrong below the protocol, in words; null if nothing did
   * @param nanos from the connection to its end
   */
  record Disconnected(
      Endpoint self,
      boolean opened,
      Closure closure,
      TransportEnd end,
      @Nullable String trouble,
      Traffic traffic,
      long nanos)
      implements Event {}

  // What happens to a server.

  /**
   * A server listens.
   *
   * @param places where it listens, at least one
   * @param behaviour what it does with messages, in words
   * @param notes what its user should know, in words, a line each
   */
  record Listening(List<Place> places, String behaviour, List<String> notes) implements Event {
    /**
     * One of its addresses.
     *
     * @param url to connect to
     */
    public record Place(Address address, String url) {}
  }

  /** A client was turned away: there are as many connections as are allowed. */
  record TurnedAway(Address peer) implements Event {}

  /**
   * A client could not be accepted.
   *
   * @param cause in words
   */
  record AcceptFailed(String cause) implements Event {}

  /**
   * Events can no longer be recorded; the file ends with the last one that could.
   *
   * @param cause in words
   */
  record RecordingStopped(String cause) implements Event {}

  /**
   * The server has stopped.
   *
   * @param connections how many clients had connected
   */
  record Stopped(long connections) implements Event {}

  /**
   * An address of TCP.
   *
   * @param host in numbers, as in {@code 127.0.0.1} or {@code 0:0:0:0:0:0:0:1}
   */
  record Address(String host, int port) {}
}
