package wscope.capture.packets;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.packet.HeldBytes;

/**
 * Finds the next frame in bytes that follow a gap.
 *
 * <p>Each place where a header fits begins a chain of frames, which collects evidence in bits: how
 * unlikely other bytes would look like that. A chain is believed from {@link #ENOUGH} bits on if it
 * begins with a packet, and from {@link #ENOUGH_ANYWHERE} on elsewhere, where there are many more
 * chances. Bytes inside a payload may look like a header that leads to a real one, so the first
 * frame that is believed is one with enough bits up to its own end.
 */
final class FrameSearch {
  /** The bits of evidence for a chain that begins with a packet. */
  static final int ENOUGH = 28;

  /** The bits of evidence for any other chain. */
  static final int ENOUGH_ANYWHERE = 40;

  private static final int ENOUGH_BEFORE = 14;
  private static final int ENOUGH_BEFORE_ANYWHERE = 18;
  private static final int OF_PACKET_START = 6;
  private static final int OF_PACKET_END = 7;
  private static final int OF_STREAM_END = 5;

  /** The number of bytes that are kept. */
  private static final int WINDOW = 64 << 10;

  private static final int MOST_CHAINS = 1024;

  /**
   * A frame that was found.
   *
   * @param at the number of bytes before it that are not read
   * @param headers the number of headers in a row that fit
   * @param texts the number of masked texts among them that are UTF-8
   * @param packet whether the first of them begins with a packet
   */
  record Found(long at, int headers, int texts, boolean packet) {}

  /** Frames that follow each other. */
  private static final class Chain {
    final boolean packet;

    /** Where the next header is. */
    long next;

    int bits;
    int headers;
    int texts;

    /** Where its last frame is. */
    long start;

    /** The evidence in its last frame. */
    int ofLast;

    /** The keys of its last frames. */
    final int[] keys = new int[4];

    /** Whether a message is open after it; null if that is not known. */
    @Nullable Boolean open;

    /** Where the first frame is that may be believed; -1 if there is none. */
    long believed = -1;

    /** The end of a packet that is counted as evidence. */
    long counted;

    Chain(long start, boolean packet) {
      this.packet = packet;
      next = start;
      bits = packet ? OF_PACKET_START : 0;
    }

    /** Whether a frame may come next, as the one before says. */
    boolean allows(FrameShape.Fit fit) {
      boolean inOrder = fit.isControl() || open == null || open == fit.isContinuation();
      // Masked zeros are the key, again and again, and look like frames with the same key.
      boolean repeats = false;
      for (int key : keys) {
        repeats |= key != 0 && key == fit.key();
      }
      return inOrder && (!repeats || fit.isText());
    }

    void add(FrameShape.Fit fit) {
      bits += fit.ofHeader() + fit.ofPayload();
      keys[headers % keys.length] = fit.key();
      headers++;
      texts += fit.isText() ? 1 : 0;
      start = next;
      believe();
      next += fit.length();
      open = fit.isControl() ? open : Boolean.valueOf(!fit.fin());
      ofLast = fit.ofHeader() + fit.ofPayload();
    }

    /** The last frame ends with a packet. */
    void addPacketEnd() {
      bits += OF_PACKET_END;
      believe();
    }

    private void believe() {
      if (believed < 0 && bits >= (packet ? ENOUGH_BEFORE : ENOUGH_BEFORE_ANYWHERE)) {
        believed = start;
      }
    }

    boolean isEnough() {
      return believed >= 0 && bits >= (packet ? ENOUGH : ENOUGH_ANYWHERE);
    }
  }

  private final FrameShape shape;
  private final HeldBytes held = new HeldBytes();
  private List<Chain> chains = new ArrayList<>();

  /** How many bytes precede those that are held. */
  private long dropped;

  /** How many of the bytes before are in the capture. */
  private long seen;

  /**
   * Creates a search.
   *
   * @param masked whether the sender masks its frames
   * @param rsv1 whether RSV1 may mark a compressed message
   */
  FrameSearch(boolean masked, boolean rsv1) {
    shape = new FrameShape(masked, rsv1);
  }

  /** The memory that the search takes. */
  int size() {
    return held.size();
  }

  /** How many bytes of the capture it has got. */
  long seen() {
    return seen;
  }

  /** More bytes are missing: nothing that begins before them can be followed. */
  void gap(long missing) {
    dropped += held.bytes().remaining() + missing;
    held.clear();
    chains.clear();
  }

  /**
   * Adds the bytes of a packet.
   *
   * @return the frame that they show; null if there is none yet
   */
  @Nullable Found add(ByteBuffer packet) {
    long start = dropped + held.bytes().remaining();
    seen += packet.remaining();
    held.add(packet);
    long end = dropped + held.bytes().remaining();
    List<Chain> alive = new ArrayList<>();
    for (Chain chain : chains) {
      follow(chain, end, alive);
    }
    for (long at = start; at < end; at++) {
      boolean first = at == start;
      if (first || (alive.size() < MOST_CHAINS && shape.mayBegin(held.bytes(), index(at)))) {
        follow(new Chain(at, first), end, alive);
      }
    }
    chains = alive;
    Found found = found();
    if (found == null) {
      drop();
    }
    return found;
  }

  /**
   * Takes the end of the stream for the end of a frame.
   *
   * @return the frame that it shows; null if there is none
   */
  @Nullable Found end() {
    long end = dropped + held.bytes().remaining();
    for (Chain chain : chains) {
      chain.bits += chain.next == end && chain.ofLast > 0 ? OF_STREAM_END : 0;
    }
    return found();
  }

  private @Nullable Found found() {
    for (Chain chain : chains) {
      if (chain.isEnough()) {
        return new Found(chain.believed, chain.headers, chain.texts, chain.packet);
      }
    }
    return null;
  }

  /** The bytes from the frame on that was found. */
  ByteBuffer from(Found found) {
    ByteBuffer bytes = held.bytes();
    return bytes.position(bytes.position() + (int) (found.at() - dropped));
  }

  /** Gives up all memory. */
  void clear() {
    held.clear();
    chains = new ArrayList<>();
  }

  private int index(long at) {
    return (int) (at - dropped);
  }

  /** Follows a chain as far as the bytes reach, and keeps it if it fits. */
  private void follow(Chain chain, long end, List<Chain> alive) {
    while (chain.next < end) {
      FrameShape.Fit fit = shape.fit(held.bytes(), index(chain.next));
      if (fit == null || !chain.allows(fit)) {
        return;
      }
      if (fit.isUnclear()) {
        break;
      }
      chain.add(fit);
    }
    if (chain.next == end && chain.counted != end && chain.ofLast > 0) {
      chain.addPacketEnd();
      chain.counted = end;
    }
    alive.add(chain);
  }

  private void drop() {
    int more = held.bytes().remaining() - WINDOW;
    if (more > 0) {
      held.bytes().position(held.bytes().position() + more);
      dropped += more;
      for (Chain chain : chains) {
        // A frame that is not held any longer cannot be shown; the next one of the chain can.
        chain.believed = chain.believed < dropped ? -1 : chain.believed;
      }
      chains.removeIf(chain -> chain.next < dropped);
    }
  }
}
