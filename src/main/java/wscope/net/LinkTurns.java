package wscope.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;

/**
 * The turns of a link in its loop. In a turn, the link reads and writes, because its socket is
 * ready or because it has waited. After the turn, the selection key is set to what it needs next.
 */
final class LinkTurns {
  /** The length of a turn in nanoseconds after which the link has to wait for its next one. */
  private static final long LONG_TURN_NANOS = 500_000;

  private final Link link;
  private final EventLoop loop;
  private final SelectionKey key;
  private final Wire wire;
  private final Layer layer;
  private final LinkMemory memory;
  private final LinkInput input;
  private final OutputEnd output;
  private final StallWatch stall;

  /** Whether the link waits in the loop for another turn. */
  private boolean waits;

  /**
   * Whether the last turn took long by its work, so that the next one has to wait for those of
   * others.
   */
  private boolean tookLong;

  LinkTurns(
      Link link,
      EventLoop loop,
      SelectionKey key,
      Wire wire,
      Layer layer,
      LinkMemory memory,
      LinkInput input,
      OutputEnd output) {
    this.link = link;
    this.loop = loop;
    this.key = key;
    this.wire = wire;
    this.layer = layer;
    this.memory = memory;
    this.input = input;
    this.output = output;
    stall = new StallWatch(loop, wire, link::close);
  }

  /** Takes the first turn: sends the bytes that must precede the peer's input. */
  void begin() {
    link.attempt(
        () -> {
          layer.begin();
          link.checkEstablished();
        });
  }

  /** Reads and writes, because the selection key of the socket is ready, or a write has failed. */
  void ready(ByteBuffer readBuffer) {
    try {
      if (key.isWritable() || wire.hasFailed()) {
        drain();
      }
      if (!link.isClosed() && (key.isReadable() || wire.hasFailed()) && reads()) {
        read(readBuffer.clear());
      } else if (wire.hasFailed() && isPaused()) {
        // Nobody reads what arrived before the failure.
        link.close(wire.failure());
      }
    } catch (TlsMismatch e) {
      link.mismatched(e);
    } catch (IOException | RuntimeException e) {
      link.close(e);
    } catch (OutOfMemoryError e) {
      loop.rescue(link);
    }
  }

  private void drain() {
    long before = wire.written();
    wire.drain();
    boolean progress = wire.written() > before || wire.hasFailed();
    if (progress) {
      memory.progressed();
    }
    memory.count();
    if (progress) {
      link.drained();
    }
  }

  private void read(ByteBuffer buffer) throws IOException {
    if (output.isRejection()) {
      input.discard(wire, buffer);
    } else {
      input.read(layer, buffer);
    }
  }

  /** Takes the turn that the link has waited for. */
  void take(ByteBuffer readBuffer) {
    waits = false;
    if (!link.isClosed()) {
      boolean resumes = canResume();
      ready(readBuffer);
      if (resumes && !link.isClosed() && canResume()) {
        link.attempt(() -> input.resume(isPaused()));
      }
    }
  }

  /** Whether the link waits for a turn. If its last turn took long, it does from now on. */
  boolean waits() {
    if (tookLong) {
      await();
    }
    return waits;
  }

  /** Takes another turn, after other links had theirs. */
  void await() {
    if (!waits) {
      waits = true;
      loop.addWaiting(link);
    }
  }

  /**
   * Ends a turn.
   *
   * @param start the time at which it began, as a value of {@link System#nanoTime}
   */
  void end(long start) {
    tookLong = link.isTurnHeavy() && System.nanoTime() - start > LONG_TURN_NANOS;
    settle();
  }

  /** Ends a turn: updates the interest set, the deadline and the end to match the queued output. */
  void settle() {
    if (link.isClosed()) {
      return;
    }
    if (output.isRequested()) {
      shutOutput();
    }
    if (output.isShut() && input.hasEnded() && (input.isDone() || !link.passesOn())) {
      link.close(null);
    }
    if (link.isClosed()) {
      return;
    }
    boolean writes = wire.waiting() > 0;
    int interest = (reads() ? SelectionKey.OP_READ : 0) | (writes ? SelectionKey.OP_WRITE : 0);
    if (key.interestOps() != interest) {
      key.interestOps(interest);
    }
    if (writes) {
      stall.begin();
    }
    if (canResume() || (wire.hasFailed() && (reads() || isPaused()))) {
      // Do not resume at once, so that other links have their turns first.
      await();
    }
  }

  /** Settles a change that is made outside a turn of the link. */
  void settleOutsideTurn() {
    if (!loop.isTurnOf(link)) {
      loop.sendGathered();
      settle();
    }
  }

  private void shutOutput() {
    try {
      output.shut();
    } catch (IOException e) {
      link.close(e);
    }
  }

  /** Whether the handler can go on without further input. */
  private boolean canResume() {
    return input.wantsTurn() ? !isFull() : input.hasUnread() && !isPaused();
  }

  private boolean reads() {
    // After a failed write, a read finds the failure even after the peer's end.
    return (!input.hasEnded() || wire.hasFailed()) && input.isDone() && !isPaused();
  }

  /** Whether input is paused, because it is held or too much output is queued. */
  boolean isPaused() {
    return isFull() || (input.isHeld() && !isEnding() && !layer.isHandshaking());
  }

  private boolean isEnding() {
    return output.isRequested() && !link.isJoined();
  }

  private boolean isFull() {
    return wire.waiting() > loop.limits().highWater() && !link.isJoined();
  }

  /** The link is gone. */
  void stop() {
    stall.stop();
  }
}
