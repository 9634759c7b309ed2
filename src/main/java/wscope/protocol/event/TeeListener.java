package wscope.protocol.event;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.IncompleteFrame;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.Cause;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/**
 * Passes everything to several listeners, in order. Each gets every buffer with its original
 * position.
 */
public final class TeeListener implements ExchangeListener {
  private final ExchangeListener[] listeners;

  private TeeListener(ExchangeListener... listeners) {
    this.listeners = listeners;
  }

  /** A listener that passes everything to all of the given listeners. */
  public static ExchangeListener of(ExchangeListener... listeners) {
    return listeners.length == 1 ? listeners[0] : new TeeListener(listeners);
  }

  @Override
  public void event(Event event) {
    for (ExchangeListener listener : listeners) {
      listener.event(event);
    }
  }

  @Override
  public @Nullable FrameListener frames(@Nullable Endpoint sender) {
    FrameListener all = null;
    for (ExchangeListener listener : listeners) {
      FrameListener next = listener.frames(sender);
      if (all != null && next != null) {
        all = both(all, next);
      } else if (next != null) {
        all = next;
      }
    }
    return all;
  }

  /** A frame listener that passes everything to both of the given listeners. */
  public static FrameListener both(FrameListener first, FrameListener second) {
    return new Frames(first, second);
  }

  private record Frames(FrameListener first, FrameListener second) implements FrameListener {
    @Override
    public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {
      first.frameStarted(header, sender, violations);
      second.frameStarted(header, sender, violations);
    }

    @Override
    public void headerIncomplete(
        IncompleteFrame incomplete,
        FrameHeader known,
        Endpoint sender,
        List<Violation> violations) {
      first.headerIncomplete(incomplete, known, sender, violations);
      second.headerIncomplete(incomplete, known, sender, violations);
    }

    @Override
    public void framePayload(FrameHeader header, ByteBuffer payload, long index) {
      int start = payload.position();
      first.framePayload(header, payload, index);
      second.framePayload(header, payload.position(start), index);
    }

    @Override
    public void frameEnded(FrameHeader header) {
      first.frameEnded(header);
      second.frameEnded(header);
    }

    @Override
    public void control(Opcode opcode, ByteBuffer payload) {
      int start = payload.position();
      first.control(opcode, payload);
      second.control(opcode, payload.position(start));
    }

    @Override
    public void close(@Nullable CloseBody body) {
      first.close(body);
      second.close(body);
    }

    @Override
    public void crossed(long nanos) {
      first.crossed(nanos);
      second.crossed(nanos);
    }

    @Override
    public void fault(@Nullable String id) {
      first.fault(id);
      second.fault(id);
    }

    @Override
    public void gap() {
      first.gap();
      second.gap();
    }

    @Override
    public void failed() {
      first.failed();
      second.failed();
    }

    @Override
    public void ended(@Nullable IncompleteFrame incomplete) {
      first.ended(incomplete);
      second.ended(incomplete);
    }

    @Override
    public void messageStarted(Message message) {
      first.messageStarted(message);
      second.messageStarted(message);
    }

    @Override
    public void messageData(Message message, ByteBuffer data, boolean last) {
      int start = data.position();
      first.messageData(message, data, last);
      second.messageData(message, data.position(start), last);
    }

    @Override
    public void messageEnded(Message message) {
      first.messageEnded(message);
      second.messageEnded(message);
    }

    @Override
    public void messageAbandoned(Message message) {
      first.messageAbandoned(message);
      second.messageAbandoned(message);
    }

    @Override
    public void cause(Endpoint sender, Cause cause) {
      first.cause(sender, cause);
      second.cause(sender, cause);
    }

    @Override
    public void violation(Violation violation) {
      first.violation(violation);
      second.violation(violation);
    }
  }
}
