package wscope.report;

import java.io.OutputStream;
import java.net.InetSocketAddress;
import wscope.protocol.ConversationListener;

/** Everything as JSON, one object a line, for programs; see {@code events.schema.json}. */
public final class JsonReport implements Report {
  private final JsonLines lines;
  private final Detail detail;
  private final long preview;

  /**
   * @param out is not buffered and not closed
   * @param detail of which {@code BITS} shows what {@code FRAMES} does: a frame has its bits
   * @param preview how many bytes of each payload are shown
   */
  public JsonReport(OutputStream out, Detail detail, long preview) {
    lines = new JsonLines(out);
    this.detail = detail;
    this.preview = preview;
  }

  @Override
  public ConversationListener conversation() {
    return JsonConversation.on(lines, detail, preview);
  }

  @Override
  public void listening(InetSocketAddress address, boolean tls) {
    lines.begin("listening");
    address(address);
    lines.put(Property.URL, (tls ? "wss://" : "ws://") + TextReport.url(address) + "/").end();
  }

  @Override
  public ConnectionReport connected(long number, InetSocketAddress remote) {
    if (detail != Detail.NONE) {
      lines.begin("connected").put(Property.CONNECTION, number);
      address(remote);
      lines.end();
    }
    return new JsonConnection(lines, detail, preview, number);
  }

  @Override
  public void turnedAway(InetSocketAddress remote) {
    lines.begin("turned-away");
    address(remote);
    lines.end();
  }

  @Override
  public void acceptFailed(String cause) {
    lines.begin("accept-failed").putWords(Property.CAUSE, cause).end();
  }

  @Override
  public void stopped(long connections) {
    lines.begin("stopped").put(Property.CONNECTIONS, connections).end();
  }

  @Override
  public void flush() {
    lines.flush();
  }

  private void address(InetSocketAddress address) {
    lines.put(Property.ADDRESS, address.getAddress().getHostAddress());
    lines.put(Property.PORT, address.getPort());
  }
}
