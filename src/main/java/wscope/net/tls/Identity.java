package wscope.net.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * The private key of a server or a client, and its certificates.
 *
 * @param chain the certificates, the owner's first
 */
public record Identity(PrivateKey key, List<X509Certificate> chain) {
  /** The number of sessions that clients may resume. Each needs some kilobytes. */
  private static final int SESSIONS = 256;

  /** Creates the TLS context of a server with this identity. */
  public SSLContext context() throws InvalidIdentity {
    return context(Trust.system());
  }

  /**
   * Creates the TLS context of a server with this identity that asks its clients for certificates.
   *
   * @param clients the client certificates that the server accepts
   */
  public SSLContext context(Trust clients) throws InvalidIdentity {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers(), clients.managers(), null);
      context.getServerSessionContext().setSessionCacheSize(SESSIONS);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new InvalidIdentity("this Java cannot use the certificate: " + e.getMessage(), e);
    }
  }

  private KeyManager[] keyManagers() throws GeneralSecurityException, IOException {
    char[] none = new char[0];
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, none);
    store.setKeyEntry("own", key, none, chain.toArray(X509Certificate[]::new));
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, none);
    return keys.getKeyManagers();
  }

  /** The SHA-256 hash of the certificate, as browsers and openssl show it: {@code AB:CD:...}. */
  public String fingerprint() {
    return HexFormat.ofDelimiter(":").withUpperCase().formatHex(sha256(encoded()));
  }

  /** The SHA-256 hash of the public key (SubjectPublicKeyInfo) in base64, as Chromium pins it. */
  public String publicKeyPin() {
    byte[] spki = chain.get(0).getPublicKey().getEncoded();
    return Base64.getEncoder().encodeToString(sha256(spki));
  }

  /** The owner's certificate in PEM (RFC 7468). */
  String pem() {
    byte[] newline = "\n".getBytes(StandardCharsets.US_ASCII);
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(64, newline).encodeToString(encoded())
        + "\n-----END CERTIFICATE-----\n";
  }

  /** Whether the private key belongs to the certificate. */
  boolean matches() {
    String algorithm =
        switch (key.getAlgorithm().toUpperCase(Locale.ROOT)) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    byte[] anything = {1};
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(anything);
      byte[] signed = signature.sign();
      signature.initVerify(chain.get(0).getPublicKey());
      signature.update(anything);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private byte[] encoded() {
    try {
      return chain.get(0).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that was read has no encoding", e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
