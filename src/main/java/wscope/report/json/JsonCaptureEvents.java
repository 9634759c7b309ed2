package wscope.report.json;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;
import wscope.protocol.event.TlsSession;
import wscope.protocol.event.TransportEnd;
import wscope.protocol.message.CloseBody;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.RuleGroup;

/** Writes the events that only captures have. */
final class JsonCaptureEvents {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final JsonLines lines;
  private final JsonPrinter printer;

  JsonCaptureEvents(JsonLines lines, JsonPrinter printer) {
    this.lines = lines;
    this.printer = printer;
  }

  /** Writes an event if it is one of a capture. */
  void event(Event event) {
    if (event instanceof Event.Captured captured) {
      ends(printer.begin("captured", null), captured);
      lines.put(Property.WHOLE, captured.whole()).end();
    } else if (event instanceof Event.Gap gap) {
      printer.begin("gap", gap.sender()).put(Property.MISSING, gap.missing());
      lines.put(Property.THEN, gap.then().id()).end();
    } else if (event instanceof Event.RetransmissionDiffers differs) {
      printer.begin("retransmission-differs", differs.sender());
      lines.put(Property.OFFSET, differs.offset()).put(Property.BYTES, differs.bytes()).end();
    } else if (event instanceof Event.Resumed resumed) {
      printer.begin("resumed", resumed.sender()).put(Property.SKIPPED, resumed.skipped());
      lines.put(Property.CERTAIN, resumed.headers() == 0);
      if (resumed.headers() > 0) {
        lines.put(Property.HEADERS, resumed.headers()).put(Property.TEXTS, resumed.texts());
        lines.put(Property.PACKET, resumed.packet());
      }
      lines.end();
    } else if (event instanceof Event.Unread unread) {
      printer.begin("unread", unread.sender()).put(Property.BYTES, unread.bytes()).end();
    } else if (event instanceof Event.TlsAlert alert) {
      printer.begin("tls-alert", alert.sender()).put(Property.NAME, alert.name());
      lines.put(Property.FATAL, alert.fatal()).end();
    } else if (event instanceof Event.RecordsMissing missing) {
      printer.begin("records-missing", missing.sender()).put(Property.BYTES, missing.bytes());
      lines.put(Property.RECORDS, missing.records()).end();
    } else if (event instanceof Event.Undecrypted undecrypted) {
      printer.begin("undecrypted", undecrypted.sender()).put(Property.WHY, undecrypted.reason());
      lines.end();
    } else if (event instanceof Event.CaptureEnded ended) {
      ended(ended);
    }
  }

  private void ended(Event.CaptureEnded event) {
    Endpoint initiator = event.initiator();
    printer.begin("capture-ended", null);
    lines.put(Property.INITIATOR, initiator == null ? null : initiator.id());
    close(Property.CLIENT_CLOSE, event.client());
    close(Property.SERVER_CLOSE, event.server());
    end(lines, event);
    if (event.remark() != null) {
      lines.putText(Property.REMARK, event.remark());
    }
    if (event.nanos() >= 0) {
      lines.put(Property.MILLIS, event.nanos() / NANOS_PER_MILLI);
    }
    lines.end();
  }

  private void close(Property name, @Nullable CloseBody body) {
    if (body != null && !CloseBody.UNKNOWN.equals(body)) {
      lines.beginObject(name);
      printer.closeBody(body);
      lines.endObject();
    }
  }

  private static void end(JsonLines lines, Event.CaptureEnded event) {
    TransportEnd end = event.end();
    lines.put(Property.TCP_END, end == null ? null : end.id());
    if (end != null) {
      lines.put(Property.SILENCE_MILLIS, event.silence() / NANOS_PER_MILLI);
    }
    Event.ReadUntil until = event.until();
    lines.put(Property.READ_UNTIL, until == null ? null : until.id());
    if (event.fidelity() != Event.Fidelity.BYTES) {
      lines.put(Property.FIDELITY, event.fidelity().name().toLowerCase(Locale.ROOT));
    }
    lines.beginArray(Property.NOT_JUDGEABLE);
    for (RuleGroup group : event.unjudged()) {
      lines.add(group.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
    event.unjudgedRules().forEach(rule -> lines.add(rule.id()));
    lines.endArray();
  }

  private static void ends(JsonLines lines, Event.Captured event) {
    end(lines, Property.CLIENT, event.client());
    end(lines, Property.SERVER, event.server());
    if (event.tunnel() != null) {
      lines.putText(Property.TUNNEL, event.tunnel());
    }
    TlsSession tls = event.tls();
    if (tls != null) {
      lines.beginObject(Property.TLS).put(Property.VERSION, tls.version());
      lines.put(Property.CIPHER_SUITE, tls.cipherSuite());
      lines.put(Property.SERVER_NAME, tls.serverName()).put(Property.PROTOCOL, tls.protocol());
      lines.put(Property.RESUMED, tls.resumed()).endObject();
    }
  }

  private static void end(JsonLines lines, Property name, Event.Address.@Nullable Tcp address) {
    if (address != null) {
      lines.beginObject(name);
      JsonPrinter.address(lines, address);
      lines.endObject();
    }
  }

  /** Writes a row of the list of connections. The line has begun. */
  static void row(JsonLines lines, Event.CaptureRow row) {
    lines.put(Property.CONNECTION, row.number());
    ends(lines, row.ends());
    if (row.target() != null) {
      lines.putText(Property.TARGET, row.target());
    }
    if (row.status() > 0) {
      lines.put(Property.STATUS, row.status());
    }
    if (row.end().fidelity() == Event.Fidelity.MESSAGES) {
      lines.put(Property.MESSAGES, row.messages());
    } else {
      lines.put(Property.FRAMES, row.frames());
    }
    lines.put(Property.ERRORS, row.errors());
    if (row.differing() > 0) {
      lines.put(Property.DIFFERING, row.differing());
    }
    Endpoint initiator = row.end().initiator();
    lines.put(Property.INITIATOR, initiator == null ? null : initiator.id());
    end(lines, row.end());
    lines.end();
  }
}
