package wscope.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import wscope.net.TlsMismatch;
import wscope.protocol.SessionListener;
import wscope.protocol.frame.Opcode;
import wscope.report.EventFeed;
import wscope.report.ServeReport;
import wscope.serve.Behaviour;
import wscope.serve.Connection;
import wscope.serve.Disconnected;
import wscope.serve.Quantities;
import wscope.serve.ServeListener;
import wscope.serve.Timeouts;

/** Hands the events of a server to its report. */
final class ServeEvents implements ServeListener {
  private final ServeReport report;
  private final Timeouts timeouts;
  private final NavigableMap<Long, ShownConnection> connections = new ConcurrentSkipListMap<>();

  /** By the numbers of the watchers' connections. */
  private final Map<Long, EventFeed> feeds = new HashMap<>();

  /**
   * Makes one for a server.
   *
   * @param timeouts that its clients may miss
   */
  ServeEvents(ServeReport report, Timeouts timeouts) {
    this.report = report;
    this.timeouts = timeouts;
  }

  /** The numbers of the connections that are there; may be asked by any thread. */
  Set<Long> numbers() {
    return connections.keySet();
  }

  @Override
  public SessionListener connected(long number, InetSocketAddress remote) {
    ShownConnection connection = new ShownConnection(remote, report.connected(number, remote));
    connections.put(number, connection);
    return connection;
  }

  @Override
  public void disconnected(Disconnected event) {
    ShownConnection connection = connections.remove(event.number());
    if (connection != null) {
      connection
          .report()
          .disconnected(
              event.opened(),
              event.closure(),
              event.tcpEnd(),
              trouble(event),
              event.traffic(),
              event.lasted());
    }
    EventFeed feed = feeds.remove(event.number());
    if (feed != null) {
      feed.stop();
    }
  }

  @Override
  public void watches(Connection watcher) {
    ShownConnection connection = connections.get(watcher.number());
    if (connection != null) {
      connection.watches();
      feeds.put(watcher.number(), new EventFeed(new Watcher(watcher), InstantSource.system()));
    }
  }

  @Override
  public void watched(long number, long watcher) {
    ShownConnection connection = connections.get(number);
    EventFeed feed = feeds.get(watcher);
    if (connection != null && feed != null) {
      connection.report().watched(watcher);
      connection.add(feed.connected(number, connection.remote()));
    }
  }

  @Override
  public void lagging(long number) {
    ShownConnection connection = connections.get(number);
    if (connection != null) {
      connection.report().lagging();
    }
  }

  @Override
  public void turnedAway(InetSocketAddress remote) {
    report.turnedAway(remote);
  }

  @Override
  public void acceptFailed(IOException cause) {
    report.acceptFailed(String.valueOf(cause.getMessage()));
  }

  @Override
  public void roundEnded() {
    if (!feeds.isEmpty()) {
      // A watcher that turns out to be gone is removed meanwhile.
      List.copyOf(feeds.values()).forEach(EventFeed::flush);
    }
    report.flush();
  }

  /** The client that a feed goes to, in messages of whole lines. */
  private record Watcher(Connection connection) implements EventFeed.Follower {
    @Override
    public boolean isReady() {
      return connection.isOpen() && !connection.isLagging();
    }

    @Override
    public void take(String lines) {
      connection.send(Opcode.TEXT, ByteBuffer.wrap(lines.getBytes(US_ASCII)));
    }
  }

  private @Nullable String trouble(Disconnected event) {
    if (event.dropped() != null) {
      return "dropped by us " + words(event.dropped()) + ", as the parameter drop asks";
    }
    Exception cause = event.cause();
    if (cause instanceof TlsMismatch mismatch) {
      return TlsTrouble.words(mismatch);
    }
    if (cause instanceof IOException) {
      return String.valueOf(cause.getMessage());
    }
    if (cause != null) {
      return "a bug of wscope: " + cause;
    }
    Disconnected.Timeout timeout = event.timeout();
    if (timeout == null) {
      return null;
    }
    return switch (timeout) {
      case HANDSHAKE ->
          "no complete request within "
              + Quantities.show(timeouts.handshake())
              + " (--handshake-timeout)";
      case CLOSE ->
          "the client did not end within "
              + Quantities.show(timeouts.close())
              + " (--close-timeout)";
    };
  }

  private static String words(Behaviour.Moment moment) {
    if (moment instanceof Behaviour.Moment.Messages messages) {
      long count = messages.count();
      return count == 0 ? "at once" : "after " + count + (count == 1 ? " message" : " messages");
    }
    if (moment instanceof Behaviour.Moment.Bytes bytes) {
      return "after " + bytes.count() + (bytes.count() == 1 ? " byte" : " bytes");
    }
    return "after " + Quantities.show(((Behaviour.Moment.Elapsed) moment).time());
  }
}
