package wscope.capture.packets;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wscope.protocol.Exchange;
import wscope.protocol.event.Event;
import wscope.protocol.rule.Endpoint;

/** Finds out where a direction can be read on after a gap. */
final class Resumption {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Endpoint sender;

  /** The bytes that end the frame with the gap; -1 if their number is not known. */
  private long rest;

  private final FrameSearch search;

  /** Bytes that were missing later, before a frame was found. */
  private long missing;

  private long skipped;
  private ByteBuffer frames = NOTHING;

  /**
   * Begins after a gap.
   *
   * @param rest as {@link Exchange#gap} has returned it
   * @param skipped the number of bytes after the gap that are not known any longer
   * @param rsv1 whether RSV1 may mark a compressed message
   */
  Resumption(Endpoint sender, long rest, long skipped, boolean rsv1) {
    this.sender = sender;
    this.skipped = skipped;
    this.rest = rest;
    search = new FrameSearch(sender == Endpoint.CLIENT, rsv1);
  }

  /** How the direction is read on. */
  Event.Gap.Then then() {
    return rest >= 0 ? Event.Gap.Then.KNOWN : Event.Gap.Then.SEARCH;
  }

  int size() {
    return search.size();
  }

  /** How many captured bytes have not been read. */
  long unread() {
    return skipped + search.seen();
  }

  /**
   * More bytes are missing.
   *
   * @param exact whether it is sure how many
   */
  void gap(long more, boolean exact) {
    missing += more;
    if (exact && rest >= 0 && more <= rest) {
      rest -= more;
      return;
    }
    rest = -1;
    search.gap(more);
  }

  /**
   * Adds the bytes of a packet.
   *
   * @return where a frame begins; null if that is not known yet. {@link #frames} then has the bytes
   */
  Event.@Nullable Resumed add(ByteBuffer packet) {
    if (rest >= 0) {
      int count = (int) Math.min(rest, packet.remaining());
      packet.position(packet.position() + count);
      rest -= count;
      skipped += count;
      if (rest > 0 || !packet.hasRemaining()) {
        return null;
      }
      frames = packet;
      return new Event.Resumed(sender, skipped, 0, 0, false);
    }
    FrameSearch.Found found = search.add(packet);
    packet.position(packet.limit());
    return found == null ? null : resumed(found);
  }

  /** The sender has ended its direction: where a frame begins; null if nowhere. */
  Event.@Nullable Resumed end() {
    FrameSearch.Found found = rest >= 0 ? null : search.end();
    return found == null ? null : resumed(found);
  }

  private Event.Resumed resumed(FrameSearch.Found found) {
    frames = search.from(found);
    skipped += search.seen() - frames.remaining();
    return new Event.Resumed(sender, skipped, found.headers(), found.texts(), found.packet());
  }

  /** The bytes of the frame that was found, and those after it. */
  ByteBuffer frames() {
    return frames;
  }

  /** How many bytes precede the frame, captured or not. */
  long before() {
    return skipped + missing;
  }

  void clear() {
    search.clear();
  }
}
