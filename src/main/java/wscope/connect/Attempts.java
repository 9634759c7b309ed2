package wscope.connect;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;

/**
 * What a client tries after an attempt to connect: the same target later, or that of a redirect.
 */
final class Attempts {
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(500);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);
  private static final int MOST_DOUBLINGS = 10;

  private final ClientSettings original;

  /** The settings for the current target, which a redirect changes. */
  private ClientSettings settings;

  private long retries;
  private int redirects;
  private boolean trusted = true;

  Attempts(ClientSettings settings) {
    original = settings;
    this.settings = settings;
  }

  /** The settings for the current target. */
  ClientSettings settings() {
    return settings;
  }

  /** Returns to the target of the user. */
  void restart() {
    settings = original;
    redirects = 0;
    trusted = true;
  }

  /** A WebSocket has opened, so a failure after it is the first in a row. */
  void opened() {
    retries = 0;
  }

  /** Counts another attempt after a failure; null if there may be none. */
  Event.@Nullable Retrying retry() {
    if (retries >= settings.retries()) {
      return null;
    }
    Duration delay = backoff();
    retries++;
    return new Event.Retrying(retries, delay.toNanos());
  }

  /** The delay before the next attempt, which doubles from one to the next. */
  private Duration backoff() {
    Duration delay = FIRST_BACKOFF.multipliedBy(1L << Math.min(retries, MOST_DOUBLINGS));
    return delay.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : delay;
  }

  /**
   * Changes the target to that of a redirect.
   *
   * @return the redirect, or why it is not followed; null if there is none, or none is wanted
   */
  Event.@Nullable Redirect redirect(Observations seen) {
    String location = seen.location();
    Redirects follower = settings.redirects();
    if (follower == null || location == null) {
      return null;
    }
    try {
      if (redirects == Redirects.MOST) {
        throw new IOException("wscope follows at most " + Redirects.MOST + " redirects");
      }
      Target next = Redirection.target(settings.target(), location);
      trusted = trusted && Redirection.keepsTrust(settings.target(), next);
      settings = follower.settings(next, trusted);
      redirects++;
      boolean withheld = !trusted && follower.haveSecrets();
      return new Event.Redirect(seen.status(), next.url(), withheld, null);
    } catch (InvalidTarget | IOException e) {
      return new Event.Redirect(seen.status(), location, false, String.valueOf(e.getMessage()));
    }
  }
}
