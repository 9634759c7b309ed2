package wscope.check;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import wscope.net.Link;
import wscope.net.LinkHandler;
import wscope.protocol.handshake.HandshakeResult;
import wscope.protocol.handshake.RequestDecoder;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.handshake.ServerHandshake;
import wscope.protocol.rule.Violation;

/** A new connection of a client: reads the request, which says which case it is for. */
final class NewConnection implements LinkHandler {
  private static final int MOST_HEAD = 64 << 10;
  private static final int MOST_FIELDS = 200;
  private static final int SHOWN = 60;

  private final Link link;
  private final Receiver receiver;
  private final RequestDecoder decoder = new RequestDecoder(MOST_HEAD, MOST_FIELDS);
  private @Nullable LinkHandler next;
  private boolean over;

  /** Receives what arrives. */
  interface Receiver {
    /**
     * A request has been read.
     *
     * @return what receives all that follows; null if the connection is not needed
     */
    @Nullable LinkHandler requested(
        Link link, RequestHead request, List<Violation> violations, boolean isPlain);

    /**
     * Something else has been read.
     *
     * @param start its beginning
     * @param asksForWebSocket whether it is a request that cannot be read, but names WebSocket
     */
    @Nullable LinkHandler unreadable(
        Link link, String start, boolean asksForWebSocket, List<Violation> violations);

    /** The client has disconnected, and sent nothing. */
    void left(Link link);
  }

  NewConnection(Link link, Receiver receiver) {
    this.link = link;
    this.receiver = receiver;
  }

  @Override
  public void received(ByteBuffer bytes) {
    if (!over && decoder.feed(bytes)) {
      read(bytes);
    }
    if (next != null) {
      next.received(bytes);
    }
    bytes.position(bytes.limit());
  }

  private void read(ByteBuffer rest) {
    // What receives the request may end the connection at once.
    over = true;
    RequestHead head = decoder.head();
    if (head == null) {
      unreadable(StandardCharsets.ISO_8859_1.decode(rest.duplicate()).toString());
      return;
    }
    HandshakeResult result = ServerHandshake.check(head, decoder.violations());
    boolean plain = result instanceof HandshakeResult.PlainRequest;
    next = receiver.requested(link, head, result.violations(), plain);
  }

  private void unreadable(String rest) {
    String received = decoder.received() + rest;
    int end = received.indexOf('\n');
    String line = (end < 0 ? received : received.substring(0, end)).strip();
    String start = line.length() <= SHOWN ? line : line.substring(0, SHOWN);
    boolean asks = received.toLowerCase(Locale.ROOT).contains("websocket");
    over = true;
    next = receiver.unreadable(link, start, asks, decoder.violations());
  }

  private void endHead() {
    if (!over) {
      if (decoder.received().isEmpty()) {
        over = true;
        receiver.left(link);
      } else {
        unreadable("");
      }
    }
  }

  @Override
  public void ended() {
    endHead();
    if (next != null) {
      next.ended();
    } else {
      link.end();
    }
  }

  @Override
  public void closed(@Nullable Exception cause) {
    endHead();
    if (next != null) {
      next.closed(cause);
    }
  }
}
