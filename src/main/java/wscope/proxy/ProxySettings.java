package wscope.proxy;

import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import wscope.connection.Timeouts;
import wscope.net.LinkLimits;
import wscope.protocol.Limits;
import wscope.protocol.rule.Endpoint;
import wscope.serve.Policy;

/**
 * The settings of a proxy.
 *
 * @param routes the servers of a reverse proxy
 * @param forward the settings of a forward proxy; null for a reverse proxy
 * @param policy the rules for the clients of a reverse proxy
 * @param limits the limits for heads; messages have none
 * @param timeouts the time for a whole request, and for a whole response
 * @param link the limits for the output queued for each end
 * @param maxConnections the maximum number of open connections; a further client gets a 503
 *     response
 * @param copies the number of copies of each unfinished message that the listeners keep
 * @param ofClient what is changed on purpose in what clients send
 * @param ofServer what is changed on purpose in what servers send
 * @param prompts whether the user may change what passes while it does
 * @param maskingKeys supplies an unpredictable key for each frame that is sent as a client
 * @param wording the texts for people that depend on the command line
 */
public record ProxySettings(
    List<Route> routes,
    @Nullable Forward forward,
    Policy policy,
    Limits limits,
    Timeouts timeouts,
    LinkLimits link,
    int maxConnections,
    int copies,
    Changes ofClient,
    Changes ofServer,
    boolean prompts,
    IntSupplier maskingKeys,
    ProxyWording wording) {
  /** What is changed in what an endpoint sends. */
  Changes of(Endpoint sender) {
    return sender == Endpoint.CLIENT ? ofClient : ofServer;
  }

  /** The route with the longest prefix of a path; null if there is none. */
  @Nullable Route route(String path) {
    Route found = null;
    for (Route route : routes) {
      if (route.isFor(path)
          && (found == null || route.prefix().length() > found.prefix().length())) {
        found = route;
      }
    }
    return found;
  }
}
