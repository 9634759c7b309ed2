package wscope.proxy;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import wscope.connection.Addresses;
import wscope.net.Link;
import wscope.protocol.event.Event;
import wscope.protocol.rule.Endpoint;

/** A connection of a proxy, as its user sees and changes it. Use it on the loop's thread only. */
public final class ProxiedConnection {
  private final Pair pair;
  private final Link client;
  private final Route route;
  private final PairEnd end;
  private final @Nullable Edits edits;

  /**
   * Creates the view of a pair.
   *
   * @param edits what the user changes; null if nothing can be changed
   */
  ProxiedConnection(Pair pair, Link client, Route route, PairEnd end, @Nullable Edits edits) {
    this.pair = pair;
    this.client = client;
    this.route = route;
    this.end = end;
    this.edits = edits;
  }

  /** The number of the connection, from 1. */
  public long number() {
    return pair.number();
  }

  /** The address of the client. */
  public Event.Address clientAddress() {
    return Addresses.of(client.remote());
  }

  /** The URL of the server, without the path. */
  public String serverUrl() {
    String scheme = route.target().secure() ? "wss://" : "ws://";
    return scheme + route.target().authority();
  }

  /** The time since the request. */
  public Duration lasted() {
    return Duration.ofNanos(end.lasted());
  }

  /**
   * Whether the WebSocket is open, so that its messages can be changed. Until the last message that
   * waits has passed, it stays so after its end.
   */
  public boolean isOpen() {
    return edits != null && edits.isOpen() && (!end.isKnown() || waiting() > 0);
  }

  /** Whether it is a WebSocket, open or not. */
  public boolean isWebSocket() {
    return pair.watch() instanceof MessageWatch;
  }

  /** Whether messages wait until the user lets them pass. */
  public boolean isHolding() {
    return edits != null && edits.byUser().isHolding();
  }

  /** The number of messages that wait. */
  public int waiting() {
    return edits == null ? 0 : edits.byUser().waiting();
  }

  /** Lets messages wait from now on, or passes on all that wait. Only if it is open. */
  public void hold(boolean on) {
    opened().hold(on);
  }

  /** Passes on the message that has waited longest; returns false if none waits. */
  public boolean next() {
    return opened().next();
  }

  /** Discards the message that has waited longest; returns false if none waits. */
  public boolean dropNext() {
    return opened().drop();
  }

  /**
   * Sends a text message as if an endpoint had sent it. Only if it is open.
   *
   * @param text UTF-8
   * @return false if it is sent later, because the endpoint is sending a message
   */
  public boolean inject(Endpoint sender, ByteBuffer text) {
    return opened().inject(sender, text);
  }

  /** Sends a Close to both endpoints, each as if from the other one. Only if it is open. */
  public void close(int code, String reason) {
    opened().close(code, reason);
  }

  private UserEdits opened() {
    if (edits == null) {
      throw new IllegalStateException("nothing can be changed");
    }
    return edits.byUser();
  }
}
