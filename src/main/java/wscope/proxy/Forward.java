package wscope.proxy;

import java.io.IOException;
import javax.net.ssl.SSLContext;
import wscope.connect.Target;

/**
 * The settings of a proxy whose clients name the servers (a forward proxy).
 *
 * @param only the hosts to look into; what goes to others is passed on unseen
 * @param identities the identities with which the proxy stands in for the servers
 * @param routes the ways to the servers
 */
public record Forward(HostNames only, Identities identities, Routes routes) {
  /** The identities of a local authority that clients trust. */
  public interface Identities {
    /**
     * The TLS context for a host.
     *
     * @param host a normalized name or address
     */
    SSLContext of(String host) throws IOException;
  }

  /** The ways to servers. */
  public interface Routes {
    /**
     * The way to a server that the proxy speaks with.
     *
     * @param name the name of the server in TLS
     */
    Route to(Target target, String name);

    /** The way to a server with which only the client speaks. */
    Route unseen(Target target);
  }
}
