package wscope.proxy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import wscope.connection.Behaviour.Trigger;
import wscope.connection.FaultSchedule;
import wscope.protocol.RequestFault;
import wscope.protocol.ResponseFault;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.Interference;
import wscope.protocol.handshake.HttpRequest;
import wscope.protocol.handshake.OutgoingHeaderField;
import wscope.protocol.handshake.RequestDecoder;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.rule.Endpoint;

/** What the user changes in what passes between the two links of a pair. */
final class Edits {
  private final Pair pair;
  private final Proxy proxy;
  private final ExchangeListener shown;
  private final MessageWatch watch;

  /** Finds the end of the response; null if nothing of the server is changed. */
  private @Nullable HeadGate gate;

  private @Nullable Editor ofClient;
  private @Nullable Editor ofServer;
  private long places;

  private Edits(Pair pair, Proxy proxy, ExchangeListener shown, MessageWatch watch) {
    this.pair = pair;
    this.proxy = proxy;
    this.shown = shown;
    this.watch = watch;
  }

  /**
   * The changes of a pair; null if nothing can be changed.
   *
   * @param request the request of the client
   */
  static @Nullable Edits of(
      Pair pair, Proxy proxy, ExchangeListener shown, MessageWatch watch, RequestHead request) {
    ProxySettings settings = proxy.settings();
    boolean none = settings.ofClient().areNone() && settings.ofServer().areNone();
    // The frames of old drafts are none that an editor can read.
    boolean draft = request.first("Sec-WebSocket-Key1") != null;
    return draft || (none && !settings.prompts()) ? null : new Edits(pair, proxy, shown, watch);
  }

  private Changes changes(Endpoint sender) {
    return proxy.settings().of(sender);
  }

  /** Whether frames of an endpoint are changed from the first one on. */
  private boolean areFramesChanged(Endpoint sender) {
    return changes(sender).needFrames(sender);
  }

  /**
   * Commits the faults in the request.
   *
   * @param head the head as it would be passed on otherwise
   */
  ByteBuffer request(ByteBuffer head) {
    RequestHead request = read(head);
    if (request == null) {
      return head;
    }
    ByteBuffer sent = head;
    List<RequestFault> faults =
        changes(Endpoint.CLIENT).faults(Endpoint.CLIENT, RequestFault.class);
    HttpRequest faulty = outgoing(request);
    for (RequestFault fault : faults) {
      HttpRequest next = fault.commit(faulty);
      if (next == null) {
        shown.event(new Event.FaultImpossible(fault.id()));
      } else {
        faulty = next;
        sent = faulty.bytes();
        report(Endpoint.CLIENT, Interference.FAULT, fault.id(), sent.duplicate());
      }
    }
    List<ResponseFault> ofServer =
        changes(Endpoint.SERVER).faults(Endpoint.SERVER, ResponseFault.class);
    if (!ofServer.isEmpty() || proxy.settings().prompts() || opensAfterResponse()) {
      gate = new HeadGate(ofServer, request, proxy.settings().limits(), shown);
    }
    return sent;
  }

  /** Whether the end of the response matters, because what follows it is changed. */
  private boolean opensAfterResponse() {
    return areFramesChanged(Endpoint.SERVER) || changes(Endpoint.SERVER).drop() != null;
  }

  private @Nullable RequestHead read(ByteBuffer head) {
    // There cannot be more fields than bytes.
    RequestDecoder decoder = new RequestDecoder(head.remaining(), head.remaining());
    decoder.feed(head.duplicate());
    return decoder.head();
  }

  private static HttpRequest outgoing(RequestHead head) {
    return new HttpRequest(
        head.method(),
        head.target(),
        head.version(),
        head.fields().stream()
            .map(field -> new OutgoingHeaderField(field.name(), field.value()))
            .toList());
  }

  /** Whether the client's frames must wait for the response, which shows how to read them. */
  boolean waitsForResponse() {
    return areFramesChanged(Endpoint.CLIENT) || changes(Endpoint.CLIENT).drop() != null;
  }

  /** The response has opened the WebSocket. The watch has not read any frame yet. */
  void opened() {
    if (!watch.hasOpened()) {
      return;
    }
    ofClient = open(Endpoint.CLIENT);
    ofServer = open(Endpoint.SERVER);
  }

  private @Nullable Editor open(Endpoint sender) {
    Changes wanted = changes(sender);
    if (wanted.drop() instanceof Trigger.Bytes bytes) {
      pair.to(sender.peer()).cutOff(bytes.count(), () -> pair.drop(bytes, sender));
    }
    if (wanted.stopsReading()) {
      // The sender seems to read nothing, so nothing more is read for it.
      report(sender.peer(), Interference.STOPPED, "", ByteBuffer.allocate(0));
      pair.to(sender.peer()).bar(Leg.Bar.STOPPED, true);
      pair.endAfter(proxy.settings().timeouts().withheld());
    }
    boolean wantsEditor = areFramesChanged(sender) || proxy.settings().prompts();
    if (!wantsEditor || (sender == Endpoint.SERVER && gate == null)) {
      return null;
    }
    IntSupplier keys = proxy.settings().maskingKeys();
    EditedOutput output =
        new EditedOutput(
            sender,
            shown,
            bytes -> pair.to(sender.peer()).gather(bytes),
            watch::closedByProxy,
            watch.compressionOf(sender),
            proxy.pool(),
            keys);
    Delivery delivery = new Delivery(wanted, output, new Host(sender));
    FaultSchedule faults =
        FaultSchedule.of(
            wanted.faults(),
            sender,
            fault -> {
              boolean met = fault.deflate().isMet(watch.agreed(), sender);
              if (!met) {
                shown.event(new Event.FaultImpossible(fault.id()));
              }
              return met;
            });
    Editor editor = new Editor(wanted, faults, output, delivery, proxy.pool());
    watch.edit(sender, editor);
    if (areFramesChanged(sender)) {
      editor.activate(0);
      delivery.begin();
    }
    return editor;
  }

  private void report(Endpoint sender, Interference act, String detail, ByteBuffer sent) {
    shown.event(new Event.Interfered(sender, act, 0, detail, sent, sent.remaining()));
  }

  /** Whether the editor of an endpoint passes on what it sends. */
  boolean isActive(Endpoint sender) {
    Editor editor = editor(sender);
    return editor != null && editor.isActive();
  }

  /**
   * Reads the next bytes before the editor is active, at most to the end of the response.
   *
   * @param in the bytes, whose position moves
   * @return the bytes to pass on now
   */
  ByteBuffer take(Endpoint sender, ByteBuffer in) {
    if (sender == Endpoint.SERVER && gate != null) {
      return gate.take(in);
    }
    ByteBuffer all = in.duplicate();
    in.position(in.limit());
    return all;
  }

  /** The memory of what is not passed on yet. */
  long held(Endpoint sender) {
    Editor editor = editor(sender);
    return editor == null ? 0 : editor.held();
  }

  /** An endpoint has ended its direction, and the watch has read everything. */
  void ended(Endpoint sender, Runnable end) {
    if (sender == Endpoint.SERVER && gate != null) {
      ByteBuffer rest = gate.rest();
      if (rest.hasRemaining()) {
        pair.to(Endpoint.CLIENT).write(rest);
      }
    }
    Editor editor = editor(sender);
    if (editor == null) {
      end.run();
    } else {
      editor
          .delivery()
          .whenEmpty(
              () -> {
                editor.finish();
                end.run();
              });
    }
  }

  /** A link is gone, so what is for its endpoint is discarded. */
  void gone(Endpoint endpoint) {
    Editor editor = editor(endpoint.peer());
    if (editor != null) {
      editor.abandon();
    }
  }

  /** Frees everything, because the pair has ended. */
  void close() {
    if (ofClient != null) {
      ofClient.close();
    }
    if (ofServer != null) {
      ofServer.close();
    }
  }

  private @Nullable Editor editor(Endpoint sender) {
    return sender == Endpoint.CLIENT ? ofClient : ofServer;
  }

  /** Whether the WebSocket is open, and its frames are read. */
  boolean isOpen() {
    return ofClient != null && ofServer != null && !watch.hasGivenUp();
  }

  /** What the user does while the WebSocket is open. */
  UserEdits byUser() {
    return new UserEdits(pair, watch, ofClient, ofServer, proxy.settings().timeouts().close());
  }

  /** Connects the delivery of one direction to its pair. */
  private final class Host implements Delivery.Host {
    private final Endpoint sender;

    Host(Endpoint sender) {
      this.sender = sender;
    }

    @Override
    public void drop(Trigger trigger) {
      pair.drop(trigger, sender);
    }

    @Override
    public void full(boolean on) {
      pair.to(sender).bar(Leg.Bar.FULL, on);
    }

    @Override
    public void fail(String why) {
      pair.fail(why);
    }

    @Override
    public long nextPlace() {
      places++;
      return places;
    }
  }
}
