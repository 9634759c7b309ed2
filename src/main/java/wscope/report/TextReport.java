package wscope.report;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import wscope.protocol.ConversationListener;

/** Everything as text, for people. */
public final class TextReport implements Report {
  private final Screen screen;
  private final View view;

  public TextReport(Screen screen, View view) {
    this.screen = screen;
    this.view = view;
  }

  @Override
  public ConversationListener conversation() {
    return new ConversationReport(screen, view);
  }

  @Override
  public void listening(InetSocketAddress address, boolean tls) {
    screen
        .text(tls ? "wscope serve   wss://" : "wscope serve   ws://")
        .text(url(address))
        .text("/   reply: echo")
        .endLine();
    screen.text("waiting for connections (Ctrl+C to stop)").endLine();
  }

  @Override
  public ConnectionReport connected(long number, InetSocketAddress remote) {
    if (view.detail() != Detail.NONE) {
      screen.prefix("#" + number + " = ");
      screen.text("connected", Style.HEADING).text(" from ").text(url(remote)).endLine();
    }
    return new SessionReport(screen, view, number);
  }

  @Override
  public void turnedAway(InetSocketAddress remote) {
    screen.prefix("");
    screen.text("✗ no room for ").text(url(remote));
    screen.text(": as many connections as are allowed; answered with HTTP 503").endLine();
  }

  @Override
  public void acceptFailed(String cause) {
    screen.prefix("");
    screen.text("✗ a client could not be accepted: ");
    SafeText.words(screen, cause);
    screen.endLine();
  }

  @Override
  public void stopped(long connections) {
    screen.prefix("");
    screen.text("wscope serve   stopped after ").number(connections);
    screen.text(connections == 1 ? " connection" : " connections").endLine();
  }

  @Override
  public void flush() {
    screen.flush();
  }

  /** An address as it stands in a URL. */
  static String url(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    boolean ipv6 = address.getAddress() instanceof Inet6Address;
    return (ipv6 ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
