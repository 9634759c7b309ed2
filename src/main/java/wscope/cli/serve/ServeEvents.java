package wscope.cli.serve;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import wscope.cli.option.OptionAdvice;
import wscope.connection.Behaviour;
import wscope.connection.Connection;
import wscope.connection.Disconnected;
import wscope.connection.Timeouts;
import wscope.net.TlsMismatch;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.frame.Opcode;
import wscope.protocol.rule.Endpoint;
import wscope.report.Report;
import wscope.report.json.EventFeed;
import wscope.serve.Quantities;
import wscope.serve.ServeListener;

/** Passes the events of a server to its report. */
final class ServeEvents implements ServeListener {
  private final Report report;
  private final Timeouts timeouts;
  private final NavigableMap<Long, ShownConnection> connections = new ConcurrentSkipListMap<>();

  /** The feeds, by the numbers of the watchers' connections. */
  private final Map<Long, EventFeed> feeds = new HashMap<>();

  /**
   * Creates the listener.
   *
   * @param timeouts the timeouts, which the report of a client that exceeds one names
   */
  ServeEvents(Report report, Timeouts timeouts) {
    this.report = report;
    this.timeouts = timeouts;
  }

  /** The numbers of the current connections. Any thread may call this. */
  Set<Long> numbers() {
    return connections.keySet();
  }

  @Override
  public ExchangeListener connected(long number) {
    ShownConnection connection = new ShownConnection(report.connection(Endpoint.SERVER, number));
    connections.put(number, connection);
    return connection;
  }

  @Override
  public void event(Event event) {
    report.event(event);
  }

  @Override
  public void disconnected(Disconnected event) {
    ShownConnection connection = connections.remove(event.number());
    if (connection != null) {
      connection.event(
          new Event.Disconnected(
              Endpoint.SERVER,
              event.opened(),
              event.closure(),
              event.end(),
              trouble(event),
              event.totals(),
              event.lasted().toNanos()));
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
      feeds.put(
          watcher.number(),
          new EventFeed(new Watcher(watcher), new OptionAdvice(), InstantSource.system()));
    }
  }

  @Override
  public void watched(long number, long watcher) {
    ShownConnection connection = connections.get(number);
    EventFeed feed = feeds.get(watcher);
    if (connection != null && feed != null) {
      connection.event(new Event.Watched(watcher));
      connection.add(feed.connection(number));
    }
  }

  @Override
  public void roundEnded() {
    if (!feeds.isEmpty()) {
      // A flush may remove a watcher that is gone, so iterate over a copy.
      List.copyOf(feeds.values()).forEach(EventFeed::flush);
    }
    report.flush();
  }

  /** The client that receives a feed, in messages of whole lines. */
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
      return "dropped by us " + describe(event.dropped()) + ", as the drop parameter requested";
    }
    Exception cause = event.cause();
    if (cause instanceof TlsMismatch mismatch) {
      return TlsProblem.describe(mismatch);
    }
    if (cause instanceof IOException) {
      return String.valueOf(cause.getMessage());
    }
    if (cause != null) {
      return "a bug in wscope: " + cause;
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
          "the client did not disconnect within "
              + Quantities.show(timeouts.close())
              + " (--close-timeout)";
    };
  }

  private static String describe(Behaviour.Trigger trigger) {
    if (trigger instanceof Behaviour.Trigger.Messages messages) {
      long count = messages.count();
      return count == 0 ? "at once" : "after " + count + (count == 1 ? " message" : " messages");
    }
    if (trigger instanceof Behaviour.Trigger.Bytes bytes) {
      return "after " + bytes.count() + (bytes.count() == 1 ? " byte" : " bytes");
    }
    return "after " + Quantities.show(((Behaviour.Trigger.Elapsed) trigger).time());
  }
}
