package wscope.cli.serve;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import wscope.cli.listen.TlsProblem;
import wscope.cli.option.EndTrouble;
import wscope.cli.option.OptionAdvice;
import wscope.connection.Connection;
import wscope.connection.Disconnected;
import wscope.connection.Timeouts;
import wscope.net.TlsMismatch;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.frame.Opcode;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.report.Report;
import wscope.report.json.EventFeed;
import wscope.serve.ServeListener;

/** Passes the events of a server to its report. */
final class ServeEvents implements ServeListener {
  private final Report report;
  private final Timeouts timeouts;
  private final int copies;
  private @Nullable String brokenRule;
  private final NavigableMap<Long, ShownConnection> connections = new ConcurrentSkipListMap<>();

  /** The feeds, by the numbers of the watchers' connections. */
  private final Map<Long, EventFeed> feeds = new HashMap<>();

  /** Those of the feeds that have all connections. */
  private final Map<Long, EventFeed> feedsOfAll = new HashMap<>();

  /**
   * Creates the listener.
   *
   * @param copies the number of copies of each unfinished message that the report keeps
   * @param timeouts the timeouts, which the report of a client that exceeds one names
   */
  ServeEvents(Report report, Timeouts timeouts, int copies) {
    this.copies = copies;
    this.report = report;
    this.timeouts = timeouts;
  }

  /** The first rule that a client broke, in words; null if none has. */
  @Nullable String brokenRule() {
    return brokenRule;
  }

  private void broken(long connection, @Nullable Rule rule) {
    if (rule != null && brokenRule == null) {
      brokenRule = "#" + connection + " broke " + rule.id();
    }
  }

  /** The numbers of the current connections. Any thread may call this. */
  Set<Long> numbers() {
    return connections.keySet();
  }

  @Override
  public ExchangeListener connected(long number) {
    ShownConnection connection =
        new ShownConnection(
            report.connection(Endpoint.SERVER, number),
            System.nanoTime(),
            rule -> broken(number, rule));
    connections.put(number, connection);
    feedsOfAll.forEach((watcher, feed) -> connection.follow(watcher, feed.connection(number)));
    return connection;
  }

  @Override
  public void event(Event event) {
    report.event(event);
    feedsOfAll.values().forEach(feed -> feed.event(event));
  }

  @Override
  public void disconnected(Disconnected event) {
    broken(event.number(), event.closure().failure());
    ShownConnection connection = connections.remove(event.number());
    if (connection != null) {
      connection.event(
          new Event.Disconnected(
              Endpoint.SERVER,
              event.opened(),
              event.closure(),
              event.end(),
              trouble(event, connection),
              event.totals(),
              event.lasted().toNanos()));
    }
    EventFeed feed = feeds.remove(event.number());
    if (feed != null) {
      feed.stop();
    }
    if (feedsOfAll.remove(event.number()) != null) {
      connections.values().forEach(each -> each.unfollow(event.number()));
    }
  }

  @Override
  public int copies() {
    return copies;
  }

  @Override
  public void watches(Connection watcher, boolean all) {
    ShownConnection connection = connections.get(watcher.number());
    if (connection == null) {
      return;
    }
    connection.watches(all);
    EventFeed feed =
        new EventFeed(new Watcher(watcher), new OptionAdvice(), InstantSource.system());
    feeds.put(watcher.number(), feed);
    if (all) {
      feedsOfAll.put(watcher.number(), feed);
      // This tells the page that it watches all connections.
      feed.connection(watcher.number()).event(new Event.Watching(true));
      connections.forEach(
          (number, each) -> {
            if (!each.isWatcher()) {
              each.follow(watcher.number(), feed.connection(number));
            }
          });
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

  private @Nullable String trouble(Disconnected event, ShownConnection connection) {
    boolean isKnown =
        event.dropped() != null || event.cause() instanceof TlsMismatch || event.timeout() != null;
    String attempt = isKnown ? null : BothAddresses.explain(connection, connections);
    return attempt == null
        ? EndTrouble.of(event, Endpoint.SERVER, timeouts, TlsProblem::describe)
        : attempt;
  }
}
