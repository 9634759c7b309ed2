package wscope.report;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.Closure;
import wscope.protocol.InspectionListener;
import wscope.protocol.handshake.Handshake;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.message.CloseBody;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/** A connection to a server as JSON. */
final class JsonConnection implements ConnectionReport {
  private final JsonLines lines;
  private final JsonEvents events;
  private final Detail detail;
  private final long preview;
  private final JsonFrames received;

  /**
   * @param preview how many bytes of each payload are shown
   * @param number of the connection
   */
  JsonConnection(JsonLines lines, Detail detail, long preview, long number) {
    this.lines = lines;
    this.detail = detail;
    this.preview = preview;
    events = new JsonEvents(lines, number);
    received = new JsonFrames(events, detail, preview, Endpoint.CLIENT, null);
  }

  @Override
  public void handshake(String head, Handshake judged, HttpResponse response) {
    received.totals().violations(judged.violations());
    if (detail == Detail.NONE) {
      return;
    }
    JsonHandshake handshake = new JsonHandshake(lines, events);
    handshake.request(0, head, JsonHandshake.readRequest(head), judged);
    String answer = response.head();
    handshake.response(0, answer, JsonHandshake.readResponse(answer), List.of());
  }

  @Override
  public InspectionListener received() {
    return received;
  }

  @Override
  public @Nullable InspectionListener sent() {
    return detail == Detail.NONE
        ? null
        : new JsonFrames(events, detail, preview, Endpoint.SERVER, received);
  }

  @Override
  public void disconnected(
      boolean opened,
      Closure closure,
      @Nullable String trouble,
      long framesReceived,
      long framesSent,
      Duration lasted) {
    if (detail == Detail.NONE) {
      return;
    }
    events.begin("disconnected", null);
    lines.put(Property.OPENED, opened).put(Property.CLEAN, closure.isClean());
    Endpoint initiator = closure.initiator();
    lines.put(Property.INITIATOR, initiator == null ? null : JsonEvents.name(initiator));
    closeBody(Property.RECEIVED, closure.received());
    closeBody(Property.SENT, closure.sent());
    Rule failure = closure.failure();
    lines.put(Property.FAILURE, failure == null ? null : failure.id());
    if (trouble != null) {
      lines.putWords(Property.TROUBLE, trouble);
    }
    lines.put(Property.FRAMES_RECEIVED, framesReceived).put(Property.FRAMES_SENT, framesSent);
    lines.put(Property.MILLIS, lasted.toMillis()).end();
  }

  private void closeBody(Property name, @Nullable CloseBody body) {
    if (body != null) {
      lines.beginObject(name);
      events.closeBody(body);
      lines.endObject();
    }
  }
}
