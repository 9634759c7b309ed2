package wscope.report.json;

import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import wscope.protocol.ConversationListener;
import wscope.report.ConnectionReport;
import wscope.report.Detail;
import wscope.report.Listening;
import wscope.report.Report;
import wscope.report.Viewing;

/**
 * Everything as JSON, one object a line, for programs; see {@code events.schema.json}. It costs
 * little to make one for each connection that somebody follows.
 */
public final class JsonReport implements Report {
  private final JsonLines lines;
  private final Viewing viewing;
  private final EventTime time;

  /**
   * @param out is not buffered and not closed
   * @param viewing of which {@code BITS} shows what {@code FRAMES} does: a frame has its bits
   * @param clock tells the times of a server's events
   */
  public JsonReport(OutputStream out, Viewing viewing, InstantSource clock) {
    lines = new JsonLines(out);
    this.viewing = viewing;
    time = new EventTime(clock);
  }

  @Override
  public ConversationListener conversation() {
    return JsonConversation.on(lines, viewing);
  }

  @Override
  public void listening(Listening server) {
    Listening.Place first = server.places().get(0);
    begin("listening");
    address(first.address());
    lines.put(Property.URL, first.url()).beginArray(Property.URLS);
    server.places().forEach(place -> lines.add(place.url()));
    lines.endArray().put(Property.BEHAVIOUR, server.behaviour()).beginArray(Property.NOTES);
    server.notes().forEach(lines::add);
    lines.endArray().end();
  }

  @Override
  public ConnectionReport connected(long number, InetSocketAddress remote) {
    if (viewing.detail() != Detail.NONE) {
      begin("connected").put(Property.CONNECTION, number);
      address(remote);
      lines.end();
    }
    return new JsonConnection(lines, JsonEvents.ofConnection(lines, time, number), viewing);
  }

  @Override
  public void turnedAway(InetSocketAddress remote) {
    begin("turned-away");
    address(remote);
    lines.end();
  }

  @Override
  public void acceptFailed(String cause) {
    begin("accept-failed").putWords(Property.CAUSE, cause).end();
  }

  @Override
  public void recordingStopped(String cause) {
    begin("recording-stopped").putWords(Property.CAUSE, cause).end();
  }

  @Override
  public void stopped(long connections) {
    begin("stopped").put(Property.CONNECTIONS, connections).end();
  }

  /**
   * Events have been left out here.
   *
   * @param count how many
   */
  void missed(long count) {
    begin("missed").put(Property.EVENTS, count).end();
  }

  @Override
  public void flush() {
    lines.flush();
  }

  private JsonLines begin(String type) {
    return lines.begin(type).put(Property.TIME, time);
  }

  private void address(InetSocketAddress address) {
    lines.put(Property.ADDRESS, address.getAddress().getHostAddress());
    lines.put(Property.PORT, address.getPort());
  }
}
