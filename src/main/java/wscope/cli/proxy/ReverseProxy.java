package wscope.cli.proxy;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.cli.listen.ServerUrl;
import wscope.protocol.event.Event;
import wscope.proxy.Forward;
import wscope.proxy.ProxyWording;
import wscope.proxy.Rewrite;
import wscope.proxy.Route;

/**
 * A proxy for servers that the user names.
 *
 * @param routes the servers, at least one
 */
record ReverseProxy(List<Route> routes) implements Course {
  @Override
  public @Nullable Forward forward() {
    return null;
  }

  @Override
  public ProxyWording wording() {
    return new ProxyTexts();
  }

  @Override
  public Event.ListeningAddress address(InetSocketAddress socket, boolean tls) {
    return ServerUrl.listeningAddress(socket, tls, routes.get(0).prefix());
  }

  @Override
  public String behaviour() {
    return routes.size() == 1
        ? "passes on to " + shown(routes.get(0))
        : "passes on to " + routes.size() + " servers";
  }

  @Override
  public List<String> notes(String url) {
    List<String> notes = new ArrayList<>();
    routes.forEach(route -> note(route, notes));
    return notes;
  }

  @Override
  public String exposure() {
    return "other machines can reach this proxy";
  }

  /** The URL of a server, with its path if that has an effect. */
  private static String shown(Route server) {
    String url = server.target().url();
    String resource = server.target().resource();
    return server.rewrites().contains(Rewrite.PATH)
        ? url
        : url.substring(0, url.length() - resource.length());
  }

  /** Says where requests go and what is changed in them. */
  private void note(Route server, List<String> notes) {
    if (routes.size() > 1) {
      notes.add("route          " + server.prefix() + " to " + shown(server));
    }
    if (server.rewrites().contains(Rewrite.HOST)) {
      notes.add(
          "rewrite        Host to "
              + server.target().authority()
              + " (--keep-host keeps it as received)");
    }
    if (server.rewrites().contains(Rewrite.ORIGIN)) {
      notes.add("rewrite        Origin to that of " + shown(server));
    }
    if (server.rewrites().contains(Rewrite.PATH)) {
      notes.add("rewrite        " + server.prefix() + " to " + server.target().resource());
    }
  }
}
