package wscope.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wscope.connection.match.Captures;
import wscope.connection.match.Subject;
import wscope.connection.reply.Action;
import wscope.connection.reply.Memory;
import wscope.connection.reply.NotDone;
import wscope.connection.reply.PacketStream;
import wscope.connection.reply.Replies;
import wscope.connection.reply.ReplyRule;
import wscope.connection.reply.ReplyRule.Occasion;
import wscope.connection.reply.Script;
import wscope.connection.reply.Values;
import wscope.net.Deadline;
import wscope.net.Link;
import wscope.protocol.FrameFault;
import wscope.protocol.SendResult;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.event.Event;
import wscope.protocol.frame.Opcode;

/** Runs the actions of a script on one connection. */
final class Replier {
  /** The approximate overhead of actions that wait, in bytes. */
  private static final int OVERHEAD = 512;

  /** The time in nanoseconds after which further packets wait, so that others have their turns. */
  private static final long TURN_NANOS = 1_000_000;

  /** The time after which to look again whether the peer has read enough of its output. */
  private static final Duration RETRY = Duration.ofMillis(10);

  private final Connection connection;
  private final BehaviourHandler handler;
  private final Link link;
  private final Replies replies;
  private final Set<Deadline> timers = new HashSet<>();
  private @Nullable Script script;
  private Memory memory = new Memory();
  private @Nullable PacketStream packets;

  /** Whether a timer runs the actions for the packets that wait. */
  private boolean morePackets;

  private long received;
  private long waiting;

  Replier(Connection connection, BehaviourHandler handler, Link link, Replies replies) {
    this.connection = connection;
    this.handler = handler;
    this.link = link;
    this.replies = replies;
  }

  /** The number of bytes that actions with a delay hold, and those of an incomplete packet. */
  long waiting() {
    return waiting + (packets == null ? 0 : packets.waiting());
  }

  /** Runs the actions that are due when the WebSocket opens, and starts the intervals. */
  void opened() {
    Script now = follow();
    if (now == null) {
      return;
    }
    for (ReplyRule rule : now.rules()) {
      if (rule.occasion() instanceof Occasion.Interval interval) {
        repeat(now, rule, interval.time());
      }
    }
    apply(now, 0, values(null));
  }

  /** Whether there is a script, whatever it says. */
  boolean hasScript() {
    return follow() != null;
  }

  /** Runs the actions for a message, if there is a script. */
  void message(Opcode type, ByteBuffer payload) {
    Script now = follow();
    if (now == null) {
      return;
    }
    // A copy for the script, and one for packets or a text.
    if (!connection.fits(2 * BufferPool.memory(payload.remaining()))) {
      handler.giveUp();
      return;
    }
    byte[] bytes = new byte[payload.remaining()];
    payload.duplicate().get(bytes);
    PacketStream stream = packets;
    if (type == Opcode.BINARY && stream != null) {
      stream.add(bytes);
      if (!morePackets) {
        packets(now, stream);
      }
    } else {
      message(now, new Subject(type, bytes));
    }
  }

  /** Cancels all actions that wait. */
  void stop() {
    timers.forEach(Deadline::cancel);
    timers.clear();
    waiting = 0;
    packets = null;
  }

  /** The current script. If it is a new one, what the old one remembered is forgotten. */
  private @Nullable Script follow() {
    Script now = replies.current();
    if (now != script) {
      script = now;
      memory = new Memory();
      morePackets = false;
      packets = now == null || now.packets() == null ? null : new PacketStream(now.packets());
    }
    return now;
  }

  /** Runs the actions for some packets, and lets other connections get their turns. */
  private void packets(Script now, PacketStream stream) {
    morePackets = false;
    long start = System.nanoTime();
    byte[] packet = stream.next();
    while (packet != null) {
      message(now, new Subject(Opcode.BINARY, packet));
      if (System.nanoTime() - start > TURN_NANOS) {
        morePackets = true;
        later(connection.isBackedUp() ? RETRY : Duration.ZERO, 0, () -> morePackets(now, stream));
        return;
      }
      packet = stream.next();
    }
    String trouble = stream.takeTrouble();
    if (trouble != null) {
      connection.report(new Event.Reply(now.name(), 0, 0, trouble));
    }
    connection.balance();
  }

  private void morePackets(Script now, PacketStream stream) {
    if (packets == stream) {
      packets(now, stream);
    }
  }

  private void message(Script now, Subject subject) {
    received++;
    apply(now, 0, values(subject));
  }

  private Values values(@Nullable Subject subject) {
    return new Values(connection.number(), received, subject, Captures.NONE, memory);
  }

  /**
   * Applies the first rule that fits.
   *
   * @param first the index of the first rule to try
   */
  private void apply(Script now, int first, Values values) {
    List<ReplyRule> rules = now.rules();
    for (int i = first; i < rules.size(); i++) {
      Values captured = test(now, rules.get(i), values);
      if (captured != null) {
        begin(now, rules.get(i), captured);
        return;
      }
    }
  }

  /** Tests a rule; returns the values that its actions can insert, or null if it does not fit. */
  private @Nullable Values test(Script now, ReplyRule rule, Values values) {
    Subject subject = values.subject();
    Captures captures = null;
    if (subject == null) {
      captures = rule.occasion() instanceof Occasion.Opening ? Captures.NONE : null;
    } else if (rule.occasion() instanceof Occasion.Message message) {
      captures = message.condition().test(subject);
      String doubt = subject.takeDoubt();
      if (doubt != null) {
        report(now, rule, doubt);
      }
    }
    Values captured = captures == null ? null : values.with(captures);
    return captured != null && rule.isPermitted(captured) ? captured : null;
  }

  private void begin(Script now, ReplyRule rule, Values values) {
    report(now, rule, null);
    run(now, rule, 0, values);
  }

  private void report(Script now, ReplyRule rule, @Nullable String trouble) {
    connection.report(new Event.Reply(now.name(), rule.number(), rule.line(), trouble));
  }

  /** Runs the actions of a rule, beginning with the one with an index. */
  private void run(Script now, ReplyRule rule, int first, Values values) {
    List<Action> actions = rule.actions();
    for (int i = first; i < actions.size(); i++) {
      int following = i + 1;
      if (actions.get(i) instanceof Action.Delay delay) {
        Subject subject = values.subject();
        int length = subject == null ? 0 : subject.payload().length;
        long bytes = OVERHEAD + BufferPool.memory(length);
        later(delay.time(), bytes, () -> run(now, rule, following, values));
        return;
      }
      try {
        run(now, rule, actions.get(i), values);
      } catch (NotDone e) {
        report(now, rule, "action " + following + " is not done: " + e.getMessage());
      }
    }
  }

  private void run(Script now, ReplyRule rule, Action action, Values values) throws NotDone {
    Subject subject = values.subject();
    if (action instanceof Action.SendText send) {
      send(Opcode.TEXT, send.text().text(values).getBytes(UTF_8));
    } else if (action instanceof Action.SendBytes send) {
      send(Opcode.BINARY, send.bytes().bytes(values));
    } else if (action instanceof Action.SendFile send) {
      send(send.type(), send.content().bytes());
    } else if (action instanceof Action.Echo && subject != null) {
      send(subject.type(), subject.payload());
    } else if (action instanceof Action.Close close) {
      handler.afterReplies(() -> connection.close(close.code(), close.reason()));
    } else if (action instanceof Action.Commit commit) {
      ByteBuffer text = ByteBuffer.wrap(commit.text().text(values).getBytes(UTF_8));
      check(connection.check(Opcode.TEXT));
      handler.afterReplies(() -> commit(now, rule, commit.fault(), text));
    } else if (action instanceof Action.Remember remember) {
      remember.in(values);
    } else if (action instanceof Action.Next) {
      apply(now, rule.number(), values);
    }
  }

  private void send(Opcode type, byte[] payload) throws NotDone {
    check(connection.check(type));
    handler.sendScripted(type, ByteBuffer.wrap(payload));
  }

  private void commit(Script now, ReplyRule rule, FrameFault fault, ByteBuffer text) {
    try {
      check(connection.commit(fault, text));
    } catch (NotDone e) {
      report(now, rule, fault.id() + " is not committed: " + e.getMessage());
    }
  }

  private static void check(SendResult result) throws NotDone {
    if (!result.isSent()) {
      throw new NotDone(result.reason());
    }
  }

  /** Runs the actions of a rule again and again, as long as its script is the current one. */
  private void repeat(Script now, ReplyRule rule, Duration interval) {
    later(
        interval,
        0,
        () -> {
          if (follow() == now) {
            repeat(now, rule, interval);
            Values values = values(null);
            if (!connection.isLagging() && rule.isPermitted(values)) {
              begin(now, rule, values);
            }
          }
        });
  }

  /**
   * Runs an action after a delay.
   *
   * @param bytes the memory that the action holds
   */
  private void later(Duration delay, long bytes, Runnable action) {
    waiting += bytes;
    Deadline[] own = new Deadline[1];
    own[0] =
        link.after(
            delay,
            () -> {
              timers.remove(own[0]);
              waiting -= bytes;
              action.run();
              connection.balance();
            });
    timers.add(own[0]);
    connection.balance();
  }
}
