package wscope.cli.listen;

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

/** The instructions to trust the certificate that wscope creates. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "paths are those of POSIX")
class ServerIdentityTest {
  @TempDir private static Path directory;
  private static LocalIdentity created;

  @BeforeAll
  static void create() throws Exception {
    created = LocalIdentity.in(directory.resolve("o'neil"), () -> {});
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1", "0.0.0.0", "::"})
  void explainsHowToTrustACertificateForLocalhost(String address) throws Exception {
    String url = "https://localhost:8443/";
    assertEquals(
        List.of(
            "certificate   SHA-256 " + created.identity().fingerprint(),
            "              " + directory + "/o'neil/localhost.pem",
            "to trust it   curl       curl --cacert " + quoted() + " " + url,
            "              Node       NODE_EXTRA_CA_CERTS=" + quoted() + " node ...",
            "              browser    open " + url + " and accept it once",
            "              Chromium   --ignore-certificate-errors-spki-list="
                + created.identity().publicKeyPin()),
        ServerIdentity.local(created).notes(new InetSocketAddress(address, 8443)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.168.1.5", "127.0.0.5", "127.1.0.1", "[fd00:0:0:0:0:0:0:1]"})
  void explainsHowToConnectToAnotherAddress(String address) throws Exception {
    assertEquals(
        List.of(
            "certificate   SHA-256 " + created.identity().fingerprint(),
            "              " + directory + "/o'neil/localhost.pem",
            "              for localhost only; for other names, use your own with --tls-cert",
            "to trust it   curl       curl --cacert "
                + quoted()
                + " --connect-to ::"
                + address
                + ":8443 https://localhost:8443/",
            "              browser    open https://" + address + ":8443/ and accept it once",
            "              Chromium   --ignore-certificate-errors-spki-list="
                + created.identity().publicKeyPin()),
        ServerIdentity.local(created).notes(new InetSocketAddress(address, 8443)));
  }

  @Test
  void givesNoAdviceForACertificateOfTheUser() throws Exception {
    assertEquals(
        List.of("certificate   SHA-256 " + created.identity().fingerprint()),
        ServerIdentity.given(created.identity())
            .notes(new InetSocketAddress(InetAddress.getLoopbackAddress(), 8443)));
  }

  private static String quoted() {
    return "'" + directory + "/o'\\''neil/localhost.pem'";
  }
}
