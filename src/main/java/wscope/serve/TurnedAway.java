package wscope.serve;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.net.Deadline;
import wscope.net.EventLoop;
import wscope.net.Link;
import wscope.net.LinkHandler;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.OutgoingHeaderField;

/** A client above the connection limit. It gets a 503 response and must disconnect soon. */
final class TurnedAway implements LinkHandler {
  private static final HttpResponse NO_ROOM =
      PlainResponses.explained(
          503,
          List.of(new OutgoingHeaderField("Retry-After", "10")),
          "This server has reached its connection limit.\n");

  private final Link link;
  private final Deadline deadline;

  TurnedAway(Link link, EventLoop loop, Duration timeout) {
    this.link = link;
    deadline = loop.after(timeout, link::abort);
  }

  @Override
  public void received(ByteBuffer bytes) {
    link.write(NO_ROOM.bytes());
    link.end();
  }

  @Override
  public void ended() {
    link.end();
  }

  @Override
  public void closed(@Nullable Exception cause) {
    deadline.cancel();
  }
}
