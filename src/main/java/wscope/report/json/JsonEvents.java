package wscope.report.json;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.event.Awaited;
import wscope.protocol.event.Event;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Incomplete;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.CloseCode;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;
import wscope.report.Advice;
import wscope.report.Totals;

/**
 * Writes the lines of a connection: what each holds, and in which order. Their schema is {@code
 * events.schema.json}. A property without a value is left out; none is null.
 */
final class JsonEvents {
  private final JsonLines lines;
  private final Advice advice;
  private final @Nullable EventTime time;
  private final long connection;

  private JsonEvents(JsonLines lines, Advice advice, @Nullable EventTime time, long connection) {
    this.lines = lines;
    this.advice = advice;
    this.time = time;
    this.connection = connection;
  }

  /** For a stream that is decoded, which has neither a number nor times. */
  static JsonEvents ofStream(JsonLines lines, Advice advice) {
    return new JsonEvents(lines, advice, null, 0);
  }

  /**
   * For a connection to a server.
   *
   * @param number of the connection, from 1
   */
  static JsonEvents ofConnection(JsonLines lines, Advice advice, EventTime time, long number) {
    return new JsonEvents(lines, advice, time, number);
  }

  /** Begins a line about what an end sends. */
  JsonLines begin(String type, @Nullable Endpoint sender) {
    lines.begin(type);
    if (time != null) {
      lines.put(Property.TIME, time).put(Property.CONNECTION, connection);
    }
    return sender == null ? lines : lines.put(Property.SENDER, sender.id());
  }

  /**
   * A frame.
   *
   * @param complete whether its whole payload has come
   * @param violations of its header
   * @param payload its first bytes, unmasked
   */
  void frame(
      Endpoint sender,
      FrameHeader header,
      boolean complete,
      List<Violation> violations,
      ByteBuffer payload,
      boolean text,
      long omitted) {
    begin("frame", sender);
    lines.put(Property.NUMBER, header.number());
    lines.put(Property.OFFSET, header.offset());
    lines.put(Property.HEADER_LENGTH, header.size());
    lines.putUnsigned(Property.PAYLOAD_LENGTH, header.payloadLength());
    lines.put(Property.FIN, header.fin());
    lines.put(Property.RSV1, header.rsv1());
    lines.put(Property.RSV2, header.rsv2());
    lines.put(Property.RSV3, header.rsv3());
    opcode(header.opcode());
    lines.put(Property.MASKED, header.masked());
    if (header.masked()) {
      lines.putHex(Property.MASKING_KEY, header.maskingKey());
    }
    lines.put(Property.LENGTH_FORM, header.lengthForm().bits());
    lines.put(Property.COMPLETE, complete);
    rules(violations);
    lines.putPayload(payload, text, omitted).end();
  }

  /**
   * A message.
   *
   * @param payload its first bytes
   */
  void message(Message message, boolean complete, ByteBuffer payload, boolean text, long omitted) {
    begin("message", message.sender());
    lines.put(Property.NUMBER, message.number());
    lines.put(Property.KIND, message.type().label());
    lines.put(Property.FRAMES, message.frames());
    lines.put(Property.LENGTH, message.length());
    lines.put(Property.COMPLETE, complete);
    DeflateParameters agreed = message.compression();
    if (agreed != null) {
      lines.beginObject(Property.COMPRESSION).put(Property.LENGTH, message.wireLength());
      lines.put(Property.WINDOW_BITS, agreed.maxWindowBits(message.sender()));
      boolean takeover = agreed.takesContextOver(message.sender());
      lines.put(Property.CONTEXT_TAKEOVER, takeover).endObject();
    }
    lines.putPayload(payload, text, omitted).end();
  }

  /**
   * A ping, a pong or a reserved control frame.
   *
   * @param preview how many bytes of the payload are shown
   */
  void control(Endpoint sender, long frame, Opcode opcode, ByteBuffer payload, long preview) {
    begin("control", sender).put(Property.FRAME, frame);
    opcode(opcode);
    int length = payload.remaining();
    lines.put(Property.LENGTH, length);
    int shown = (int) Math.min(length, preview);
    ByteBuffer first = payload.duplicate().limit(payload.position() + shown);
    lines.putPayload(first, !opcode.isReserved(), length - shown).end();
  }

  /** A Close frame; its body is null if it is one byte. */
  void close(Endpoint sender, long frame, @Nullable CloseBody body) {
    begin("close", sender).put(Property.FRAME, frame);
    if (body != null) {
      closeBody(body);
    }
    lines.end();
  }

  /** The properties of a Close's body. */
  void closeBody(CloseBody body) {
    if (body.hasCode()) {
      lines.put(Property.CODE, body.code());
      lines.put(Property.CODE_NAME, CloseCode.label(body.code()));
      lines.putBytes(Property.REASON, Property.REASON_BASE64, body.reason());
    }
  }

  /** A broken rule. */
  void violation(Endpoint sender, Violation violation) {
    Rule rule = violation.rule();
    begin("violation", sender);
    if (violation.frame() > 0) {
      lines.put(Property.FRAME, violation.frame());
    }
    lines.put(Property.OFFSET, violation.offset());
    lines.put(Property.RULE, rule.id());
    lines.put(Property.SEVERITY, rule.isError() ? "error" : "warning");
    lines.put(Property.CITATION, rule.citation());
    lines.putAny(Property.CLOSE_CODE, rule.closeCode());
    lines.putAny(Property.HTTP_STATUS, rule.httpStatus());
    lines.putWords(Property.FOUND, violation.found());
    lines.put(Property.TITLE, rule.title());
    lines.put(Property.HINT, rule.hint() + advice.onRule(rule)).end();
  }

  /**
   * The end of a stream.
   *
   * @param unfinished numbers of the messages that are open
   * @param incomplete the frame that it tears, if it does
   * @param torn what it tears of a handshake, if it does
   */
  void end(
      @Nullable Endpoint sender,
      Totals totals,
      long[] unfinished,
      @Nullable Incomplete incomplete,
      @Nullable TornHandshake torn) {
    begin("end", sender);
    lines.put(Property.FRAMES, totals.frames());
    lines.put(Property.MESSAGES, totals.messages());
    lines.put(Property.VIOLATIONS, totals.violations());
    lines.put(Property.ERRORS, totals.errors());
    lines.beginArray(Property.UNFINISHED_MESSAGES);
    for (long number : unfinished) {
      lines.add(number);
    }
    lines.endArray();
    if (incomplete != null) {
      incomplete(incomplete);
    } else if (torn != null) {
      lines.beginObject(Property.INCOMPLETE).put(Property.FIELD, torn.field());
      lines.put(Property.OFFSET, torn.offset());
      if (torn.missing() > 0) {
        lines.put(Property.MISSING, torn.missing());
      }
      lines.endObject();
    }
    lines.end();
  }

  /** The ids of broken rules. */
  void rules(List<Violation> violations) {
    lines.beginArray(Property.VIOLATIONS);
    for (int i = 0; i < violations.size(); i++) {
      lines.add(violations.get(i).rule().id());
    }
    lines.endArray();
  }

  /** The address of a peer. */
  void address(Event.Address address) {
    address(lines, address);
  }

  /** An address of TCP. */
  static void address(JsonLines lines, Event.Address address) {
    lines.put(Property.ADDRESS, address.host()).put(Property.PORT, address.port());
  }

  /** What a peer owes. */
  void awaited(Awaited awaited) {
    lines.put(Property.AWAITED, awaited.what().id());
    Incomplete frame = awaited.frame();
    if (frame != null) {
      incomplete(frame);
    }
    lines.beginArray(Property.UNFINISHED_MESSAGES);
    awaited.open().forEach(message -> lines.add(message.number()));
    lines.endArray();
  }

  private void incomplete(Incomplete incomplete) {
    lines.beginObject(Property.INCOMPLETE).put(Property.FRAME, incomplete.frame());
    lines.put(Property.FIELD, incomplete.field().label());
    lines.put(Property.OFFSET, incomplete.offset());
    lines.putUnsigned(Property.MISSING, incomplete.missing()).endObject();
  }

  private void opcode(Opcode opcode) {
    lines.put(Property.OPCODE, opcode.code());
    lines.put(Property.OPCODE_NAME, opcode.label());
  }
}
