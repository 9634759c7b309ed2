package wscope.connection;

import java.util.function.LongSupplier;
import wscope.net.Link;

/**
 * The memory that a connection holds for its peer, and the pause of its input while that is too
 * much.
 */
final class ConnectionMemory {
  private final Link link;
  private final long highWater;
  private final ConnectionOwner owner;
  private final LongSupplier delayed;

  /** The number of bytes that the session holds. */
  private long held;

  /** Whether the head is still arriving, whose size is counted. */
  private boolean inHead = true;

  /** Whether no input is read, because the behaviour wants that. */
  private boolean stopped;

  /** Whether all input is read, because no reply to it follows. */
  private boolean readsOn;

  /** Whether input is paused. */
  private boolean paused;

  /**
   * Creates the memory of a connection.
   *
   * @param highWater the number of delayed bytes above which input is paused
   * @param delayed the number of bytes that are held back for the peer
   */
  ConnectionMemory(Link link, long highWater, ConnectionOwner owner, LongSupplier delayed) {
    this.link = link;
    this.highWater = highWater;
    this.owner = owner;
    this.delayed = delayed;
  }

  /** Pauses input while too many delayed bytes are queued, and counts what is held. */
  void balance() {
    long waiting = delayed.getAsLong();
    link.kept(waiting + held, waiting);
    link.giveUpUnlessFits();
    boolean tooMuch = !readsOn && (stopped || waiting > highWater);
    if (tooMuch != paused) {
      paused = tooMuch;
      link.hold(tooMuch);
    }
  }

  /** Pauses input until the next balance. */
  void pause() {
    paused = true;
    link.hold(true);
  }

  /** Reads nothing more, until {@link #readOn}. */
  void stopReading() {
    stopped = true;
    balance();
  }

  /** Reads everything from now on, because no reply to it follows that could wait. */
  void readOn() {
    if (!readsOn) {
      readsOn = true;
      balance();
    }
  }

  /**
   * Counts the memory of an unfinished head, which is about as large as the bytes received.
   *
   * @param read the number of bytes of input
   * @param unfinished whether the opening handshake is still under way
   */
  void countHead(int read, boolean unfinished) {
    if (unfinished) {
      held += read;
      balance();
    } else if (inHead) {
      inHead = false;
      held = 0;
      balance();
    }
  }

  /**
   * Counts the bytes that the session holds.
   *
   * @param bytes the number of bytes from now on
   * @param more the number of bytes that are about to be allocated
   * @return false if they must not be allocated
   */
  boolean holds(long bytes, long more) {
    long copies = 1L + owner.copies();
    boolean fits = more == 0 || link.fits(more * copies);
    if (fits) {
      held = bytes * copies;
      balance();
    }
    return fits;
  }

  /** Whether so much output is queued that messages from other connections are dropped. */
  boolean isLagging() {
    return link.waiting() > highWater;
  }

  /** Whether too much output waits for the peer, apart from what is held back for it. */
  boolean isBackedUp() {
    return link.waiting() - delayed.getAsLong() > highWater;
  }
}
