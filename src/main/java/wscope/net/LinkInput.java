package wscope.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The input of a link on its way to the handler. What the handler does not consume is kept, and
 * nothing more is read until it is consumed.
 */
final class LinkInput {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Link link;
  private final LinkMemory memory;
  private boolean held;

  /** The bytes that the handler has not consumed; null if there are none. */
  private @Nullable ByteBuffer unread;

  /** Whether the handler needs another turn, even without input. */
  private boolean wantsTurn;

  private boolean receivedAny;
  private boolean ended;

  LinkInput(Link link, LinkMemory memory) {
    this.link = link;
    this.memory = memory;
  }

  /** Passes on nothing until this method is called with false. */
  void hold(boolean on) {
    held = on;
  }

  /** Whether nothing is passed on until this changes. */
  boolean isHeld() {
    return held;
  }

  /** Gives the handler another turn, even without input. */
  void requestTurn() {
    wantsTurn = true;
  }

  /** Whether the handler needs another turn, even without input. */
  boolean wantsTurn() {
    return wantsTurn;
  }

  /** Whether the handler has received anything. */
  boolean hasReceivedAny() {
    return receivedAny;
  }

  /** Whether the peer has ended its output. */
  boolean hasEnded() {
    return ended;
  }

  /** Whether bytes are kept that the handler has not consumed. */
  boolean hasUnread() {
    return unread != null;
  }

  /** Whether the handler has consumed everything, so that more may be read. */
  boolean isDone() {
    return unread == null && !wantsTurn;
  }

  /**
   * Reads through a layer, and passes on what has arrived.
   *
   * @param buffer an empty buffer
   */
  void read(Layer layer, ByteBuffer buffer) throws IOException {
    try {
      ended = !layer.read(buffer);
    } finally {
      // Bytes that arrived before a failure still count.
      link.checkEstablished();
      if (buffer.position() > 0 && !link.isClosed()) {
        receivedAny = true;
        link.passOn(buffer.flip());
        if (isLeft(buffer)) {
          keep(buffer);
        }
      }
    }
    endIfRead();
  }

  /** Reads and discards. */
  void discard(Wire wire, ByteBuffer buffer) throws IOException {
    ended = wire.read(buffer) < 0;
  }

  private void keep(ByteBuffer rest) {
    if (link.fits(rest.remaining())) {
      unread = ByteBuffer.allocate(rest.remaining()).put(rest).flip();
      memory.unread(unread.capacity());
    } else {
      link.closeForMemory();
    }
  }

  private boolean isLeft(ByteBuffer bytes) {
    return bytes.hasRemaining() && link.passesOn();
  }

  /** Gives the handler its turn, with the bytes that it has not consumed unless input is paused. */
  void resume(boolean paused) {
    ByteBuffer rest = paused ? null : unread;
    wantsTurn = false;
    link.passOn(rest == null ? NOTHING : rest);
    if (rest != null && !isLeft(rest)) {
      free();
    }
    endIfRead();
  }

  /** Reports the peer's end once all earlier bytes are consumed. */
  private void endIfRead() {
    if (ended && isDone() && link.passesOn()) {
      link.peerEnded();
    }
  }

  /** Frees the bytes that the handler has not consumed. */
  void free() {
    unread = null;
    memory.unread(0);
  }
}
