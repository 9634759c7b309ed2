package wscope.net.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;

/** Which certificates are trusted; TlsConnectTest checks connections. */
class TrustTest {
  private static final Path AUTHORITY = Path.of("src", "test", "resources", "tls", "authority.pem");

  @Test
  void systemAndTrustsMoreCertificates() throws Exception {
    List<X509Certificate> more = IdentityFiles.certificates(AUTHORITY);
    Set<X509Certificate> all = accepted(Trust.systemAnd(more).managers());
    assertTrue(all.containsAll(more));
    assertTrue(all.containsAll(system()));
    assertEquals(system().size() + 1, all.size());
  }

  @Test
  void onlyTrustsTheseCertificates() throws Exception {
    List<X509Certificate> authority = IdentityFiles.certificates(AUTHORITY);
    assertEquals(Set.copyOf(authority), accepted(Trust.only(authority).managers()));
  }

  private static Set<X509Certificate> system() throws Exception {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init((KeyStore) null);
    return accepted(factory.getTrustManagers());
  }

  private static Set<X509Certificate> accepted(TrustManager[] managers) {
    assertEquals(1, managers.length);
    return Set.of(((X509TrustManager) managers[0]).getAcceptedIssuers());
  }
}
