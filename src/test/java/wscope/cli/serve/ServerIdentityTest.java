package wscope.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.net.tls.LocalIdentity;

/** What a user is told to do to trust the certificate that we make. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "paths are those of POSIX")
class ServerIdentityTest {
  @TempDir private static Path directory;
  private static LocalIdentity made;

  @BeforeAll
  static void make() throws Exception {
    made = LocalIdentity.in(directory.resolve("o'neil"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1", "0.0.0.0", "::"})
  void whereLocalhostLeads(String address) throws Exception {
    String url = "https://localhost:8443/";
    assertEquals(
        List.of(
            "certificate   SHA-256 " + made.identity().fingerprint(),
            "              " + directory + "/o'neil/localhost.pem",
            "to trust it   curl       curl --cacert " + quoted() + " " + url,
            "              Node       NODE_EXTRA_CA_CERTS=" + quoted() + " node ...",
            "              browser    open " + url + " and accept it once",
            "              Chromium   --ignore-certificate-errors-spki-list="
                + made.identity().publicKeyPin()),
        ServerIdentity.local(made).notes(new InetSocketAddress(address, 8443)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.168.1.5", "127.0.0.5", "127.1.0.1", "[fd00:0:0:0:0:0:0:1]"})
  void whereItDoesNot(String address) throws Exception {
    assertEquals(
        List.of(
            "certificate   SHA-256 " + made.identity().fingerprint(),
            "              " + directory + "/o'neil/localhost.pem",
            "              for localhost only; for other names, give your own: --tls-cert",
            "to trust it   curl       curl --cacert "
                + quoted()
                + " --connect-to ::"
                + address
                + ":8443 https://localhost:8443/",
            "              browser    open https://" + address + ":8443/ and accept it once",
            "              Chromium   --ignore-certificate-errors-spki-list="
                + made.identity().publicKeyPin()),
        ServerIdentity.local(made).notes(new InetSocketAddress(address, 8443)));
  }

  @Test
  void aCertificateOfTheUserNeedsNoAdvice() throws Exception {
    assertEquals(
        List.of("certificate   SHA-256 " + made.identity().fingerprint()),
        ServerIdentity.given(made.identity())
            .notes(new InetSocketAddress(InetAddress.getLoopbackAddress(), 8443)));
  }

  private static String quoted() {
    return "'" + directory + "/o'\\''neil/localhost.pem'";
  }
}
