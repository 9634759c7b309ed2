package wscope.report.json;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.event.AwaitedInput;
import wscope.protocol.event.Event;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.IncompleteFrame;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.Cause;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.CloseCode;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;
import wscope.report.Detail;
import wscope.report.FrameEntry;
import wscope.report.IncompleteHandshake;
import wscope.report.LiveView;
import wscope.report.MessageEntry;
import wscope.report.Printer;
import wscope.report.StreamEnd;
import wscope.report.Totals;

/**
 * Prints frames, messages, closes and violations as JSON. Their schema is {@code
 * events.schema.json}. Properties without a value are omitted, never null.
 */
abstract class JsonPrinter implements Printer {
  private static final long NANOS_PER_MICRO = 1_000;
  private static final HeaderBits HEADER_BITS = new HeaderBits();

  final JsonLines lines;
  final LiveView view;
  private final @Nullable EventTime time;
  private final long connection;
  private final boolean raw;

  /**
   * The frame whose header has arrived but whose line is not written yet. Only a recording has one.
   */
  private @Nullable FrameEntry begun;

  /**
   * Creates a printer.
   *
   * @param time the time of events; null for a decoded stream, which has neither times nor a number
   * @param connection the number of the connection, from 1
   * @param raw whether to write raw heads and headers too
   */
  JsonPrinter(
      JsonLines lines, LiveView view, @Nullable EventTime time, long connection, boolean raw) {
    this.lines = lines;
    this.view = view;
    this.time = time;
    this.connection = connection;
    this.raw = raw;
  }

  /** Whether raw heads and headers are written too. */
  boolean isRaw() {
    return raw;
  }

  /** Begins a line about something that an endpoint sent. */
  JsonLines begin(String type, @Nullable Endpoint sender) {
    FrameEntry frame = begun;
    if (frame != null) {
      // This event happened inside a frame, after its header.
      begun = null;
      begin("frame-header", frame.sender()).put(Property.NUMBER, frame.header().number());
      lines.putHex(Property.HEADER, frame.header()).end();
    }
    lines.begin(type);
    if (time != null) {
      lines.put(Property.TIME, time).put(Property.CONNECTION, connection);
    }
    return sender == null ? lines : lines.put(Property.SENDER, sender.id());
  }

  @Override
  public boolean frameStarted(FrameEntry frame) {
    // Write the frame in one line, together with its payload.
    if (raw) {
      begun = frame;
    }
    return false;
  }

  @Override
  public void frameEnded(FrameEntry frame) {
    if (begun == frame) {
      begun = null;
    }
    if (view.detail().atLeast(Detail.FRAMES)) {
      frame(frame);
    }
    violations(frame.sender(), frame.headerViolations(), frame.fault());
    violations(frame.sender(), frame.payloadViolations(), frame.fault());
  }

  @Override
  public void headerIncomplete(
      IncompleteFrame incomplete, FrameHeader known, Endpoint sender, List<Violation> violations) {
    if (view.detail().atLeast(Detail.FRAMES)) {
      begin("incomplete-header", sender).put(Property.NUMBER, known.number());
      lines.put(Property.OFFSET, known.offset());
      lines.putHex(Property.HEADER, incomplete.header());
      HeaderBits.firstByte(lines, known);
      if (incomplete.hasSecondByte()) {
        lines.put(Property.MASKED, known.masked());
        lines.put(Property.LENGTH_FORM, known.lengthForm().bits());
      }
      if (incomplete.hasLength()) {
        lines.putUnsigned(Property.PAYLOAD_LENGTH, known.payloadLength());
      }
      rules(violations);
      lines.end();
    }
    violations(sender, violations);
  }

  private void frame(FrameEntry frame) {
    FrameHeader header = frame.header();
    begin("frame", frame.sender());
    lines.put(Property.NUMBER, header.number());
    lines.put(Property.OFFSET, header.offset());
    lines.put(Property.HEADER_LENGTH, header.size());
    lines.putUnsigned(Property.PAYLOAD_LENGTH, header.payloadLength());
    lines.putEncoded(Property.FIN, HEADER_BITS.of(header));
    if (header.masked() && !header.isLogged()) {
      lines.putHex(Property.MASKING_KEY, header.maskingKey());
    }
    lines.put(Property.LENGTH_FORM, header.lengthForm().bits());
    if (raw) {
      lines.putHex(Property.HEADER, header);
    }
    lines.put(Property.COMPLETE, frame.isComplete());
    rules(frame.headerViolations());
    String fault = frame.fault();
    if (fault != null) {
      lines.put(Property.FAULT, fault);
    }
    if (frame.hasCrossed()) {
      if (frame.crossing() < 0) {
        lines.put(Property.QUEUED, true);
      } else {
        lines.put(Property.CROSSING_MICROS, frame.crossing() / NANOS_PER_MICRO);
      }
    }
    if (header.isLogged()) {
      lines.put(Property.LOGGED, true).end();
    } else {
      lines.putPayload(frame.payload(), frame.isText(), frame.omitted()).end();
    }
  }

  @Override
  public void message(FrameEntry last, MessageEntry entry, MessageEntry.Fate fate) {
    Message message = entry.message();
    begin("message", message.sender());
    lines.put(Property.NUMBER, message.number());
    lines.put(Property.KIND, message.type().label());
    if (message.frames() > 0) {
      lines.put(Property.FRAMES, message.frames());
    }
    lines.put(Property.LENGTH, message.length());
    lines.put(Property.COMPLETE, fate == MessageEntry.Fate.COMPLETE && !message.isContextUnknown());
    DeflateParameters agreed = message.compression();
    if (agreed != null) {
      lines.beginObject(Property.COMPRESSION).put(Property.LENGTH, message.wireLength());
      lines.put(Property.WINDOW_BITS, agreed.maxWindowBits(message.sender()));
      boolean takeover = agreed.takesContextOver(message.sender());
      lines.put(Property.CONTEXT_TAKEOVER, takeover);
      if (message.isCompressionAssumed()) {
        lines.put(Property.ASSUMED, true);
      }
      lines.endObject();
    }
    lines.putPayload(entry.content(), entry.isText(), entry.omitted()).end();
  }

  @Override
  public void control(FrameEntry frame, Opcode opcode, ByteBuffer payload) {
    begin("control", frame.sender());
    frameNumber(frame);
    opcode(opcode);
    int length = payload.remaining();
    lines.put(Property.LENGTH, length);
    int shown = (int) Math.min(length, view.preview());
    ByteBuffer first = payload.duplicate().limit(payload.position() + shown);
    lines.putPayload(first, !opcode.isReserved(), length - shown).end();
  }

  @Override
  public void close(FrameEntry frame, @Nullable CloseBody body) {
    begin("close", frame.sender());
    frameNumber(frame);
    if (body != null) {
      closeBody(body);
    }
    lines.end();
  }

  private void frameNumber(FrameEntry frame) {
    if (frame.isKnown()) {
      lines.put(Property.FRAME, frame.header().number());
    }
  }

  /** Adds the properties of the body of a Close frame. */
  void closeBody(CloseBody body) {
    if (body.hasCode()) {
      lines.put(Property.CODE, body.code());
      lines.put(Property.CODE_NAME, CloseCode.label(body.code()));
      lines.putBytes(Property.REASON, Property.REASON_BASE64, body.reason());
    }
  }

  @Override
  public void cause(Endpoint sender, Cause cause) {
    begin("cause", sender).put(Property.FRAME, cause.frame());
    lines.put(Property.CAUSE, cause.kind().id());
    lines.putText(Property.FOUND, cause.found()).end();
  }

  @Override
  public void violation(Endpoint sender, Violation violation) {
    violation(sender, violation, null);
  }

  private void violation(Endpoint sender, Violation violation, @Nullable String fault) {
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
    lines.putAny(Property.HTTP_STATUS, sender == Endpoint.CLIENT ? rule.httpStatus() : 0);
    lines.put(Property.RECOVERABLE, rule.isRecoverable());
    if (fault != null) {
      lines.put(Property.ON_PURPOSE, fault);
    }
    lines.putText(Property.FOUND, violation.found());
    lines.put(Property.TITLE, rule.title());
    lines.put(Property.HINT, rule.hint() + view.advice().onViolation(violation)).end();
  }

  @Override
  public void ended(StreamEnd end) {
    Totals totals = end.totals();
    if (end.sender() == null && totals.isEmpty()) {
      return;
    }
    begin("end", end.sender());
    lines.put(Property.FRAMES, totals.frames());
    lines.put(Property.MESSAGES, totals.messages());
    lines.put(Property.VIOLATIONS, totals.violations());
    lines.put(Property.ERRORS, totals.errors());
    lines.beginArray(Property.UNFINISHED_MESSAGES);
    end.unfinished().forEach(message -> lines.add(message.number()));
    lines.endArray();
    IncompleteHandshake handshake = end.handshake();
    if (end.frame() != null) {
      incomplete(end.frame());
    } else if (handshake != null) {
      lines.beginObject(Property.INCOMPLETE).put(Property.FIELD, handshake.field());
      lines.put(Property.OFFSET, handshake.offset());
      if (handshake.missing() > 0) {
        lines.put(Property.MISSING, handshake.missing());
      }
      lines.endObject();
    }
    lines.end();
  }

  /** Prints each violation in one line. */
  void violations(Endpoint sender, List<Violation> violations) {
    violations(sender, violations, null);
  }

  /**
   * Prints each violation in one line.
   *
   * @param fault the fault that breaks the rules on purpose; null if there is none
   */
  void violations(Endpoint sender, List<Violation> violations, @Nullable String fault) {
    for (int i = 0; i < violations.size(); i++) {
      violation(sender, violations.get(i), fault);
    }
  }

  /** Adds the IDs of the violated rules. */
  void rules(List<Violation> violations) {
    lines.beginArray(Property.VIOLATIONS);
    for (int i = 0; i < violations.size(); i++) {
      lines.add(violations.get(i).rule().id());
    }
    lines.endArray();
  }

  /** Adds the address of a socket. */
  static void address(JsonLines lines, Event.Address address) {
    if (address instanceof Event.Address.Tcp tcp) {
      lines.put(Property.ADDRESS, tcp.host()).put(Property.PORT, tcp.port());
    } else if (address instanceof Event.Address.Unix unix) {
      lines.putText(Property.PATH, unix.path());
    }
  }

  /** Adds the input that a peer still has to send. */
  void awaited(AwaitedInput awaited) {
    lines.put(Property.AWAITED, awaited.kind().id());
    IncompleteFrame frame = awaited.frame();
    if (frame != null) {
      incomplete(frame);
    }
    lines.beginArray(Property.OPEN_MESSAGES);
    for (AwaitedInput.OpenMessage message : awaited.open()) {
      lines.beginObject().put(Property.NUMBER, message.number());
      lines.put(Property.LENGTH, message.length()).endObject();
    }
    lines.endArray();
  }

  private void incomplete(IncompleteFrame incomplete) {
    lines.beginObject(Property.INCOMPLETE).put(Property.FRAME, incomplete.frame());
    lines.put(Property.FIELD, incomplete.field().label());
    lines.put(Property.OFFSET, incomplete.offset());
    lines.putUnsigned(Property.MISSING, incomplete.missing());
    if (raw && incomplete.header().hasRemaining()) {
      lines.putHex(Property.HEADER, incomplete.header());
    }
    lines.endObject();
  }

  private void opcode(Opcode opcode) {
    lines.put(Property.OPCODE, opcode.code());
    lines.put(Property.OPCODE_NAME, opcode.label());
  }
}
