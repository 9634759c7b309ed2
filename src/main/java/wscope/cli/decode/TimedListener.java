package wscope.cli.decode;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.IncompleteFrame;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.Cause;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/**
 * Passes on what a connection of a capture does in a range of time: its events, and the frames and
 * messages that begin there. The ends of a connection that is open in the range are always passed
 * on.
 */
final class TimedListener implements ExchangeListener {
  private final ExchangeListener target;
  private final TimeRange range;

  /** The event that waits until the connection does something in the range. */
  private Event.@Nullable Captured first;

  /** Whether the connection is not open in the range. */
  private boolean skipped;

  TimedListener(ExchangeListener target, TimeRange range) {
    this.target = target;
    this.range = range;
  }

  /** The listener itself if there is no range. */
  static ExchangeListener of(ExchangeListener target, TimeRange range) {
    return range.given() == null ? target : new TimedListener(target, range);
  }

  @Override
  public void event(Event event) {
    if (event instanceof Event.Captured captured) {
      first = range.isOver() ? null : captured;
      skipped = range.isOver();
    } else if (event instanceof Event.CaptureEnded) {
      skipped |= first != null && !range.hasBegun();
      if (!skipped) {
        passFirst();
        target.event(event);
      }
    } else if (range.isInside()) {
      passFirst();
      target.event(event);
    }
  }

  private void passFirst() {
    Event.Captured waiting = first;
    first = null;
    if (waiting != null) {
      target.event(waiting);
    }
  }

  @Override
  public @Nullable FrameListener frames(@Nullable Endpoint sender) {
    FrameListener frames = target.frames(sender);
    return frames == null ? null : new Frames(frames);
  }

  private final class Frames implements FrameListener {
    private final FrameListener target;
    private boolean inFrame;
    private boolean inMessage;

    Frames(FrameListener target) {
      this.target = target;
    }

    private boolean isInside() {
      boolean inside = range.isInside();
      if (inside) {
        passFirst();
      }
      return inside;
    }

    @Override
    public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {
      inFrame = isInside();
      if (inFrame) {
        target.frameStarted(header, sender, violations);
      }
    }

    @Override
    public void headerIncomplete(
        IncompleteFrame incomplete,
        FrameHeader known,
        Endpoint sender,
        List<Violation> violations) {
      if (isInside()) {
        target.headerIncomplete(incomplete, known, sender, violations);
      }
    }

    @Override
    public void framePayload(FrameHeader header, ByteBuffer payload, long index) {
      if (inFrame) {
        target.framePayload(header, payload, index);
      }
    }

    @Override
    public void frameEnded(FrameHeader header) {
      if (inFrame) {
        target.frameEnded(header);
      }
    }

    @Override
    public void control(Opcode opcode, ByteBuffer payload) {
      if (inFrame) {
        target.control(opcode, payload);
      }
    }

    @Override
    public void close(@Nullable CloseBody body) {
      if (inFrame) {
        target.close(body);
      }
    }

    @Override
    public void messageStarted(Message message) {
      inMessage = inFrame;
      if (inMessage) {
        target.messageStarted(message);
      }
    }

    @Override
    public void messageData(Message message, ByteBuffer data, boolean last) {
      if (inMessage) {
        target.messageData(message, data, last);
      }
    }

    @Override
    public void messageEnded(Message message) {
      if (inMessage) {
        target.messageEnded(message);
      }
      inMessage = false;
    }

    @Override
    public void messageAbandoned(Message message) {
      if (inMessage) {
        target.messageAbandoned(message);
      }
      inMessage = false;
    }

    @Override
    public void violation(Violation violation) {
      if (inFrame) {
        target.violation(violation);
      }
    }

    @Override
    public void cause(Endpoint sender, Cause cause) {
      if (inFrame) {
        target.cause(sender, cause);
      }
    }

    @Override
    public void gap() {
      target.gap();
      inFrame = false;
      inMessage = false;
    }

    @Override
    public void ended(@Nullable IncompleteFrame incomplete) {
      target.ended(inFrame ? incomplete : null);
    }
  }
}
