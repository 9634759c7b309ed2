package wscope.net;

/**
 * The memory that is held for one link: queued output, input that is not consumed, and what the
 * handler keeps. The {@link Budget} of the loop counts it.
 */
final class LinkMemory {
  private final Budget budget;
  private final Wire wire;

  /** The number of bytes that have arrived and are not consumed. */
  private long unread;

  /** The number of bytes that the handler holds. */
  private long kept;

  /** The number of bytes that the handler holds back for the peer. */
  private long delayed;

  /** This link's share of the bytes that the budget has counted. */
  private long counted;

  /** The last time when the link held nothing or its peer made progress. */
  private long progressAt = System.nanoTime();

  LinkMemory(Budget budget, Wire wire) {
    this.budget = budget;
    this.wire = wire;
  }

  /** Counts the bytes that the handler holds, and of those the ones held back for the peer. */
  void kept(long bytes, long heldBack) {
    if (bytes < kept) {
      progressed();
    }
    kept = bytes;
    delayed = heldBack;
    count();
  }

  /** Counts the bytes that have arrived and are not consumed. */
  void unread(long bytes) {
    unread = bytes;
    count();
  }

  /** Counts the output that is queued now. */
  void count() {
    long more = bytes() - counted;
    if (counted == 0 && more > 0) {
      progressed();
    }
    counted += more;
    budget.count(more);
  }

  /** The peer has made progress: it has read output, or the handler holds less for it. */
  void progressed() {
    progressAt = System.nanoTime();
  }

  /** The number of bytes held for the link. */
  long bytes() {
    return kept + unread + wire.waiting();
  }

  /** The number of bytes that the handler holds back for the peer. */
  long delayed() {
    return delayed;
  }

  /** Whether most of this memory is held back for the peer on request. */
  boolean holdsBack() {
    return delayed > bytes() / 2;
  }

  /** Whether memory is held for so long without progress that others may have it. */
  boolean isIdle(long nanos) {
    return System.nanoTime() - progressAt > nanos;
  }
}
