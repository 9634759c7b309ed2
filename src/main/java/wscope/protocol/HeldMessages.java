package wscope.protocol;

import java.nio.ByteBuffer;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.message.PayloadBuffer;

/**
 * What a {@link Session} holds of messages: the one that arrives, as far as it is needed whole, and
 * the one that it sends in steps. The handler decides whether there is memory for more.
 */
final class HeldMessages {
  private final SessionHandler handler;
  private final PayloadBuffer arriving;

  /** The memory for the message that is sent in steps. */
  private long stepped;

  HeldMessages(SessionHandler handler, BufferPool pool) {
    this.handler = handler;
    arriving = new PayloadBuffer(pool);
  }

  /**
   * Adds data to the message that arrives.
   *
   * @return false if there is no memory for it
   */
  boolean add(ByteBuffer data) {
    long growth = arriving.growth(data);
    if (growth > 0 && !handler.holds(stepped + growth, growth)) {
      return false;
    }
    boolean added = tryToAdd(data);
    while (!added && handler.findsMemory()) {
      added = tryToAdd(data);
    }
    return added;
  }

  /** Adds data, unless the heap has no room in one piece for what the handler has allowed. */
  private boolean tryToAdd(ByteBuffer data) {
    try {
      arriving.add(data);
      return true;
    } catch (OutOfMemoryError e) {
      return false;
    }
  }

  /** Whether nothing is held of the message that arrives. */
  boolean isEmpty() {
    return arriving.isEmpty();
  }

  /** What is held of the message that arrives. */
  ByteBuffer content() {
    return arriving.content();
  }

  /** Frees the message that has arrived. */
  void clear() {
    if (arriving.memory() > 0) {
      arriving.clear();
      handler.holds(stepped, 0);
    }
  }

  /** The memory for the message that is sent in steps. */
  long stepped() {
    return stepped;
  }

  /** Counts the memory for the message that is sent in steps; 0 if there is none. */
  void stepped(long memory) {
    if (memory != stepped) {
      stepped = memory;
      handler.holds(stepped + arriving.memory(), 0);
    }
  }

  /** Frees everything. */
  void free() {
    arriving.clear();
    stepped = 0;
    handler.holds(0, 0);
  }
}
