package wscope.cli.serve;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.event.TeeListener;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/** The listeners of a connection, to which its request may add others. */
final class ShownConnection implements ExchangeListener {
  private final Consumer<Rule> invalidRequest;
  private ExchangeListener shown;
  private Event.@Nullable Connected connected;
  private final long since;
  private final List<Follower> followers = new ArrayList<>(0);
  private final Map<Endpoint, FollowedFrames> frames = new EnumMap<>(Endpoint.class);
  private boolean silent = true;
  private boolean watches;
  private boolean framesBegan;

  /** A listener that may leave. */
  private record Follower(long number, ExchangeListener listener) {}

  /**
   * Creates the listeners of a connection.
   *
   * @param shown the first listener
   * @param since the time at which it began, in nanoseconds
   * @param invalidRequest receives the rule for which the server rejected the request
   */
  ShownConnection(ExchangeListener shown, long since, Consumer<Rule> invalidRequest) {
    this.shown = shown;
    this.since = since;
    this.invalidRequest = invalidRequest;
  }

  /** The time at which the connection began, in nanoseconds. */
  long since() {
    return since;
  }

  /** The address of the peer; null before it is known. */
  Event.@Nullable Address peer() {
    return connected == null ? null : connected.peer();
  }

  /** Whether nothing has arrived but the connection itself. */
  boolean isSilent() {
    return silent;
  }

  /**
   * Hides the handshake and the frames of a client that watches other connections, because they
   * would repeat everything.
   */
  void watches(boolean all) {
    pass(new Event.Watching(all));
    watches = true;
  }

  /** Whether the client of this connection watches others. */
  boolean isWatcher() {
    return watches;
  }

  /**
   * Adds a listener that may leave. It receives everything from now on.
   *
   * @param number the number of the connection that it stands for
   */
  void follow(long number, ExchangeListener listener) {
    followers.add(new Follower(number, listener));
    frames.forEach((sender, followed) -> follow(followed, number, listener, sender));
    if (connected != null) {
      boolean unseen = !frames.containsKey(Endpoint.SERVER) && framesBegan;
      listener.event(new Event.Watched(number, true, unseen ? Endpoint.SERVER : null));
    }
  }

  /** Removes a listener. */
  void unfollow(long number) {
    followers.removeIf(follower -> follower.number() == number);
    frames.values().forEach(followed -> followed.unfollow(number));
  }

  /** Adds a listener, which also receives the first event. */
  void add(ExchangeListener another) {
    if (connected != null) {
      another.event(connected);
    }
    shown = TeeListener.of(shown, another);
  }

  @Override
  public void event(Event event) {
    if (event instanceof Event.Connected first) {
      connected = first;
    } else if (!(event instanceof Event.Disconnected)) {
      silent = false;
    }
    if (event instanceof Event.Request request) {
      request.result().violations().stream()
          .map(Violation::rule)
          .filter(Rule::isError)
          .findFirst()
          .ifPresent(invalidRequest);
    }
    if (!watches || event instanceof Event.Disconnected || event instanceof Event.Lagging) {
      pass(event);
    }
  }

  private void pass(Event event) {
    shown.event(event);
    for (int i = 0; i < followers.size(); i++) {
      followers.get(i).listener().event(event);
    }
  }

  @Override
  public @Nullable FrameListener frames(@Nullable Endpoint sender) {
    if (watches || sender == null) {
      return null;
    }
    framesBegan = true;
    FrameListener first = shown.frames(sender);
    if (first == null && followers.isEmpty()) {
      // The server does not read these frames, which is much faster.
      return null;
    }
    FollowedFrames followed = new FollowedFrames(first);
    frames.put(sender, followed);
    for (Follower follower : followers) {
      follow(followed, follower.number(), follower.listener(), sender);
    }
    return followed;
  }

  private static void follow(
      FollowedFrames followed, long number, ExchangeListener listener, Endpoint sender) {
    FrameListener of = listener.frames(sender);
    if (of != null) {
      followed.follow(number, of);
    }
  }
}
