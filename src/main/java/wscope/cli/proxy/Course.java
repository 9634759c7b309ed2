package wscope.cli.proxy;

import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;
import wscope.proxy.Forward;
import wscope.proxy.ProxyWording;
import wscope.proxy.Route;

/** The way a proxy finds servers, and what it says about that at its start. */
interface Course {
  /** The servers that are known at the start. */
  List<Route> routes();

  /** The settings of a forward proxy; null for a reverse proxy. */
  @Nullable Forward forward();

  ProxyWording wording();

  /**
   * An address for clients.
   *
   * @param tls whether clients connect through TLS
   */
  Event.ListeningAddress address(InetSocketAddress socket, boolean tls);

  /** What the proxy does, in words. */
  String behaviour();

  /**
   * More about that, one line each.
   *
   * @param url the URL of the proxy
   */
  List<String> notes(String url);

  /** What it means that the proxy listens on an address of this machine that others can reach. */
  String exposure();
}
