package wscope.packet;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What one end of a connection sends, put in order. */
final class TcpDirection {
  /** The largest window of TCP (RFC 7323). A segment farther away belongs to something else. */
  private static final long WINDOW = 1 << 30;

  /**
   * How many acknowledgments must follow that of bytes that are missing: packets that a capture
   * reorders come sooner.
   */
  private static final int PATIENCE = 8;

  /**
   * How often a segment is cut, and how many others are looked at for each cut. No sender needs
   * more; each of many segments could overlap all others.
   */
  private static final int MOST_CUTS = 32;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /**
   * A segment that waits for bytes before it.
   *
   * @param offset of its first byte, in the numbers of {@link #next}
   * @param order of arrival
   * @param cuts how often it has been cut, because earlier segments come before its end
   */
  private record Held(
      long offset, long order, int cuts, ByteBuffer payload, int missing, @Nullable TcpEnd end) {
    static final Comparator<Held> FIRST =
        Comparator.comparingLong(Held::offset).thenComparingLong(Held::order);

    Held with(ByteBuffer copy) {
      return new Held(offset, order, cuts, copy, missing, end);
    }

    long payloadEnd() {
      return offset + payload.remaining();
    }

    /** Whether its bytes came before those of another segment, and are surely of the stream. */
    boolean precedes(Held other) {
      return order < other.order && missing == 0 && payload.remaining() > (cuts > 0 ? 0 : 1);
    }

    Held start(int count) {
      return new Held(offset, order, cuts + 1, payload.slice(payload.position(), count), 0, null);
    }

    /** A keep-alive probe has one byte before the next, which may be any (RFC 1122, 4.2.3.6). */
    boolean mayBeProbe(long next) {
      return cuts == 0 && payload.remaining() == 1 && offset + 1 == next;
    }

    Held rest(int from) {
      ByteBuffer bytes = payload.slice(payload.position() + from, payload.remaining() - from);
      return new Held(offset + from, order, cuts + 1, bytes, missing, end);
    }

    int cost() {
      return payload.remaining() + TcpStreams.SEGMENT_OVERHEAD;
    }
  }

  private final TcpConnection connection;
  private final TcpEndpoint sender;
  private final TcpListener listener;
  private final HeldTotal total;
  private final SentBytes sent;

  /** The first sequence number that counts a byte. */
  private int start;

  private boolean started;

  /** Whether the first segment was a SYN. */
  private boolean fromSyn;

  private @Nullable TcpEnd ended;

  /** The sequence number of the next byte, not wrapped around. */
  private long next;

  /** The highest number that the receiver has acknowledged, in the numbers of {@link #next}. */
  private long acknowledged;

  /** A value of {@link #acknowledged} that {@link #next} is to reach soon. */
  private long due;

  /** How many acknowledgments followed since {@link #due} was set. */
  private int waited;

  private @Nullable TreeSet<Held> queue;
  private int held;
  private long arrived;

  TcpDirection(
      TcpConnection connection, TcpEndpoint sender, TcpListener listener, HeldTotal total) {
    this.connection = connection;
    this.sender = sender;
    this.listener = listener;
    this.total = total;
    sent = new SentBytes(total);
  }

  /** Whether a byte, or an end, has been seen. */
  boolean hasContent() {
    return started && (ended != null || queue != null || (int) next != start);
  }

  /** How it has ended, null if it has not. */
  @Nullable TcpEnd ended() {
    return ended;
  }

  boolean isStarted() {
    return started;
  }

  /** Whether the first byte has the sequence number after that of a SYN. */
  boolean startsAfter(TcpSegment syn) {
    return started && start == (int) syn.sequence() + 1;
  }

  /** Takes the number of the first byte, which the receiver expects. */
  void startAt(int number) {
    if (!started) {
      started = true;
      start = number;
      next = number & 0xffffffffL;
    }
  }

  /** Whether a segment has nothing after the SYN, so that its sender may have received nothing. */
  boolean isStart(TcpSegment segment) {
    return segment.isSyn() || (started && start == (int) segment.sequence() && fromSyn);
  }

  void add(TcpSegment segment) {
    TcpEnd end = end(segment);
    // The text that a RST may have is not part of the stream.
    ByteBuffer payload = end == TcpEnd.RST ? NOTHING : segment.payload();
    int missing = end == TcpEnd.RST ? 0 : segment.missing();
    boolean empty = end == null && missing == 0 && !payload.hasRemaining();
    int sequence = (int) segment.sequence() + (segment.isSyn() ? 1 : 0);
    if (!started && (segment.isSyn() || (!empty && !mayBeProbe(segment)))) {
      started = true;
      fromSyn = segment.isSyn();
      start = sequence;
      next = sequence & 0xffffffffL;
    }
    int distance = sequence - (int) next;
    if (!started || empty || distance > WINDOW || distance < -WINDOW) {
      return;
    }
    Held arrival = new Held(next + distance, arrived++, 0, payload, missing, end);
    if (ended != null) {
      compare(arrival);
    } else if (distance <= 0) {
      Held later = take(arrival);
      if (later != null) {
        hold(later);
      }
      drain();
    } else {
      hold(arrival);
    }
  }

  /**
   * Takes the number of the byte that the receiver expects next: it has all bytes before. Those
   * that do not come soon were not captured.
   */
  void acknowledge(int number) {
    int distance = number - (int) next;
    if (!started || ended != null || distance <= 0 || distance > WINDOW) {
      return;
    }
    acknowledged = Math.max(acknowledged, next + distance);
    if (due <= next) {
      due = acknowledged;
      waited = 0;
    } else if (++waited == PATIENCE) {
      while (queue != null && queue.first().offset() <= due) {
        giveUp();
      }
      if (ended == null) {
        skipTo(due);
      }
    }
  }

  /** Reports what is missing, and all that was held. */
  void finish() {
    while (queue != null) {
      giveUp();
    }
    if (ended == null) {
      skipTo(acknowledged);
    }
    sent.clear();
  }

  /** Does not wait any longer for the first missing bytes. A segment is held. */
  void giveUp() {
    if (queue != null) {
      skipTo(queue.first().offset());
      drain();
    }
  }

  private static @Nullable TcpEnd end(TcpSegment segment) {
    if (segment.has(TcpSegment.RST)) {
      return TcpEnd.RST;
    }
    return segment.has(TcpSegment.FIN) ? TcpEnd.FIN : null;
  }

  /** A keep-alive probe may have one byte, which was sent before (RFC 1122, 4.2.3.6). */
  private static boolean mayBeProbe(TcpSegment segment) {
    ByteBuffer payload = segment.payload();
    return end(segment) == null
        && segment.missing() == 0
        && payload.remaining() == 1
        && payload.get(payload.position()) == 0;
  }

  /** Holds a copy of a segment that has just arrived. */
  private void hold(Held segment) {
    ByteBuffer bytes = segment.payload();
    ByteBuffer copy = ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
    enqueue(segment.with(copy));
    while (held > TcpStreams.HELD_PER_DIRECTION) {
      giveUp();
    }
  }

  private void enqueue(Held segment) {
    if (queue == null) {
      queue = new TreeSet<>(Held.FIRST);
    }
    queue.add(segment);
    held += segment.cost();
    total.add(this, segment.cost());
  }

  /** Takes all held segments that the next byte has reached. */
  private void drain() {
    while (queue != null && (ended != null || queue.first().offset() <= next)) {
      Held segment = queue.pollFirst();
      held -= segment.cost();
      total.remove(segment.cost());
      if (queue.isEmpty()) {
        queue = null;
        total.holdsNothing(this);
      }
      Held later = take(segment);
      if (later != null) {
        enqueue(later);
      }
    }
  }

  /**
   * Takes a segment that begins at the next byte or before it, up to the bytes of a held one that
   * was captured earlier.
   *
   * @return the rest of it; null if there is none
   */
  private @Nullable Held take(Held segment) {
    if (ended != null) {
      return null;
    }
    int free = beforeEarlier(segment);
    if (free == segment.payload().remaining()) {
      pass(segment);
      return null;
    }
    pass(segment.start(free));
    return segment.rest(free);
  }

  /** Passes on a segment: only what is new counts. */
  private void pass(Held segment) {
    ByteBuffer payload = segment.payload();
    TcpEnd end = segment.end();
    int known = compare(segment);
    ByteBuffer bytes = payload.slice(payload.position() + known, payload.remaining() - known);
    if (bytes.hasRemaining()) {
      sent.add(next, bytes);
      next += bytes.remaining();
      listener.bytes(connection, sender, bytes);
    }
    long after = segment.payloadEnd() + segment.missing();
    if (segment.missing() > 0) {
      skipTo(after);
    }
    if (end == TcpEnd.RST) {
      skipTo(acknowledged);
    }
    if (end != null && (end == TcpEnd.RST || after == next)) {
      ended = end;
      listener.ended(connection, sender, end);
    }
  }

  /** How many bytes of a segment come before those of a held one that was captured earlier. */
  private int beforeEarlier(Held segment) {
    long end = segment.payloadEnd();
    if (queue != null && end > next && segment.cuts() < MOST_CUTS) {
      int looked = 0;
      for (Held other : queue) {
        if (other.offset() >= end || ++looked > MOST_CUTS) {
          break;
        }
        if (other.precedes(segment)) {
          return (int) Math.max(0, other.offset() - segment.offset());
        }
      }
    }
    return segment.payload().remaining();
  }

  /**
   * Compares the bytes of a segment that are not new with the first ones.
   *
   * @return how many of them are not new
   */
  private int compare(Held segment) {
    ByteBuffer payload = segment.payload();
    int known = (int) Math.min(Math.max(0, next - segment.offset()), payload.remaining());
    SentBytes.Difference difference =
        segment.mayBeProbe(next) ? null : sent.compare(segment.offset(), payload, known);
    if (difference != null) {
      listener.differs(
          connection, sender, difference.first() - (start & 0xffffffffL), difference.count());
    }
    return known;
  }

  private void skipTo(long offset) {
    if (offset > next) {
      long missing = offset - next;
      next = offset;
      listener.gap(connection, sender, missing);
    }
  }
}
