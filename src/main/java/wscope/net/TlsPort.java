package wscope.net;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * What a port that speaks TLS needs to know.
 *
 * @param context holds the server's key and certificate
 * @param answerToHttp what a client is sent as it is that speaks plain HTTP
 */
public record TlsPort(SSLContext context, ByteBuffer answerToHttp) {
  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

  static {
    // A client that begins a new handshake (TLS 1.2) could hold up what others are sent.
    System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
  }

  /** The server's side of one connection; older versions are obsolete, RFC 8996. */
  static SSLEngine engine(SSLContext context) {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    engine.setEnabledProtocols(VERSIONS);
    return engine;
  }
}
