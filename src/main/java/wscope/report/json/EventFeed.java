package wscope.report.json;

import java.net.InetSocketAddress;
import java.time.InstantSource;
import wscope.report.ConnectionReport;
import wscope.report.Detail;
import wscope.report.View;
import wscope.report.Viewing;
import wscope.report.WholeLines;

/**
 * The events of some connections for somebody who follows them elsewhere: at each flush all that
 * came since the last one, as JSON lines. Who takes them too slowly misses whole lines, and is told
 * how many, by a line {@code missed} in their place.
 */
public final class EventFeed {
  /** Characters that are gathered between two flushes; what comes beyond them is missed. */
  private static final int MOST_GATHERED = 1 << 20;

  private static final View VIEW = new View(Detail.FRAMES, 4096, false);

  /** Who follows the events. */
  public interface Follower {
    /** Whether more lines may be handed over now. */
    boolean isReady();

    /** Takes one line or more, each with its LF, in ASCII. */
    void take(String lines);
  }

  private final Follower follower;
  private final Viewing viewing = Viewing.changeable(VIEW);
  private final JsonReport report;
  private final StringBuilder gathered = new StringBuilder();

  /** Whether the follower was not ready at the last flush. */
  private boolean behind;

  private long missed;

  /**
   * @param clock tells the times of the events
   */
  public EventFeed(Follower follower, InstantSource clock) {
    this.follower = follower;
    report = new JsonReport(new WholeLines(this::gather), viewing, clock);
  }

  /** Takes in the events of a connection, from its handshake on. */
  public ConnectionReport connected(long number, InetSocketAddress remote) {
    return report.connected(number, remote);
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
    viewing.detail(Detail.NONE);
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
