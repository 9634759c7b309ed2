package wscope.report.json;

import java.time.InstantSource;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.rule.Endpoint;
import wscope.report.Advice;
import wscope.report.Detail;
import wscope.report.LiveView;
import wscope.report.ViewOptions;
import wscope.report.WholeLines;

/**
 * Sends the events of some or all connections to a follower. Each flush passes on the events since
 * the last one as JSON lines. A follower that reads too slowly misses whole lines; a {@code missed}
 * event in their place says how many.
 */
public final class EventFeed {
  /** The maximum number of characters between two flushes. The follower misses further lines. */
  private static final int MOST_GATHERED = 1 << 20;

  /** The number of bytes of each payload that are shown. */
  private static final long PREVIEW = 4096;

  /** The receiver of the events. */
  public interface Follower {
    /** Whether the follower can receive more lines now. */
    boolean isReady();

    /** Receives one or more lines, each with its LF, in ASCII. */
    void take(String lines);
  }

  private final Follower follower;
  private final LiveView view;
  private final JsonReport report;
  private final StringBuilder gathered = new StringBuilder();

  /** Whether the follower was not ready at the last flush. */
  private boolean lagging;

  private long missed;

  /**
   * Creates a feed.
   *
   * @param advice advice on the problems that are shown
   * @param clock the clock for the times of the events
   */
  public EventFeed(Follower follower, Advice advice, InstantSource clock) {
    this.follower = follower;
    view = LiveView.changeable(new ViewOptions(Detail.FRAMES, PREVIEW, false, advice));
    report = JsonReport.withReasons(new WholeLines(this::gather), view, clock);
  }

  /** Returns the listener for a connection to this server, from its handshake on. */
  public ExchangeListener connection(long number) {
    return report.connection(Endpoint.SERVER, number);
  }

  /** Passes on an event that belongs to no connection. */
  public void event(Event event) {
    report.event(event);
  }

  /** Passes on the buffered lines. */
  public void flush() {
    report.flush();
    lagging = !follower.isReady();
    if (lagging) {
      miss(gathered);
      gathered.setLength(0);
      return;
    }
    deliver();
    if (missed > 0) {
      report.missed(missed);
      missed = 0;
      report.flush();
      deliver();
    }
  }

  /** Stops the feed, because the follower is gone. */
  public void stop() {
    view.detail(Detail.NONE);
    lagging = true;
  }

  private void gather(String lines) {
    if (lagging || gathered.length() >= MOST_GATHERED) {
      miss(lines);
    } else {
      gathered.append(lines);
    }
  }

  private void deliver() {
    if (gathered.length() > 0) {
      follower.take(gathered.toString());
      gathered.setLength(0);
    }
  }

  private void miss(CharSequence lines) {
    for (int i = 0; i < lines.length(); i++) {
      missed += lines.charAt(i) == '\n' ? 1 : 0;
    }
  }
}
