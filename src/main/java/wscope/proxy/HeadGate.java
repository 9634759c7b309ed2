package wscope.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.Limits;
import wscope.protocol.ResponseFault;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.Interference;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.OutgoingHeaderField;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.handshake.ResponseDecoder;
import wscope.protocol.handshake.ResponseHead;
import wscope.protocol.rule.Endpoint;

/**
 * Finds the end of the server's response, after which frames may be changed, and commits faults in
 * it.
 */
final class HeadGate {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final List<ResponseFault> faults;
  private final RequestHead request;
  private final Limits limits;
  private final ExchangeListener shown;
  private @Nullable ResponseDecoder decoder;

  /**
   * Creates a gate.
   *
   * @param request the request as the server receives it
   */
  HeadGate(List<ResponseFault> faults, RequestHead request, Limits limits, ExchangeListener shown) {
    this.faults = faults;
    this.request = request;
    this.limits = limits;
    this.shown = shown;
    decoder = decoder();
  }

  private ResponseDecoder decoder() {
    return new ResponseDecoder(limits.maxHead(), limits.maxHeaderFields());
  }

  /** Whether the response has passed. */
  boolean isOpen() {
    return decoder == null;
  }

  /**
   * Reads the next bytes, at most to the end of a head.
   *
   * @param in the bytes, whose position moves
   * @return the bytes to pass on now
   */
  ByteBuffer take(ByteBuffer in) {
    ByteBuffer taken = in.duplicate();
    ResponseDecoder reading = decoder;
    if (reading == null) {
      in.position(in.limit());
      return taken;
    }
    boolean complete = reading.feed(in);
    taken.limit(in.position());
    if (!complete) {
      return faults.isEmpty() ? taken : NOTHING;
    }
    ResponseHead head = reading.head();
    boolean interim = head != null && head.status() / 100 == 1 && head.status() != 101;
    decoder = interim ? decoder() : null;
    if (faults.isEmpty()) {
      return taken;
    }
    ByteBuffer received = StandardCharsets.ISO_8859_1.encode(reading.received());
    return head == null || head.status() != 101 ? received : commit(head, received);
  }

  /** The beginning of a head that is not passed on yet, because the server has ended. */
  ByteBuffer rest() {
    ResponseDecoder reading = decoder;
    decoder = null;
    return reading == null || faults.isEmpty()
        ? NOTHING
        : StandardCharsets.ISO_8859_1.encode(reading.received());
  }

  private ByteBuffer commit(ResponseHead head, ByteBuffer received) {
    List<OutgoingHeaderField> fields =
        head.fields().stream()
            .map(field -> new OutgoingHeaderField(field.name(), field.value()))
            .toList();
    HttpResponse response =
        new HttpResponse(head.version(), head.status(), head.reason(), fields, "");
    ByteBuffer sent = received;
    for (ResponseFault fault : faults) {
      HttpResponse faulty = fault.commit(request, response);
      if (faulty == null) {
        shown.event(new Event.FaultImpossible(fault.id()));
      } else {
        response = faulty;
        sent = StandardCharsets.ISO_8859_1.encode(response.head());
        shown.event(
            new Event.Interfered(
                Endpoint.SERVER,
                Interference.FAULT,
                0,
                fault.id(),
                sent.duplicate(),
                sent.remaining()));
      }
    }
    return sent;
  }
}
