package wscope.cli.serve;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
 * Passes the frames of one endpoint to a listener, and to followers that may come and go at any
 * time. A follower begins with the next frame that starts, and with the next message that starts.
 */
final class FollowedFrames implements FrameListener {
  private static final FrameListener NOBODY = new FrameListener() {};

  private final FrameListener first;
  private final List<Follower> followers = new ArrayList<>(1);

  /** A follower, with its place in the stream. */
  private static final class Follower {
    private final long number;
    private final FrameListener listener;
    private boolean started;
    private boolean inMessage;

    Follower(long number, FrameListener listener) {
      this.number = number;
      this.listener = listener;
    }
  }

  FollowedFrames(@Nullable FrameListener first) {
    this.first = first == null ? NOBODY : first;
  }

  /**
   * Adds a follower.
   *
   * @param number the number of its connection
   */
  void follow(long number, FrameListener listener) {
    followers.add(new Follower(number, listener));
  }

  void unfollow(long number) {
    followers.removeIf(follower -> follower.number == number);
  }

  @Override
  public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {
    first.frameStarted(header, sender, violations);
    for (int i = 0; i < followers.size(); i++) {
      followers.get(i).started = true;
      followers.get(i).listener.frameStarted(header, sender, violations);
    }
  }

  @Override
  public void headerIncomplete(
      IncompleteFrame incomplete, FrameHeader known, Endpoint sender, List<Violation> violations) {
    first.headerIncomplete(incomplete, known, sender, violations);
    for (int i = 0; i < followers.size(); i++) {
      followers.get(i).listener.headerIncomplete(incomplete, known, sender, violations);
    }
  }

  @Override
  public void framePayload(FrameHeader header, ByteBuffer payload, long index) {
    int start = payload.position();
    first.framePayload(header, payload, index);
    for (int i = 0; i < followers.size(); i++) {
      if (followers.get(i).started) {
        followers.get(i).listener.framePayload(header, payload.position(start), index);
      }
    }
  }

  @Override
  public void frameEnded(FrameHeader header) {
    first.frameEnded(header);
    for (int i = 0; i < followers.size(); i++) {
      if (followers.get(i).started) {
        followers.get(i).listener.frameEnded(header);
      }
    }
  }

  @Override
  public void control(Opcode opcode, ByteBuffer payload) {
    int start = payload.position();
    first.control(opcode, payload);
    for (int i = 0; i < followers.size(); i++) {
      if (followers.get(i).started) {
        followers.get(i).listener.control(opcode, payload.position(start));
      }
    }
  }

  @Override
  public void close(@Nullable CloseBody body) {
    first.close(body);
    for (int i = 0; i < followers.size(); i++) {
      if (followers.get(i).started) {
        followers.get(i).listener.close(body);
      }
    }
  }

  @Override
  public void fault(@Nullable String id) {
    first.fault(id);
    for (int i = 0; i < followers.size(); i++) {
      followers.get(i).listener.fault(id);
    }
  }

  @Override
  public void failed() {
    first.failed();
    for (int i = 0; i < followers.size(); i++) {
      followers.get(i).listener.failed();
    }
  }

  @Override
  public void ended(@Nullable IncompleteFrame incomplete) {
    first.ended(incomplete);
    for (int i = 0; i < followers.size(); i++) {
      followers.get(i).listener.ended(followers.get(i).started ? incomplete : null);
    }
  }

  @Override
  public void messageStarted(Message message) {
    first.messageStarted(message);
    for (int i = 0; i < followers.size(); i++) {
      followers.get(i).inMessage = true;
      followers.get(i).listener.messageStarted(message);
    }
  }

  @Override
  public void messageData(Message message, ByteBuffer data, boolean last) {
    int start = data.position();
    first.messageData(message, data, last);
    for (int i = 0; i < followers.size(); i++) {
      if (followers.get(i).inMessage) {
        followers.get(i).listener.messageData(message, data.position(start), last);
      }
    }
  }

  @Override
  public void messageEnded(Message message) {
    first.messageEnded(message);
    for (int i = 0; i < followers.size(); i++) {
      if (followers.get(i).inMessage) {
        followers.get(i).inMessage = false;
        followers.get(i).listener.messageEnded(message);
      }
    }
  }

  @Override
  public void messageAbandoned(Message message) {
    first.messageAbandoned(message);
    for (int i = 0; i < followers.size(); i++) {
      if (followers.get(i).inMessage) {
        followers.get(i).inMessage = false;
        followers.get(i).listener.messageAbandoned(message);
      }
    }
  }

  @Override
  public void cause(Endpoint sender, Cause cause) {
    first.cause(sender, cause);
    for (int i = 0; i < followers.size(); i++) {
      if (followers.get(i).started) {
        followers.get(i).listener.cause(sender, cause);
      }
    }
  }

  @Override
  public void violation(Violation violation) {
    first.violation(violation);
    for (int i = 0; i < followers.size(); i++) {
      if (followers.get(i).started) {
        followers.get(i).listener.violation(violation);
      }
    }
  }
}
