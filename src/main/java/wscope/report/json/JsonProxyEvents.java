package wscope.report.json;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.ConnectionClosure;
import wscope.protocol.event.Crossings;
import wscope.protocol.event.DirectionTotals;
import wscope.protocol.event.Event;
import wscope.protocol.event.LegTotals;
import wscope.protocol.event.PingRoundTrips;
import wscope.protocol.message.CloseBody;
import wscope.protocol.rule.Endpoint;

/** Writes the events that only a proxy has. */
final class JsonProxyEvents {
  private static final long NANOS_PER_MICRO = 1_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final JsonLines lines;
  private final JsonPrinter printer;

  JsonProxyEvents(JsonLines lines, JsonPrinter printer) {
    this.lines = lines;
    this.printer = printer;
  }

  /** Writes an event if it is one of a proxy. */
  void event(Event event) {
    if (event instanceof Event.Proxied proxied) {
      proxied(proxied);
    } else if (event instanceof Event.Tunnelled tunnelled) {
      tunnelled(tunnelled);
    } else if (event instanceof Event.Rewritten rewritten) {
      printer.begin("rewritten", null).put(Property.PART, rewritten.part());
      lines.putText(Property.FROM, rewritten.from()).putText(Property.TO, rewritten.to()).end();
    } else if (event instanceof Event.Refused refused) {
      printer.begin("refused", null).put(Property.STATUS, refused.status());
      lines.putText(Property.WHY, refused.why()).end();
    } else if (event instanceof Event.Opaque opaque) {
      opaque(opaque);
    } else if (event instanceof Event.Interfered interfered) {
      interfered(interfered);
    } else if (event instanceof Event.HalfClosed half) {
      printer.begin("half-closed", half.by()).end();
    } else if (event instanceof Event.Page page) {
      page(page);
    } else if (event instanceof Event.Parted parted) {
      parted(parted);
    }
  }

  private void proxied(Event.Proxied event) {
    printer.begin("proxied", null).putText(Property.AUTHORITY, event.authority());
    if (event.name() != null) {
      lines.putText(Property.NAME, event.name());
    }
    lines.put(Property.TREATMENT, event.treatment().id()).end();
  }

  private void tunnelled(Event.Tunnelled event) {
    printer.begin("tunnelled", null).put(Property.BYTES_SENT, event.sent());
    lines.put(Property.BYTES_RECEIVED, event.received());
    if (event.trouble() != null) {
      lines.putText(Property.TROUBLE, event.trouble());
    }
    lines.put(Property.MICROS, event.nanos() / NANOS_PER_MICRO).end();
  }

  /** Writes the bytes in a recording; otherwise only their number. */
  private void opaque(Event.Opaque event) {
    int length = event.bytes().remaining();
    int shown = printer.isRaw() ? length : 0;
    printer.begin("opaque", event.sender()).put(Property.WHY, event.why().id());
    lines.put(Property.LENGTH, length);
    lines.putPayload(event.bytes().limit(event.bytes().position() + shown), false, length - shown);
    lines.end();
  }

  /** Writes what was sent instead in a recording; otherwise only its first bytes. */
  private void interfered(Event.Interfered event) {
    ByteBuffer sent = event.sent();
    printer.begin("interfered", event.sender()).put(Property.ACT, event.act().id());
    if (event.frame() > 0) {
      lines.put(Property.FRAME, event.frame());
    }
    if (!event.detail().isEmpty()) {
      lines.putText(Property.DETAIL, event.detail());
    }
    if (event.length() > 0) {
      lines.put(Property.LENGTH, event.length());
      lines.putPayload(sent, false, event.length() - sent.remaining());
    }
    lines.end();
  }

  private void page(Event.Page event) {
    printer.begin("page", null).put(Property.METHOD, event.method());
    lines.putText(Property.TARGET, event.target());
    if (event.status() > 0) {
      lines.put(Property.STATUS, event.status());
    }
    lines.put(Property.BYTES_SENT, event.sent()).put(Property.BYTES_RECEIVED, event.received());
    if (event.trouble() != null) {
      lines.putText(Property.TROUBLE, event.trouble());
    }
    lines.put(Property.MICROS, event.nanos() / NANOS_PER_MICRO).end();
  }

  private void parted(Event.Parted event) {
    ConnectionClosure closure = event.closure();
    Endpoint initiator = closure.initiator();
    printer.begin("parted", null).put(Property.OPENED, event.opened());
    lines.put(Property.CLEAN, closure.isClean());
    lines.put(Property.INITIATOR, initiator == null ? null : initiator.id());
    lines.put(Property.TCP_END, event.end().id());
    lines.put(Property.PASSED_ON, event.end().passedOn());
    lines.put(Property.SILENCE_MILLIS, event.end().silence() / NANOS_PER_MILLI);
    if (event.trouble() != null) {
      lines.putText(Property.TROUBLE, event.trouble());
    }
    leg(Property.CLIENT, event.client(), closure.sent());
    leg(Property.SERVER, event.server(), closure.received());
    lines.put(Property.GAP_MILLIS, event.longestGap() / NANOS_PER_MILLI);
    lines.put(Property.MILLIS, event.nanos() / NANOS_PER_MILLI).end();
  }

  private void leg(Property name, LegTotals leg, @Nullable CloseBody close) {
    DirectionTotals frames = leg.frames();
    lines.beginObject(name);
    if (close != null) {
      lines.beginObject(Property.CLOSE);
      printer.closeBody(close);
      lines.endObject();
    }
    lines.put(Property.FRAMES, frames.frames()).put(Property.MESSAGES, frames.messages());
    lines.put(Property.MESSAGE_BYTES, frames.bytes());
    lines.put(Property.WIRE_BYTES, frames.wireBytes()).put(Property.BYTE_COUNT, leg.bytes());
    PingRoundTrips trips = leg.pings();
    if (trips.sent() > 0) {
      lines.beginObject(Property.ROUND_TRIPS).put(Property.SENT, trips.sent());
      lines.put(Property.COUNT, trips.count());
      times(trips.count(), trips.least(), trips.mean(), trips.most());
      lines.endObject();
    }
    Crossings crossings = leg.crossings();
    lines.beginObject(Property.CROSSINGS).put(Property.COUNT, crossings.count());
    lines.put(Property.QUEUED, crossings.queued());
    times(crossings.count(), crossings.least(), crossings.mean(), crossings.most());
    lines.endObject().endObject();
  }

  private void times(long count, long least, long mean, long most) {
    if (count > 0) {
      lines.put(Property.LEAST_MICROS, least / NANOS_PER_MICRO);
      lines.put(Property.MEAN_MICROS, mean / NANOS_PER_MICRO);
      lines.put(Property.MOST_MICROS, most / NANOS_PER_MICRO);
    }
  }
}
