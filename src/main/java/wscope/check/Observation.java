package wscope.check;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.net.TlsDetails;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.event.Event;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.handshake.ResponseHead;
import wscope.protocol.rule.Violation;

/** What wscope has seen of the other endpoint in one case. */
final class Observation {
  /** There was no Close. */
  static final int NO_CLOSE = -2;

  /** How the other endpoint ended TCP. */
  enum End {
    NONE,
    FIN,
    RESET
  }

  /** Why there is no connection; null if there is one. */
  @Nullable Exception unreachable;

  final List<Event> dialling = new ArrayList<>(0);
  long connectNanos;

  /** Whether the server listens on a Unix domain socket. */
  boolean unix;

  @Nullable TlsDetails tls;

  /** Whether TCP was connected but TLS failed. */
  boolean tlsFailed;

  /** Whether a server has sent a 101 response to the client that is checked. */
  boolean responded;

  /** The request of the client that is checked; null if none could be read. */
  @Nullable RequestHead request;

  /** Whether a request that cannot be read names WebSocket. */
  boolean asksForWebSocket;

  /** Why the case says nothing about the client; null if it does. */
  @Nullable String inapplicable;

  /** The end of the program that is the client; null if it has not ended by itself. */
  ClientStarter.@Nullable Ended ended;

  /** The masking keys of the first frames. */
  final List<Integer> maskingKeys = new ArrayList<>(0);

  /** What is wrong with the key of the request, compared with earlier ones; null for nothing. */
  @Nullable String keyTrouble;

  /** What is wrong with the masking keys; null for nothing. */
  @Nullable String maskTrouble;

  /** The final response; null if none has arrived that could be read. */
  @Nullable ResponseHead response;

  /** The first bytes that are no HTTP response. */
  @Nullable String unreadable;

  /** Why a response that has begun is none, in words; null if it is one, or if none has begun. */
  @Nullable String unfinished;

  List<Violation> ofHandshake = List.of();
  @Nullable DeflateParameters deflate;
  final List<Violation> ofFrames = new ArrayList<>(0);
  int frames;

  /** The code of the server's Close; -1 if its body is empty, {@link #NO_CLOSE} if none came. */
  int close = NO_CLOSE;

  /** Whether the last ping was answered. */
  boolean pong;

  /** The reason of the server's Close. */
  String closeReason = "";

  /** The number of pings that the other endpoint sent. */
  int pings;

  /** When the WebSocket opened, in the time of {@link System#nanoTime}. */
  long openedAt;

  /** When the last frame but a Close came or a pong was sent. */
  long lastFrameAt;

  /** When the case was decided. */
  long decidedAt;

  /** The time from the last awaited ping to its pong in nanoseconds. */
  long roundTrip;

  /** Whether the server closed before the bytes that every server detects were sent. */
  boolean early;

  /** Whether all steps were taken. */
  boolean allSent;

  final List<Payload> messages = new ArrayList<>(0);

  /** The number of bytes of all messages. */
  long messageBytes;

  /** Whether there were more messages, or larger ones, than are kept. */
  boolean lacksMessages;

  End end = End.NONE;

  /** Whether the next client was served; null if none was tried. */
  @Nullable Boolean othersServed;

  /** The time from the last bytes sent to the last thing received, in nanoseconds. */
  long reactionNanos;

  boolean opened() {
    return responded || (response != null && response.status() == 101);
  }

  /** Whether a server has done nothing at all. */
  boolean isSilent() {
    return response == null && unreadable == null && unfinished == null && end == End.NONE;
  }

  boolean closedOrEnded() {
    return close != NO_CLOSE || end != End.NONE;
  }

  /** Whether the wanted messages have all arrived, in their order. */
  boolean hasEchoes(List<Payload> wanted) {
    int found = 0;
    for (Payload message : messages) {
      if (found < wanted.size() && wanted.get(found).equals(message)) {
        found++;
      }
    }
    return found == wanted.size();
  }

  static Payload copy(boolean text, ByteBuffer bytes) {
    ByteBuffer copy = ByteBuffer.allocate(bytes.remaining());
    return new Payload(text, copy.put(bytes.duplicate()).flip());
  }
}
