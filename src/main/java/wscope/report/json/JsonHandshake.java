package wscope.report.json;

import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.deflate.DeflateResponse;
import wscope.protocol.event.Event;
import wscope.protocol.handshake.AcceptCause;
import wscope.protocol.handshake.ClientHandshake;
import wscope.protocol.handshake.HandshakeResult;
import wscope.protocol.handshake.HeaderField;
import wscope.protocol.handshake.LegacyProtocol;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.handshake.ResponseHead;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/**
 * Writes the lines of a handshake: one for each head, followed by its violations. A raw head has
 * one character for each byte (ISO 8859-1).
 */
final class JsonHandshake {
  private static final String TYPE = "handshake";

  private final JsonLines lines;
  private final JsonPrinter printer;

  JsonHandshake(JsonLines lines, JsonPrinter printer) {
    this.lines = lines;
    this.printer = printer;
  }

  /** Writes the head of a request. */
  void request(Event.Request event) {
    RequestHead head = event.head();
    HandshakeResult result = event.result();
    begin(Endpoint.CLIENT, event.offset(), event.raw(), true);
    if (head == null) {
      lines.put(Property.RECEIVED, event.raw());
    } else {
      lines.put(Property.METHOD, head.method()).put(Property.TARGET, head.target());
      lines.put(Property.VERSION, head.version());
      fields(head.fields());
      LegacyProtocol legacy = LegacyProtocol.of(head);
      lines.put(Property.LEGACY_PROTOCOL, legacy == null ? null : legacy.document());
    }
    if (result instanceof HandshakeResult.Accepted accepted) {
      lines.put(Property.OUTCOME, "accepted").put(Property.KEY, accepted.key().key());
      lines.put(Property.ACCEPT, accepted.key().value());
      offered(accepted.request().subprotocols());
      lines.put(Property.SUBPROTOCOL, accepted.subprotocol());
      deflate(accepted.deflate());
    } else if (result instanceof HandshakeResult.Rejected rejected) {
      lines.put(Property.OUTCOME, "refused").putText(Property.WHY, rejected.why());
    } else {
      boolean refused = result instanceof HandshakeResult.Invalid;
      lines.put(Property.OUTCOME, refused ? "refused" : "plain");
    }
    end(Endpoint.CLIENT, result.violations());
  }

  /** Writes the head of a response. */
  void response(Event.Response event) {
    ResponseHead head = event.head();
    List<Violation> violations = event.violations();
    begin(Endpoint.SERVER, event.offset(), event.raw(), true);
    if (head == null) {
      lines.put(Property.RECEIVED, event.raw());
    } else {
      lines.put(Property.VERSION, head.version()).put(Property.STATUS, head.status());
      lines.put(Property.REASON, head.reason());
      fields(head.fields());
      LegacyProtocol legacy = LegacyProtocol.of(head);
      lines.put(Property.LEGACY_PROTOCOL, legacy == null ? null : legacy.document());
    }
    lines.put(Property.OUTCOME, event.isInterim() ? "interim" : outcome(head, violations));
    mistakes(ClientHandshake.acceptCause(event.request(), head));
    end(Endpoint.SERVER, violations);
  }

  /** Writes a head that is incomplete at the end of the input. */
  void incomplete(Event.HeadIncomplete event) {
    begin(event.sender(), event.offset(), event.raw(), false);
    lines.put(Property.RECEIVED, event.raw());
    end(event.sender(), List.of());
  }

  private void begin(Endpoint sender, long offset, String received, boolean complete) {
    printer.begin(TYPE, sender).put(Property.OFFSET, offset);
    lines.put(Property.LENGTH, received.length()).put(Property.COMPLETE, complete);
    if (printer.isRaw()) {
      lines.put(Property.RAW, received);
    }
  }

  private void end(Endpoint sender, List<Violation> violations) {
    printer.rules(violations);
    lines.end();
    printer.violations(sender, violations);
  }

  private void offered(List<String> subprotocols) {
    if (!subprotocols.isEmpty()) {
      lines.beginArray(Property.OFFERED_SUBPROTOCOLS);
      subprotocols.forEach(lines::add);
      lines.endArray();
    }
  }

  private void deflate(DeflateResponse response) {
    DeflateParameters agreed = response.agreed();
    if (agreed != null) {
      lines.beginObject(Property.DEFLATE);
      lines.put(Property.SERVER_NO_CONTEXT_TAKEOVER, agreed.serverNoContextTakeover());
      lines.put(Property.CLIENT_NO_CONTEXT_TAKEOVER, agreed.clientNoContextTakeover());
      lines.put(Property.SERVER_MAX_WINDOW_BITS, agreed.serverMaxWindowBits());
      lines.put(Property.CLIENT_MAX_WINDOW_BITS, agreed.clientMaxWindowBits()).endObject();
    }
    if (!response.declined().isEmpty()) {
      lines.beginArray(Property.DECLINED_OFFERS);
      for (DeflateResponse.Declined declined : response.declined()) {
        lines.beginObject().put(Property.OFFER, declined.offer());
        lines.putText(Property.PARAMETER, declined.parameter().toString());
        lines.putText(Property.WHY, declined.why()).endObject();
      }
      lines.endArray();
    }
  }

  private void mistakes(@Nullable AcceptCause cause) {
    if (cause != null) {
      lines.beginArray(Property.MISTAKES);
      cause.steps().forEach(step -> lines.add(step.mistake().id()));
      lines.endArray();
    }
  }

  private void fields(List<HeaderField> fields) {
    lines.beginArray(Property.FIELDS);
    for (HeaderField field : fields) {
      lines.beginObject().put(Property.NAME, field.name());
      lines.put(Property.VALUE, field.value()).endObject();
    }
    lines.endArray();
  }

  /** The outcome that a response has for the client. */
  private static String outcome(@Nullable ResponseHead head, List<Violation> violations) {
    if (head != null && head.status() != 101) {
      return "refused";
    }
    boolean broken = violations.stream().anyMatch(violation -> violation.rule().isError());
    return head == null || broken ? "failed" : "accepted";
  }
}
