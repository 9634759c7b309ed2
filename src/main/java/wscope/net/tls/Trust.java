package wscope.net.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The certificates that a client or server trusts. */
public final class Trust {
  private static final Trust SYSTEM = new Trust(null);

  /** The trust managers; null for those of the JDK. */
  private final TrustManager @Nullable [] managers;

  private Trust(TrustManager @Nullable [] managers) {
    this.managers = managers;
  }

  /** Trusts the certificates that this Java trusts. */
  public static Trust system() {
    return SYSTEM;
  }

  /**
   * Trusts the certificates that this Java trusts, and more.
   *
   * @param more further certificates: of authorities, or of the peer itself
   */
  public static Trust systemAnd(List<X509Certificate> more) throws InvalidIdentity {
    try {
      List<X509Certificate> all = new ArrayList<>(more);
      for (TrustManager manager : managers(null)) {
        if (manager instanceof X509TrustManager system) {
          all.addAll(List.of(system.getAcceptedIssuers()));
        }
      }
      return new Trust(managers(store(all)));
    } catch (GeneralSecurityException | IOException e) {
      throw unusable(e);
    }
  }

  /**
   * Trusts only the given certificates, and those issued with them.
   *
   * @param certificates the certificates of authorities, or of the peer itself
   */
  public static Trust only(List<X509Certificate> certificates) throws InvalidIdentity {
    try {
      return new Trust(managers(store(certificates)));
    } catch (GeneralSecurityException | IOException e) {
      throw unusable(e);
    }
  }

  /** Trusts any certificate: neither the certificate nor its name is checked. */
  public static Trust insecure() {
    return new Trust(new TrustManager[] {new Unchecked()});
  }

  /**
   * Judges the certificates of a server, but not their names.
   *
   * @param chain the certificates, the server's own first
   * @return why this Java does not trust them, in words; null if it does
   */
  public static @Nullable String distrust(List<X509Certificate> chain) {
    try {
      for (TrustManager manager : managers(null)) {
        if (manager instanceof X509TrustManager system) {
          system.checkServerTrusted(chain.toArray(X509Certificate[]::new), "UNKNOWN");
        }
      }
      return null;
    } catch (GeneralSecurityException e) {
      return distrust(e);
    }
  }

  private static String distrust(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateExpiredException) {
        return "it has expired";
      }
      if (cause instanceof CertificateNotYetValidException) {
        return "it is not valid yet";
      }
      if (cause instanceof CertPathBuilderException) {
        return "no authority that this Java trusts has issued it";
      }
    }
    return String.valueOf(e.getMessage());
  }

  /** Creates the TLS context of a client with this trust and no certificate of its own. */
  public SSLContext context() throws InvalidIdentity {
    return context(null);
  }

  /**
   * Creates the TLS context of a client with this trust and a certificate for servers that ask for
   * one.
   */
  public SSLContext context(@Nullable Identity identity) throws InvalidIdentity {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(identity == null ? null : keys(identity), managers, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw unusable(e);
    }
  }

  private static KeyManager[] keys(Identity identity) {
    return new KeyManager[] {new ClientKey(identity)};
  }

  /** The trust managers for a context; null for those of the JDK. */
  TrustManager @Nullable [] managers() {
    return managers;
  }

  private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyStore store(List<X509Certificate> certificates)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (int i = 0; i < certificates.size(); i++) {
      store.setCertificateEntry(String.valueOf(i), certificates.get(i));
    }
    return store;
  }

  private static InvalidIdentity unusable(Exception e) {
    return new InvalidIdentity("this Java cannot use the certificates: " + e.getMessage(), e);
  }

  /** This is an extended trust manager, so that the JDK does not check the name either. */
  private static final class Unchecked extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
