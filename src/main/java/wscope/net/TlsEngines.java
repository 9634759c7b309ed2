package wscope.net;

import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** Creates the TLS engines, one for each connection. */
final class TlsEngines {
  private static final String[] NEWEST = {"TLSv1.3"};
  private static final String[] NONE = {};

  private TlsEngines() {}

  static SSLEngine server(TlsServer settings) {
    SSLEngine engine = settings.context().createSSLEngine();
    engine.setUseClientMode(false);
    engine.setEnabledProtocols(TlsClient.VERSIONS.toArray(String[]::new));
    switch (settings.request()) {
      case NONE -> engine.setNeedClientAuth(false);
      case OPTIONAL -> engine.setWantClientAuth(true);
      case REQUIRED -> engine.setNeedClientAuth(true);
    }
    engine.setHandshakeApplicationProtocolSelector(
        (current, offered) -> select(settings.protocols(), offered));
    return engine;
  }

  /** An empty string selects none. */
  private static String select(List<String> preferred, List<String> offered) {
    return preferred.stream().filter(offered::contains).findFirst().orElse("");
  }

  static SSLEngine client(TlsClient settings) {
    SSLContext context = settings.context();
    SSLEngine engine = context.createSSLEngine(settings.host(), -1);
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(settings.versions().toArray(String[]::new));
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setServerNames(serverNames(settings.host()));
    parameters.setApplicationProtocols(settings.protocols().toArray(String[]::new));
    engine.setSSLParameters(parameters);
    return engine;
  }

  /**
   * Prevents renegotiation (TLS 1.2), which could block output: a second handshake finds no enabled
   * version. TLS 1.3 has no renegotiation. A server sends a protocol_version alert; a client sends
   * no ClientHello.
   *
   * @param engine an engine whose handshake is done
   */
  static void preventRenegotiation(SSLEngine engine) {
    engine.setEnabledProtocols(engine.getUseClientMode() ? NONE : NEWEST);
  }

  /**
   * Creates the server name to send, because the JDK omits names without a dot, such as localhost.
   */
  private static List<SNIServerName> serverNames(String host) {
    if (isAddress(host)) {
      return List.of();
    }
    try {
      return List.of(new SNIHostName(host));
    } catch (IllegalArgumentException e) {
      // The name cannot be sent.
      return List.of();
    }
  }

  /**
   * Whether a host is an IP address. If its last part is a number, it is an IPv4 address or
   * invalid.
   */
  private static boolean isAddress(String host) {
    String last = host.substring(host.lastIndexOf('.') + 1);
    return host.indexOf(':') >= 0
        || (!last.isEmpty() && last.chars().allMatch(c -> c >= '0' && c <= '9'));
  }
}
