package wscope.report.json;

import java.time.InstantSource;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.rule.Endpoint;
import wscope.report.Advice;
import wscope.report.Detail;
import wscope.report.LiveView;
import wscope.report.ViewOptions;
import wscope.report.WholeLines;

/**
 * The events of some connections for somebody who follows them elsewhere: at each flush all that
 * came since the last one, as JSON lines. Who takes them too slowly misses whole lines, and is told
 * how many, by a line {@code missed} in their place.
 */
public final class EventFeed {
  /** Characters that are gathered between two flushes; what comes beyond them is missed. */
  private static final int MOST_GATHERED = 1 << 20;

  /** How many bytes of each payload are told. */
  private static final long PREVIEW = 4096;

  /** Who follows the events. */
  public interface Follower {
    /** Whether more lines may be handed over now. */
    boolean isReady();

    /** Takes one line or more, each with its LF, in ASCII. */
    void take(String lines);
  }

  private final Follower follower;
  private final LiveView view;
  private final JsonReport report;
  private final StringBuilder gathered = new StringBuilder();

  /** Whether the follower was not ready at the last flush. */
  private boolean behind;

  private long missed;

  /**
   * @param advice what can be done about what is told
   * @param clock tells the times of the events
   */
  public EventFeed(Follower follower, Advice advice, InstantSource clock) {
    this.follower = follower;
    view = LiveView.changeable(new ViewOptions(Detail.FRAMES, PREVIEW, false, advice));
    report = new JsonReport(new WholeLines(this::gather), view, clock);
  }

  /** Takes in the events of a connection to this server, from its handshake on. */
  public ExchangeListener connection(long number) {
    return report.connection(Endpoint.SERVER, number);
  }

  /** Hands over what was gathered. */
  public void flush() {
    report.flush();
    behind = !follower.isReady();
    if (behind) {
      miss(gathered);
      gathered.setLength(0);
      return;
    }
    handOver();
    if (missed > 0) {
      report.missed(missed);
      missed = 0;
      report.flush();
      handOver();
    }
  }

  /** The follower is gone: nothing is told any more. */
  public void stop() {
    view.detail(Detail.NONE);
    behind = true;
  }

  private void gather(String lines) {
    if (behind || gathered.length() >= MOST_GATHERED) {
      miss(lines);
    } else {
      gathered.append(lines);
    }
  }

  private void handOver() {
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
