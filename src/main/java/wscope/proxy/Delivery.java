package wscope.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import wscope.connection.Behaviour.Trigger;
import wscope.protocol.FrameFault;
import wscope.protocol.event.Interference;
import wscope.protocol.frame.Opcode;

/** Delivers the messages of one endpoint: changed, or once the user lets them pass. */
final class Delivery {
  /** The memory that messages may occupy that wait, or one that is to be changed, in bytes. */
  static final long MOST_HELD = 4 << 20;

  /** What a delivery needs of its pair. */
  interface Host {
    /** Resets both connections. */
    void drop(Trigger trigger);

    /** Stops reading the endpoint, or continues. */
    void full(boolean on);

    /** Ends both connections, because what arrived cannot be passed on. */
    void fail(String why);

    /** The place of the next message that waits, in both directions. */
    long nextPlace();
  }

  private final Changes changes;
  private final EditedOutput output;
  private final Host host;
  private final ArrayDeque<HeldMessage> waiting = new ArrayDeque<>(0);
  private Runnable onEmpty = () -> {};
  private boolean holding;
  private boolean full;
  private long memory;
  private long delivered;

  Delivery(Changes changes, EditedOutput output, Host host) {
    this.changes = changes;
    this.output = output;
    this.host = host;
  }

  /** The WebSocket is open. */
  void begin() {
    if (changes.drop() instanceof Trigger.Messages messages && messages.count() == 0) {
      host.drop(messages);
    }
  }

  /** Whether messages wait, so that what follows waits too. */
  boolean waits() {
    return holding || !waiting.isEmpty();
  }

  boolean isHolding() {
    return holding;
  }

  /** The number of messages that wait. */
  int size() {
    return waiting.size();
  }

  /** The memory of the messages that wait, in bytes. */
  long memory() {
    return memory;
  }

  /** The place of the first message that waits; {@link Long#MAX_VALUE} if there is none. */
  long firstPlace() {
    HeldMessage first = waiting.peekFirst();
    return first == null ? Long.MAX_VALUE : first.order();
  }

  /** Lets messages wait from now on, or delivers all that wait. */
  void hold(boolean on) {
    holding = on;
    while (!on && next()) {
      // Each one is delivered.
    }
  }

  /** A message is complete. */
  void take(HeldMessage message) {
    if (waits()) {
      message.order(host.nextPlace());
      waiting.addLast(message);
      memory += message.memory();
      output.tell(Interference.HELD, message.frame(), "");
      balance(0);
    } else {
      deliver(message);
    }
  }

  /**
   * Stops reading the endpoint while too much waits.
   *
   * @param more the memory of a message that is not complete
   */
  void balance(long more) {
    boolean wanted = waits() && memory + more > MOST_HELD;
    if (wanted != full) {
      full = wanted;
      if (wanted) {
        output.tell(Interference.FULL, 0, "");
      }
      host.full(wanted);
    }
  }

  /** Delivers the first message that waits; returns false if there is none. */
  boolean next() {
    HeldMessage first = remove();
    if (first != null) {
      output.tell(Interference.RELEASED, first.frame(), "");
      deliver(first);
      settle();
    }
    return first != null;
  }

  /** Discards the first message that waits; returns false if there is none. */
  boolean drop() {
    HeldMessage first = remove();
    if (first != null) {
      output.omit(Interference.DROPPED, first.frame(), "");
      first.free();
      settle();
    }
    return first != null;
  }

  private @Nullable HeldMessage remove() {
    HeldMessage first = waiting.pollFirst();
    memory -= first == null ? 0 : first.memory();
    return first;
  }

  private void settle() {
    balance(0);
    if (waiting.isEmpty()) {
      Runnable action = onEmpty;
      onEmpty = () -> {};
      action.run();
    }
  }

  /** Runs an action when no message waits any more. */
  void whenEmpty(Runnable action) {
    if (waiting.isEmpty()) {
      action.run();
    } else {
      onEmpty = action;
    }
  }

  private void deliver(HeldMessage message) {
    FrameFault fault = message.isWhole() ? message.fault() : null;
    if (output.isOver(message.opcode())) {
      output.tellEnd(message.opcode());
    } else {
      ByteBuffer replaced = message.isWhole() ? replaced(message) : null;
      ByteBuffer content = replaced == null ? message.content() : replaced;
      if (fault != null) {
        output.commit(fault, message.opcode(), content, message.frame());
      } else if (replaced != null) {
        output.send(Interference.REPLACED, message.opcode(), replaced, message.frame());
      } else {
        pass(message);
      }
      if (!message.isCut()) {
        delivered(message.opcode());
      }
    }
    message.free();
  }

  private void pass(HeldMessage message) {
    if (!message.isCompressed() || !output.renews()) {
      output.raw(message.frames());
    } else if (message.isCorrupt()) {
      failCorrupt();
    } else {
      output.renew(message.opcode(), message.content(), !message.isCut());
      if (message.isCut()) {
        output.flush(message.opcode());
      }
    }
  }

  /** Ends both connections. */
  void fail(String why) {
    output.stop();
    host.fail(why);
  }

  /** A message cannot be inflated, so it cannot be compressed again. */
  void failCorrupt() {
    fail("wscope compresses messages again, but cannot inflate a message that arrived");
  }

  /** A data message was passed on. */
  void delivered(Opcode opcode) {
    if (!opcode.isControl()) {
      delivered++;
      Trigger drop = changes.drop();
      if (drop instanceof Trigger.Messages messages && messages.count() == delivered) {
        output.stop();
        host.drop(drop);
      }
    }
  }

  /** The new text of a message; null if nothing is replaced. */
  private @Nullable ByteBuffer replaced(HeldMessage message) {
    if (changes.replacements().isEmpty()
        || message.opcode() != Opcode.TEXT
        || message.isCorrupt()) {
      return null;
    }
    try {
      String text = UTF_8.newDecoder().decode(message.content()).toString();
      String changed = text;
      for (Replacement replacement : changes.replacements()) {
        String next = replacement.apply(changed);
        changed = next == null ? changed : next;
      }
      return changed.equals(text) ? null : UTF_8.encode(changed);
    } catch (CharacterCodingException e) {
      output.tell(Interference.UNCHANGED, message.frame(), "its text is not UTF-8");
    } catch (Replacement.TooMuch e) {
      output.tell(Interference.UNCHANGED, message.frame(), String.valueOf(e.getMessage()));
    }
    return null;
  }

  /** Discards what waits, because nobody receives it any more. */
  void close() {
    holding = false;
    for (HeldMessage message = remove(); message != null; message = remove()) {
      message.free();
    }
  }
}
