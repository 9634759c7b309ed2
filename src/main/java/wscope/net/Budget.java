package wscope.net;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.jspecify.annotations.Nullable;

/**
 * The memory that a loop holds for its peers: queued output, input that is not consumed, and what
 * the handlers keep. Beyond the limit, the link that holds most gives up, and the others go on. A
 * link goes first if it holds back output on request, or has held its memory for long without
 * progress.
 */
final class Budget {
  private final Selector selector;
  private final long limit;
  private final long patience;
  private final IOException exceeded =
      new IOException("wscope held too much for its peers, and most of it for this one");
  private final IOException exhausted =
      new IOException("no memory was left, and this connection held most of it or needed more");

  private long total;
  private boolean relieving;

  /**
   * Creates a budget.
   *
   * @param selector the keys of all links
   * @param limit the maximum number of bytes for all links together
   * @param patience the time in nanoseconds that a link may hold memory without progress before it
   *     has to give way to others
   */
  Budget(Selector selector, long limit, long patience) {
    this.selector = selector;
    this.limit = limit;
    this.patience = patience;
  }

  /** Counts a change in the number of bytes that a link holds. */
  void count(long more) {
    total += more;
  }

  /** The cause of the end of a link that exceeds the limit. */
  IOException exceeded() {
    return exceeded;
  }

  /**
   * Makes room for a link that is about to hold more. If another link holds more than this one, or
   * must give way to it, that one gives up.
   *
   * @param turn the link whose turn it is, which cannot give up now
   * @return false if the asking link must give up itself
   */
  boolean fits(Link asking, long more, @Nullable Link turn) {
    while (total + more > limit && !relieving) {
      if (!relieveOne(asking, more, turn)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Lets one link give up, because the heap has no room for what {@link #fits} has allowed.
   *
   * @return false if the asking link must give up itself
   */
  boolean findsMemory(Link asking, @Nullable Link turn) {
    return !relieving && relieveOne(asking, 0, turn);
  }

  private boolean relieveOne(Link asking, long more, @Nullable Link turn) {
    Link largest = largest(asking, turn);
    long own = asking.memory().bytes() + more;
    if (largest == null || (largest.memory().bytes() < own && !givesWay(largest, asking))) {
      return false;
    }
    relieve(largest);
    return true;
  }

  /**
   * Frees memory because none is left: an eighth of the limit, or what the links hold.
   *
   * @param failed the link that needed memory; null if none did
   * @return whether a link was closed
   */
  boolean rescue(@Nullable Link failed, @Nullable Link turn) {
    long freed = failed == null ? 0 : failed.discard(exhausted);
    boolean any = failed != null;
    Link largest = largest(failed, turn);
    while (largest != null && freed < limit / 8) {
      freed += largest.discard(exhausted);
      any = true;
      largest = largest(failed, turn);
    }
    return any;
  }

  private void relieve(Link largest) {
    relieving = true;
    try {
      largest.giveUp();
    } finally {
      relieving = false;
    }
  }

  /** Whether a link gives way to another one even if that one holds more. */
  private boolean givesWay(Link link, Link asking) {
    return link.memory().isIdle(patience)
        || (link.memory().holdsBack() && !asking.memory().holdsBack());
  }

  /** Whether a link gives way before those that do not. */
  private boolean goesFirst(Link link) {
    return link.memory().isIdle(patience) || link.memory().holdsBack();
  }

  /** The link that holds most, among those that go first if there are any. */
  private @Nullable Link largest(@Nullable Link asking, @Nullable Link turn) {
    Link largest = null;
    boolean first = false;
    for (SelectionKey key : selector.keys()) {
      if (key.attachment() instanceof Link link
          && link != asking
          && link != turn
          && !link.isClosed()
          && link.memory().bytes() > 0) {
        boolean better =
            largest == null
                || (goesFirst(link) == first
                    ? link.memory().bytes() > largest.memory().bytes()
                    : goesFirst(link));
        if (better) {
          largest = link;
          first = goesFirst(link);
        }
      }
    }
    return largest;
  }
}
