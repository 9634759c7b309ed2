package wscope.capture.logs;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.capture.packets.PacketCapture;
import wscope.protocol.PartialExchange;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.TransportEnd;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.CloseBody;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.RuleGroup;

/** A WebSocket connection in a log that does not have its bytes. */
final class LoggedConnection {
  /** Rules of the header of a frame that a log of its fields cannot show. */
  private static final List<Rule> OF_BYTES =
      List.of(
          Rule.LENGTH_NOT_MINIMAL,
          Rule.LENGTH_TOP_BIT_SET,
          Rule.MASKING_KEY_REPEATED,
          Rule.COMPRESSED_DATA_CORRUPT,
          Rule.COMPRESSED_DATA_UNFINISHED,
          Rule.COMPRESSED_DATA_OUT_OF_WINDOW,
          Rule.CONTEXT_TAKEN_OVER,
          Rule.WINDOW_EXCEEDED);

  private static final int LONGEST_CONTROL = 125;

  private final PacketCapture capture;
  private final Event.Fidelity fidelity;
  private final ExchangeListener listener;
  private final PartialExchange exchange;
  private final long began;
  private boolean requestJudged;
  private boolean responseJudged;
  private @Nullable CloseBody clientClose;
  private @Nullable CloseBody serverClose;
  private @Nullable Endpoint initiator;
  private @Nullable TransportEnd end;
  private @Nullable String remark;
  private long last;

  private LoggedConnection(
      PacketCapture capture,
      Event.Fidelity fidelity,
      ExchangeListener listener,
      Event.Captured ends) {
    this.capture = capture;
    this.fidelity = fidelity;
    this.listener = listener;
    exchange = new PartialExchange(listener);
    began = capture.now();
    last = began;
    listener.event(ends);
  }

  /** Begins a connection; null if too many are open. */
  static @Nullable LoggedConnection begin(
      PacketCapture capture, Event.Fidelity fidelity, Event.Captured ends) {
    ExchangeListener listener = capture.accept();
    return listener == null ? null : new LoggedConnection(capture, fidelity, listener, ends);
  }

  void request(String head, boolean judged) {
    requestJudged = judged;
    exchange.request(head, judged);
  }

  void response(String head, boolean judged) {
    responseJudged = judged;
    exchange.response(head, judged);
  }

  void body(ByteBuffer bytes) {
    exchange.body(bytes);
  }

  /** A message, or a control frame of which the log has the payload. */
  void message(Endpoint sender, Opcode opcode, ByteBuffer data) {
    last = Math.max(last, capture.now());
    if (!opcode.isControl()) {
      exchange.message(sender, opcode, data);
    } else if (data.remaining() <= LONGEST_CONTROL) {
      exchange.control(sender, opcode, data);
    }
  }

  void header(Endpoint sender, FrameHeader fields) {
    last = Math.max(last, capture.now());
    exchange.header(sender, fields);
    if (fields.opcode() == Opcode.CLOSE) {
      initiator = initiator == null ? sender : initiator;
      if (sender == Endpoint.CLIENT) {
        clientClose = CloseBody.UNKNOWN;
      } else {
        serverClose = CloseBody.UNKNOWN;
      }
    }
  }

  /** TCP ends. */
  void ended(Endpoint by, TransportEnd.Manner manner) {
    end = end == null ? new TransportEnd(by, manner) : end;
  }

  /** The log says something about the end. */
  void remark(String words) {
    remark = remark == null ? words : remark;
  }

  /**
   * Nothing of the connection follows.
   *
   * @param until why it is not read to its end; null if it has ended, or the log has
   */
  void finish(Event.@Nullable ReadUntil until) {
    exchange.close();
    long now = Math.max(last, capture.now());
    List<RuleGroup> unjudged = new ArrayList<>();
    unjudged.add(RuleGroup.HEAD);
    if (!requestJudged) {
      unjudged.add(RuleGroup.REQUEST);
    }
    if (!responseJudged) {
      unjudged.add(RuleGroup.RESPONSE);
    }
    boolean headers = fidelity == Event.Fidelity.HEADERS;
    if (!headers || until != null) {
      unjudged.add(RuleGroup.FRAME_HEADER);
      unjudged.add(RuleGroup.FRAME_ORDER);
      unjudged.add(RuleGroup.COMPRESSION);
    }
    unjudged.add(RuleGroup.MESSAGE);
    unjudged.add(RuleGroup.CLOSE_BODY);
    listener.event(
        new Event.CaptureEnded(
            clientClose,
            serverClose,
            initiator,
            end,
            now - last,
            capture.since(began) < 0 ? -1 : now - began,
            unjudged,
            fidelity,
            headers ? OF_BYTES : List.of(),
            until,
            remark));
    capture.closed();
  }
}
