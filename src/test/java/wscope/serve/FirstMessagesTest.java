package wscope.serve;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wscope.connection.Connection;
import wscope.connection.Disconnected;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;
import wscope.support.RawClient;
import wscope.support.ServerThread;

/** Whether the first messages of a server share a segment with its response, over real sockets. */
@Timeout(20)
class FirstMessagesTest {
  /** The number of bytes that the socket had accepted when the server made each frame. */
  private final BlockingQueue<Long> written = new LinkedBlockingQueue<>();

  private Server server;

  @Test
  void followTheResponseInItsSegment() throws Exception {
    greet("", 0);
  }

  @Test
  void haveSegmentsOfTheirOwnOnRequest() throws Exception {
    greet("&coalesce=off", 1);
  }

  /** With one segment, nothing is written before the frame is made. */
  private void greet(String parameter, int responses) throws Exception {
    server = new Server(Settings.DEFAULT, new Listener());
    try (ServerThread running = ServerThread.listening(server).start();
        RawClient client = new RawClient(running.address())) {
      client.send(RawClient.request("greet=hi" + parameter));
      int response = client.head().length();
      client.expect(RawClient.echo("hi"));
      assertEquals(responses * (long) response, written.poll(10, SECONDS));
    }
  }

  private final class Listener implements ServeListener {
    @Override
    public ExchangeListener connected(long number) {
      return new ExchangeListener() {
        @Override
        public void event(Event event) {}

        @Override
        public @Nullable FrameListener frames(@Nullable Endpoint sender) {
          return sender == Endpoint.SERVER ? new Frames() : null;
        }
      };
    }

    @Override
    public void disconnected(Disconnected event) {}

    @Override
    public void event(Event event) {}

    @Override
    public void watches(Connection watcher, boolean all) {}

    @Override
    public void watched(long number, long watcher) {}

    @Override
    public void roundEnded() {}
  }

  private final class Frames implements FrameListener {
    @Override
    public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {
      Connection connection = server.connections().newest();
      written.add(connection == null ? -1 : connection.link().written());
    }
  }
}
