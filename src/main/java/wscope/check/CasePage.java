package wscope.check;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.net.Link;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.OutgoingHeaderField;
import wscope.protocol.handshake.RequestHead;
import wscope.resource.Resource;

/** The page whose script opens the WebSocket of each case, and what the script asks for. */
final class CasePage {
  private static final String NEXT = "/next";

  private final Deque<String> paths = new ArrayDeque<>();
  private @Nullable Link asking;

  /** The next case: the script learns its path as soon as it asks. */
  void offer(String path) {
    paths.add(path);
    answer();
  }

  /** The case is over: its path is of no use any more. */
  void withdraw(String path) {
    paths.remove(path);
  }

  /** Responds to a request that asks for no WebSocket. */
  void requested(Link link, RequestHead request) {
    switch (request.path()) {
      case "/" ->
          send(link, 200, "text/html; charset=utf-8", Resource.text(CasePage.class, "client.html"));
      case NEXT -> {
        asking = link;
        answer();
      }
      default -> send(link, 404, "text/plain; charset=utf-8", "not here\n");
    }
  }

  private void answer() {
    Link link = asking;
    if (link != null && !paths.isEmpty()) {
      asking = null;
      send(link, 200, "text/plain; charset=utf-8", paths.remove());
    }
  }

  private static void send(Link link, int status, String type, String body) {
    HttpResponse response =
        new HttpResponse(
            status,
            List.of(
                new OutgoingHeaderField("Content-Type", type),
                new OutgoingHeaderField("Cache-Control", "no-store"),
                new OutgoingHeaderField("Connection", "close")),
            body);
    link.write(response.bytes());
    link.end();
  }
}
