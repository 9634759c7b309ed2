package wscope.proxy;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.AwaitedInput;
import wscope.protocol.event.Interference;
import wscope.protocol.frame.IncompleteFrame;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.CloseBody;
import wscope.protocol.rule.Endpoint;

/** What the user does to a WebSocket while it is open. */
final class UserEdits {
  private final Pair pair;
  private final MessageWatch watch;
  private final @Nullable Editor ofClient;
  private final @Nullable Editor ofServer;
  private final Duration toClose;

  /**
   * Creates the actions on a pair.
   *
   * @param ofClient the editor of the client's frames; null before the WebSocket is open
   * @param ofServer the editor of the server's frames; null before the WebSocket is open
   * @param toClose the time that the endpoints get to respond to a Close
   */
  UserEdits(
      Pair pair,
      MessageWatch watch,
      @Nullable Editor ofClient,
      @Nullable Editor ofServer,
      Duration toClose) {
    this.pair = pair;
    this.watch = watch;
    this.ofClient = ofClient;
    this.ofServer = ofServer;
    this.toClose = toClose;
  }

  private Editor active(Endpoint sender) {
    Editor editor = sender == Endpoint.CLIENT ? ofClient : ofServer;
    if (editor == null) {
      throw new IllegalStateException("the WebSocket is not open");
    }
    if (!editor.isActive()) {
      // The watch must have seen all that has passed.
      while (watch.isBehind(sender)) {
        watch.catchUp(sender);
      }
      AwaitedInput awaited = watch.awaited(sender);
      IncompleteFrame incomplete = awaited.frame();
      editor.activate(incomplete == null ? 0 : incomplete.header().remaining());
    }
    return editor;
  }

  void hold(boolean on) {
    active(Endpoint.CLIENT).delivery().hold(on);
    active(Endpoint.SERVER).delivery().hold(on);
    pair.changed();
  }

  boolean isHolding() {
    return ofClient != null && ofClient.delivery().isHolding();
  }

  /** The number of messages that wait. */
  int waiting() {
    return (ofClient == null ? 0 : ofClient.delivery().size())
        + (ofServer == null ? 0 : ofServer.delivery().size());
  }

  /** Passes on the message that has waited longest; returns false if none waits. */
  boolean next() {
    boolean found = first().next() || second().next();
    pair.changed();
    return found;
  }

  /** Discards the message that has waited longest; returns false if none waits. */
  boolean drop() {
    boolean found = first().drop() || second().drop();
    pair.changed();
    return found;
  }

  private boolean isServerFirst() {
    return active(Endpoint.SERVER).delivery().firstPlace()
        < active(Endpoint.CLIENT).delivery().firstPlace();
  }

  private Editor first() {
    return active(isServerFirst() ? Endpoint.SERVER : Endpoint.CLIENT);
  }

  private Editor second() {
    return active(isServerFirst() ? Endpoint.CLIENT : Endpoint.SERVER);
  }

  /**
   * Sends a text message as if an endpoint had sent it.
   *
   * @return false if it waits for the end of a message
   */
  boolean inject(Endpoint sender, ByteBuffer text) {
    boolean sent = active(sender).send(Interference.INJECTED, Opcode.TEXT, text);
    pair.changed();
    return sent;
  }

  /** Sends a Close to both endpoints, each as if from the other one. */
  void close(int code, String reason) {
    for (Endpoint sender : Endpoint.values()) {
      ByteBuffer body = CloseBody.of(code, reason).bytes();
      active(sender).send(Interference.INJECTED, Opcode.CLOSE, body);
    }
    pair.endAfter(toClose);
    pair.changed();
  }
}
